/**
 * Why a level changed. ADJUSTED: by staff, counting begun or ended included. SOLD: the kitchen took an
 * order. DAILY: a business day began.
 */
export const MOVEMENT_KINDS = ['ADJUSTED', 'SOLD', 'DAILY'] as const
export type MovementKind = (typeof MOVEMENT_KINDS)[number]

/** One change of an item's level; null = not counted. */
export interface StockMovement {
  /** Rises with every movement of the restaurant. */
  id: number
  itemId: string
  at: number
  /** User or session; `system` for what happens by itself. */
  by: string
  kind: MovementKind
  reason: string
  orderId: string | null
  levelBefore: number | null
  levelAfter: number | null
}

/** Which movements; null = any. `from` is in it, `before` is not. */
export interface MovementFilter {
  itemId: string | null
  kind: MovementKind | null
  by: string | null
  orderId: string | null
  from: number | null
  before: number | null
}
