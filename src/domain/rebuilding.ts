import type { ClaimState, CouponState } from './coupon/coupon.ts'
import type { Category, MenuItemWithStock } from './menu/menu.ts'
import type { OrderView } from './queries.ts'

/** What a rebuild copies of a restaurant, one after the other. */
export const REBUILD_SECTIONS = ['orders', 'categories', 'items', 'coupons', 'claims'] as const
export type RebuildSection = (typeof REBUILD_SECTIONS)[number]

/** What can be rebuilt by itself. */
export const PROJECTIONS = {
  orders: ['orders'],
  catalogue: ['categories', 'items'],
  coupons: ['coupons', 'claims'],
  all: REBUILD_SECTIONS,
} as const satisfies Record<string, readonly RebuildSection[]>
/** A read model that is copied of rows. */
export type RowProjection = keyof typeof PROJECTIONS

/** `feed`: of the events that are kept. `wallets`: movements of points, of the orders they paid. */
export const PROJECTION_NAMES = [
  ...(Object.keys(PROJECTIONS) as RowProjection[]),
  'feed',
  'wallets',
] as const
export type Projection = (typeof PROJECTION_NAMES)[number]

/** One page's rows, removed ones too: their copies must not come back. */
export type RebuildRows =
  | { section: 'orders'; orders: readonly OrderView[] }
  | { section: 'categories'; categories: readonly (Category & { deleted: boolean })[] }
  | { section: 'items'; items: readonly MenuItemWithStock[] }
  | { section: 'coupons'; coupons: readonly CouponState[] }
  | { section: 'claims'; claims: readonly ClaimState[] }

/** A page: what comes after `afterId` in id order. */
export interface RebuildPlace {
  section: RebuildSection
  afterId: string | null
}

/** The page that a cursor stands for; null is a restaurant's first. */
export function placeOf(projection: RowProjection, cursor: string | null): RebuildPlace {
  const sections: readonly RebuildSection[] = PROJECTIONS[projection]
  const first = sections[0] ?? 'orders'
  if (cursor === null) return { section: first, afterId: null }
  const [name, id] = cursor.split(':')
  // Cursors without a section are from before there were any.
  if (id === undefined) return { section: 'orders', afterId: cursor }
  const section = sections.find((known) => known === name)
  if (section === undefined) throw new Error(`${projection} has no section ${name ?? ''}`)
  return { section, afterId: id === '' ? null : id }
}

/** The cursor of the page after it; null when that was the restaurant's last. */
export function cursorAfter(
  projection: RowProjection,
  { section }: RebuildPlace,
  nextAfterId: string | null,
): string | null {
  if (nextAfterId !== null) return `${section}:${nextAfterId}`
  const sections: readonly RebuildSection[] = PROJECTIONS[projection]
  const next = sections[sections.indexOf(section) + 1]
  return next === undefined ? null : `${next}:`
}
