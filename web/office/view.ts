import { signal } from '@preact/signals'

export const VIEWS = [
  'menu',
  'stock',
  'tables',
  'coupons',
  'statistics',
  'settings',
  'staff',
] as const
export type View = (typeof VIEWS)[number]

const viewOf = (hash: string): View => VIEWS.find((view) => `#${view}` === hash) ?? 'menu'

/** What the address names: back and forward, reload and bookmarks keep their place. */
export const view = signal<View>(viewOf(location.hash))

addEventListener('hashchange', () => {
  view.value = viewOf(location.hash)
})
