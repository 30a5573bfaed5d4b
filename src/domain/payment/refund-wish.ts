import { isOwed } from '../order/lifecycle.ts'
import type { OrderLine, OrderState } from '../order/order.ts'
import type { FieldError, Refusal } from '../refusal.ts'
import { ok, refuse, type Result } from '../result.ts'
import type { RefundedLine } from './payment.ts'
import { amountOfLines } from './refunding.ts'

/** A sum, portions of lines, or (neither) all that is left. */
export interface RefundWish {
  amount: number | null
  lines?: readonly RefundedLine[] | null
  /** What it came to when it was decided: it is that, or refused. */
  expectedAmount?: number | null
}

/** What is to go back of an order of whose money so much is neither paid back nor promised back. */
export function wantedRefund(
  order: OrderState,
  wish: RefundWish,
  left: number,
): Result<number, Refusal> {
  // Of an order that waits for the rest of its money nothing goes back: it ends, or is paid.
  if (isOwed(order) && order.capturedAmount > 0)
    return refuse({
      kind: 'ORDER_STATE',
      status: order.status,
      paymentStatus: order.paymentStatus,
      event: 'refund',
    })
  const wanted = wantedAmount(order, wish, left)
  if (!wanted.ok) return wanted
  const { expectedAmount: expected = null } = wish
  if (expected !== null && expected !== wanted.value)
    return refuse({ kind: 'AMOUNT_MISMATCH', expected: wanted.value, given: expected })
  return wanted.value === 0 || wanted.value > left
    ? refuse({ kind: 'REFUND_TOO_LARGE', refundable: left })
    : wanted
}

function wantedAmount(
  order: OrderState,
  { amount, lines = null }: RefundWish,
  left: number,
): Result<number, Refusal> {
  if (lines === null) return ok(amount ?? left)
  const errors = lineErrors(order.lines, lines)
  if (amount !== null) errors.push({ field: 'amount', reason: 'not_with_lines' })
  return errors.length > 0 ? refuse({ kind: 'INVALID', errors }) : ok(amountOfLines(order, lines))
}

function lineErrors(lines: readonly OrderLine[], wanted: readonly RefundedLine[]): FieldError[] {
  return wanted.flatMap(({ lineId }, index): FieldError[] => {
    const line = lines.find(({ id }) => id === lineId)
    if (line === undefined) return [{ field: `lines.${index}.line_id`, reason: 'unknown_line' }]
    const left = line.quantity - line.unavailableQuantity - (line.refundedQuantity ?? 0)
    const asked = wanted
      .filter((other) => other.lineId === lineId)
      .reduce((sum, other) => sum + other.quantity, 0)
    return asked > left ? [{ field: `lines.${index}.quantity`, reason: 'too_big' }] : []
  })
}
