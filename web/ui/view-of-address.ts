import { type ReadonlySignal, signal } from '@preact/signals'

interface Addressed<V extends string> {
  /** Null where the address names none. */
  named: ReadonlySignal<V | null>
  /** What stands behind the view's name: which customer, which order; empty where nothing does. */
  within: ReadonlySignal<string>
}

/**
 * Which of a page's views its address names (`#orders`, `#orders/{id}`): back and forward, reload and
 * bookmarks keep their place.
 */
export function viewOfAddress<V extends string>(views: readonly V[]): Addressed<V> {
  const read = (): [V | null, string] => {
    const [name, ...rest] = location.hash.slice(1).split('/')
    return [views.find((view) => view === name) ?? null, rest.join('/')]
  }
  const [atFirst, withinAtFirst] = read()
  const named = signal(atFirst)
  const within = signal(withinAtFirst)
  addEventListener('hashchange', () => {
    ;[named.value, within.value] = read()
  })
  return { named, within }
}
