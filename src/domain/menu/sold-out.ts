import type { Refusal } from '../refusal.ts'
import { ok, refuse, type Result } from '../result.ts'
import type { MenuItemWithStock } from './menu.ts'

/** The item with the mark put on (until a time to come, or until taken back) or taken off. */
export function markSoldOut(
  item: MenuItemWithStock,
  mark: { soldOut: boolean; until: number | null },
  now: number,
): Result<MenuItemWithStock, Refusal> {
  if (!mark.soldOut) return ok({ ...item, soldOut: false, soldOutUntil: null })
  if (mark.until !== null && mark.until <= now)
    return refuse({ kind: 'INVALID', errors: [{ field: 'until', reason: 'in_the_past' }] })
  return ok({ ...item, soldOut: true, soldOutUntil: mark.until })
}
