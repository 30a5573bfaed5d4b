import { MAX_LINES, MAX_QUANTITY } from '../order/limits.ts'
import type { CartLine } from './cart.ts'

type Lines = readonly CartLine[]

/** A line of the other cart that came over in part or not at all. */
export interface AdjustedLine {
  lineId: string
  itemId: string
  /** Portions that both carts held together. */
  wanted: number
  quantity: number
  reason: 'LINE_LIMIT' | 'ITEM_LIMIT' | 'TOO_MANY_LINES'
}

export interface MergedLines {
  lines: Lines
  adjusted: readonly AdjustedLine[]
}

/**
 * One's own lines with the other cart's put on top: the same line is summed, and what goes beyond a
 * limit is left out and said so. `mostOf` an item over all its lines: null where there is no limit.
 * What was in one's own cart stays, be it above a limit.
 */
export function mergeLines(
  own: Lines,
  other: Lines,
  mostOf: (itemId: string) => number | null,
): MergedLines {
  const lines = [...own]
  const adjusted: AdjustedLine[] = []
  for (const line of other) {
    const at = lines.findIndex(({ id }) => id === line.id)
    const mine = lines[at]?.quantity ?? 0
    const wanted = mine + line.quantity
    const most = room(lines, line, mine, mostOf(line.itemId))
    const quantity = Math.max(mine, Math.min(wanted, most.quantity))
    if (quantity < wanted) {
      const { id: lineId, itemId } = line
      adjusted.push({ lineId, itemId, wanted, quantity, reason: most.reason })
    }
    if (at >= 0) lines[at] = { ...line, ...lines[at], quantity }
    else if (quantity > 0) lines.push({ ...line, quantity })
  }
  return { lines, adjusted }
}

function room(
  lines: Lines,
  line: CartLine,
  mine: number,
  mostOfItem: number | null,
): { quantity: number; reason: AdjustedLine['reason'] } {
  if (mine === 0 && lines.length >= MAX_LINES) return { quantity: 0, reason: 'TOO_MANY_LINES' }
  const others = lines
    .filter(({ id, itemId }) => itemId === line.itemId && id !== line.id)
    .reduce((sum, { quantity }) => sum + quantity, 0)
  const left = mostOfItem === null ? Infinity : mostOfItem - others
  return left < MAX_QUANTITY
    ? { quantity: left, reason: 'ITEM_LIMIT' }
    : { quantity: MAX_QUANTITY, reason: 'LINE_LIMIT' }
}
