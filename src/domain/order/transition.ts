import { isStaff, type Asker } from '../actor.ts'
import type { AmountMinor } from '../money.ts'
import type { Refusal } from '../refusal.ts'
import { ok, refuse, type Result } from '../result.ts'
import { judge, LIFECYCLE, type Effect, type OrderFacts, type OrderVerb } from './lifecycle.ts'
import type { OrderLine, OrderState } from './order.ts'
import { chargesOf, keptOf, totalOf } from './totals.ts'

export interface Portion {
  itemId: string
  quantity: number
}

export interface Move {
  order: OrderState
  effects: readonly Effect[]
  /** Portions the order held before the move. */
  held: readonly Portion[]
  /** Of those, what the kitchen takes … */
  made: readonly Portion[]
  /** … and what it took out. */
  takenOut: readonly Portion[]
  /** What of it had been paid back by line before. */
  refundedBefore: AmountMinor
}

export interface MoveDetails {
  reason?: string | null
  estimatedTimeMinutes?: number
  message?: string | null
  unavailableLines?: readonly { lineId: string; quantity: number }[]
}

/** How long a refused caller should wait while the provider is being asked for the money. */
export const CAPTURE_RETRY_SECONDS = 3

/** Moves the order along its table, or says why not. */
export function move(
  verb: OrderVerb,
  order: OrderState,
  facts: OrderFacts,
  asker: Asker,
  now: number,
  details: MoveDetails = {},
): Result<Move, Refusal> {
  const verdict = judge(verb, order, facts, asker)
  if (verdict === 'forbidden') return refuse({ kind: 'FORBIDDEN', permission: `order:${verb}` })
  if (verdict === 'capturing')
    return refuse({ kind: 'CAPTURING', retryAfterSeconds: CAPTURE_RETRY_SECONDS })
  if (verdict === 'state')
    return refuse({
      kind: 'ORDER_STATE',
      status: order.status,
      paymentStatus: order.paymentStatus,
      event: verb,
    })
  // The kitchen may start while a guest's payment hangs, but not change what that payment is for.
  if (facts.capturing && (details.unavailableLines ?? []).length > 0)
    return refuse({ kind: 'CAPTURING', retryAfterSeconds: CAPTURE_RETRY_SECONDS })
  const taken = takeOut(order.lines, details.unavailableLines ?? [])
  if (!taken.ok) return taken
  const { to, effects } = LIFECYCLE[verb]
  const lines = taken.value
  const moved: OrderState = {
    ...order,
    ...stamps(order, to, asker, now, details),
    status: to,
    lines,
    totalAmount: totalOf({ lines, charges: order.charges ?? null }),
    ...(order.charges && { charges: chargesOf(lines, order.charges).charges }),
  }
  return ok({
    order: moved,
    effects,
    held: portions(order.lines),
    made: portions(lines),
    takenOut: lines.flatMap((line, index) => {
      const quantity = line.unavailableQuantity - (order.lines[index]?.unavailableQuantity ?? 0)
      return quantity > 0 ? [{ itemId: line.itemId, quantity }] : []
    }),
    refundedBefore: refundedByLine(order) - refundedByLine(moved),
  })
}

const refundedByLine = (order: OrderState): AmountMinor => totalOf(order) - keptOf(order)

function stamps(
  order: OrderState,
  to: OrderState['status'],
  asker: Asker,
  now: number,
  details: MoveDetails,
): Partial<OrderState> {
  // Only a tablet has seen it; a deadline that moves the order has not.
  const acknowledgedAt = order.acknowledgedAt ?? (isStaff(asker) ? now : null)
  switch (to) {
    case 'ACCEPTED':
      return {
        acceptedAt: now,
        acceptBy: null,
        expiresAt: null,
        estimatedReadyAt:
          details.estimatedTimeMinutes === undefined
            ? null
            : now + details.estimatedTimeMinutes * 60_000,
        message: details.message ?? null,
        acknowledgedAt,
      }
    case 'READY':
      return { readyAt: now, acknowledgedAt }
    case 'COMPLETED':
      return { completedAt: now, acknowledgedAt }
    case 'REJECTED':
    case 'CANCELLED':
    case 'EXPIRED':
      return { endedAt: now, endReason: details.reason ?? null, acceptBy: null, expiresAt: null }
    case 'PENDING':
      return {}
  }
}

/** Lines without what the kitchen cannot make; unknown lines, too many portions and "nothing left" are refused. */
function takeOut(
  lines: readonly OrderLine[],
  unavailable: readonly { lineId: string; quantity: number }[],
): Result<readonly OrderLine[], Refusal> {
  const out = new Map<string, number>()
  for (const { lineId, quantity } of unavailable) out.set(lineId, (out.get(lineId) ?? 0) + quantity)
  const errors = unavailable.flatMap(({ lineId }, index) => {
    const line = lines.find((candidate) => candidate.id === lineId)
    const field = `unavailable_lines.${index}`
    if (line === undefined) return [{ field: `${field}.line_id`, reason: 'unknown_line' }]
    return (out.get(lineId) ?? 0) > line.quantity
      ? [{ field: `${field}.quantity`, reason: 'too_big' }]
      : []
  })
  const left = lines.map((line) => {
    const unavailableQuantity = out.get(line.id) ?? line.unavailableQuantity
    const total = line.unitPrice * (line.quantity - unavailableQuantity)
    if (line.refundedQuantity === undefined) return { ...line, unavailableQuantity, total }
    // Portions that were paid back are the first to be left out.
    const leftOut = unavailableQuantity - line.unavailableQuantity
    const refundedQuantity = Math.max(0, line.refundedQuantity - leftOut)
    return { ...line, unavailableQuantity, total, refundedQuantity }
  })
  if (unavailable.length > 0 && errors.length === 0 && portions(left).length === 0)
    errors.push({ field: 'unavailable_lines', reason: 'nothing_left_reject_instead' })
  return errors.length > 0 ? refuse({ kind: 'INVALID', errors }) : ok(left)
}

const portions = (lines: readonly OrderLine[]): Portion[] =>
  lines
    .map((line) => ({ itemId: line.itemId, quantity: line.quantity - line.unavailableQuantity }))
    .filter((line) => line.quantity > 0)
