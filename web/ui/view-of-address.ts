import { type ReadonlySignal, signal } from '@preact/signals'

/**
 * Which of a page's views its address names (`#orders`), the first where it names none: back and
 * forward, reload and bookmarks keep their place. What stands behind the name's first `/` is the
 * view's own.
 */
export function viewOfAddress<V extends string>(views: readonly [V, ...V[]]): ReadonlySignal<V> {
  const named = (): V => {
    const [name] = location.hash.slice(1).split('/')
    return views.find((view) => view === name) ?? views[0]
  }
  const view = signal(named())
  addEventListener('hashchange', () => {
    view.value = named()
  })
  return view
}
