import { type ReadonlySignal, signal } from '@preact/signals'

interface Addressed<V extends string> {
  view: ReadonlySignal<V>
  /** What stands behind the view's name: which customer, which order; empty where nothing does. */
  within: ReadonlySignal<string>
}

/**
 * Which of a page's views its address names (`#orders`, `#orders/{id}`), the first where it names
 * none: back and forward, reload and bookmarks keep their place.
 */
export function viewOfAddress<V extends string>(views: readonly [V, ...V[]]): Addressed<V> {
  const parts = (): [V, string] => {
    const [name, ...rest] = location.hash.slice(1).split('/')
    return [views.find((view) => view === name) ?? views[0], rest.join('/')]
  }
  const [atFirst, withinAtFirst] = parts()
  const view = signal(atFirst)
  const within = signal(withinAtFirst)
  addEventListener('hashchange', () => {
    ;[view.value, within.value] = parts()
  })
  return { view, within }
}
