import type { OfferedLine } from '../order/offered-line.ts'
import type { Refusal } from '../refusal.ts'

const invalid = (field: string, reason: string): Refusal => ({
  kind: 'INVALID',
  errors: [{ field, reason }],
})

const isTooMany = (lines: readonly OfferedLine[], { itemId, item }: OfferedLine): boolean => {
  if (item?.maxPerOrder == null) return false
  const wanted = lines
    .filter((line) => line.itemId === itemId)
    .reduce((sum, { quantity }) => sum + quantity, 0)
  return wanted > item.maxPerOrder
}

/**
 * Why a line cannot be put into a cart: what no order could ever hold. Sold out or too few of it for the
 * moment is no reason; the cart says so of the line.
 */
export function wrongsOf(lines: readonly OfferedLine[], index: number): Refusal | null {
  const line = lines[index]
  if (line === undefined || line.item === null || line.problem?.kind === 'ITEM_GONE')
    return { kind: 'NOT_FOUND', what: 'item', field: 'menu_id' }
  const { problem } = line
  if (problem?.kind === 'OPTION_GONE' || problem?.kind === 'OPTIONS_INVALID')
    return { kind: 'INVALID', errors: problem.errors }
  if (line.unitPrice === null) return invalid('options', 'invalid')
  if (isTooMany(lines, line)) return invalid('quantity', 'too_big')
  const tooLarge = lines.some((other) => other.problem?.kind === 'TOTAL_TOO_LARGE')
  return tooLarge ? invalid('items', 'total_too_large') : null
}
