import type { StockLevel } from '../menu/menu.ts'
import type { Refusal } from '../refusal.ts'
import { ok, refuse, type Result } from '../result.ts'
import { adjusted } from './stock.ts'

/** More than any kitchen counts; sums stay far from where integers end. */
export const MAX_LEVEL = 1_000_000

/** `set: null` stops counting the item. */
export type StockChange = { delta: number } | { set: number | null }

/**
 * The level after staff's correction; null when the item is counted no more. `heldByOrders` is asked
 * when counting starts: what open orders hold already must be in `reserved`, since they will give it
 * back or take it.
 */
export function adjustStock(
  itemId: string,
  current: StockLevel | null,
  change: StockChange,
  heldByOrders: () => number,
): Result<StockLevel | null, Refusal> {
  if ('set' in change && change.set === null) return ok(null)
  if (current === null && 'delta' in change) return invalid('delta', 'not_counted')
  const field = 'set' in change ? 'set' : 'delta'
  const base = current ?? { itemId, level: 0, reserved: heldByOrders() }
  const wanted = 'set' in change ? (change.set ?? 0) : base.level + change.delta
  if (!Number.isSafeInteger(wanted)) return invalid(field, 'invalid_type')
  if (wanted > MAX_LEVEL) return invalid(field, 'too_big')
  if ('set' in change && wanted < 0) return invalid(field, 'too_small')
  const after = adjusted(base, { set: wanted })
  if (after !== null) return ok(after)
  const { reserved } = base
  return refuse({ kind: 'STOCK_BELOW_RESERVED', itemId, reserved, level: wanted })
}

const invalid = (field: string, reason: string) =>
  refuse<Refusal>({ kind: 'INVALID', errors: [{ field, reason }] })
