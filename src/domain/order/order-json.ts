import type { Asker } from '../actor.ts'
import { allowedActions, rings, type OrderFacts } from './lifecycle.ts'
import type { AmountMinor } from '../money.ts'
import type { ChosenOption, OrderCharges, OrderLine, OrderState } from './order.ts'
import { netOf } from './totals.ts'

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

/** Chosen options as clients see them, in orders and quotes. */
export const optionsJson = (options: readonly ChosenOption[]) =>
  options.map((option) => ({
    option_id: option.optionId,
    name: option.optionName,
    choice_id: option.choiceId,
    choice: option.choiceName,
    price_delta: option.priceDelta,
  }))

/** What stands beside the lines, in orders and quotes; the lines' sum alone where nothing does. */
export const chargesJson = (charges: OrderCharges | null | undefined, subtotal: AmountMinor) => ({
  subtotal_amount: charges?.subtotalAmount ?? subtotal,
  discount_amount: charges?.discountAmount ?? 0,
  packaging_fee_amount: charges?.packagingFeeAmount ?? 0,
  service_fee_amount: charges?.serviceFeeAmount ?? 0,
  tax_amount: charges?.taxAmount ?? 0,
})

const lineJson = (line: OrderLine) => ({
  line_id: line.id,
  menu_id: line.itemId,
  number: line.itemNumber,
  name: line.name,
  options: optionsJson(line.options),
  unit_price: line.unitPrice,
  quantity: line.quantity,
  unavailable_quantity: line.unavailableQuantity,
  refunded_quantity: line.refundedQuantity ?? 0,
  total: line.total,
  discount: line.total - netOf(line, line.quantity - line.unavailableQuantity),
})

/** An order as clients see it, over HTTP and sockets alike; `allowed_actions` are the asker's. */
export function orderJson(order: OrderState, facts: OrderFacts, asker: Asker) {
  return {
    order_id: order.id,
    order_number: order.number,
    business_day: order.businessDay,
    status: order.status,
    payment_status: order.paymentStatus,
    payment_policy: order.paymentPolicy,
    payment_method: order.paymentMethod,
    currency: order.currency,
    ...chargesJson(order.charges, order.totalAmount),
    total_amount: order.totalAmount,
    captured_amount: order.capturedAmount,
    refunded_amount: order.refundedAmount,
    refund_due_amount: order.refundDueAmount,
    table: order.tableId === null ? null : { id: order.tableId, name: order.tableName ?? '' },
    visit_id: order.visitId,
    special_requests: order.specialRequests,
    items: order.lines.map(lineJson),
    coupons: (order.coupons ?? []).map(({ code, discount }) => ({ code, discount })),
    message: order.message,
    end_reason: order.endReason,
    placed_at: iso(order.placedAt),
    expires_at: iso(order.expiresAt),
    accept_by: iso(order.acceptBy),
    accepted_at: iso(order.acceptedAt),
    estimated_ready_at: iso(order.estimatedReadyAt),
    ready_at: iso(order.readyAt),
    completed_at: iso(order.completedAt),
    ended_at: iso(order.endedAt),
    acknowledged_at: iso(order.acknowledgedAt),
    unseen_since: rings(order) ? iso(order.unseenSince ?? null) : null,
    rings: rings(order),
    allowed_actions: allowedActions(order, facts, asker),
  }
}
