import type { z } from '@hono/zod-openapi'
import type { Asker } from '../domain/actor.ts'
import type { Locale } from '../domain/locale.ts'
import { orderJson } from '../domain/order/order-json.ts'
import type { PaymentState } from '../domain/payment/payment.ts'
import { publicStatusOf } from '../domain/payment/public-status.ts'
import { maskEmail, maskName } from '../domain/privacy/mask.ts'
import { maskedOrder, maskedPayment, maskedRefund } from '../domain/privacy/masked-order.ts'
import type { RefundRequest, SupportActivity } from '../domain/support/refund-request.ts'
import type { FollowedRequest } from '../usecases/support/read-refund-request.ts'
import type { Customer, CustomerOrder, SupportNote } from '../usecases/support/types.ts'
import { refundJson } from './refund-answers.ts'
import { isoTime } from './schemas/common.ts'
import type { followedRequest, refundRequestSchema } from './schemas/refund-requests.ts'
import type { activitySchema, customerSchema, noteSchema, supportOrder } from './schemas/support.ts'

/** Somebody who sees what people there see, and may do nothing. */
const READER: Asker = { role: 'SUPPORT', sessionId: 'support', userId: null, visit: null }

/** An account without who it is. */
export const customerJson = (customer: Customer): z.input<typeof customerSchema> => {
  const erased = customer.erasedAt !== null
  return {
    id: customer.id,
    email: erased ? null : maskEmail(customer.email),
    name: erased ? null : maskName(customer.name),
    role: customer.role,
    locked: customer.lockedAt !== null,
    erased,
    created_at: isoTime(customer.createdAt),
  }
}

/** An order with its money, masked. */
export function supportOrderJson(
  { order, payments, refunds, restaurant }: CustomerOrder,
  locale: Locale,
): z.input<typeof supportOrder> {
  const shown = orderJson(maskedOrder(order), { capturing: false }, READER)
  const { allowed_actions: _, rings: __, ...rest } = shown
  return {
    ...rest,
    customer_id: order.userId,
    restaurant,
    payments: payments.map((payment) => paymentJson(maskedPayment(payment))),
    refunds: refunds.map((refund) => refundJson(maskedRefund(refund), { asker: READER, locale })),
  }
}

const paymentJson = (payment: PaymentState) => ({
  payment_id: payment.id,
  provider: payment.provider,
  method: payment.method,
  status: publicStatusOf(payment.status),
  amount: payment.amount,
  refunded_amount: payment.refundedAmount,
  payer_name: payment.payerName,
  account: payment.account && {
    bank: payment.account.bank,
    account_no: payment.account.accountNo,
    holder: payment.account.holder,
  },
  opened_at: isoTime(payment.openedAt),
  captured_at: isoTime(payment.capturedAt),
  disputed: payment.disputed,
  failure_code: payment.failure?.code ?? null,
})

export const noteJson = (note: SupportNote): z.input<typeof noteSchema> => ({
  id: note.id,
  customer_id: note.userId,
  author_id: note.authorId,
  text: note.text,
  created_at: isoTime(note.createdAt),
})

export const activityJson = (activity: SupportActivity): z.input<typeof activitySchema> => ({
  id: activity.id,
  at: isoTime(activity.at),
  actor_id: activity.actorId,
  actor_role: activity.actorRole,
  action: activity.action,
  customer_id: activity.customerId,
  order_id: activity.orderId,
  reason: activity.reason,
  details: { ...activity.details },
  trace_id: activity.traceId,
})

export const refundRequestJson = (request: RefundRequest): z.input<typeof refundRequestSchema> => ({
  id: request.id,
  state: request.state,
  policy: request.policy,
  order_id: request.orderId,
  restaurant_id: request.restaurantId,
  customer_id: request.userId,
  amount: request.sum,
  currency: request.currency,
  lines: request.lines?.map(({ lineId, quantity }) => ({ line_id: lineId, quantity })) ?? null,
  reason: request.reason,
  requested_by: request.requestedBy,
  requested_at: isoTime(request.requestedAt),
  decided_by: request.decidedBy,
  decided_at: isoTime(request.decidedAt),
  note: request.decisionNote,
  failure: request.failure,
  refund_ids: [...(request.refundIds ?? [])],
})

/** A request with the refunds that it led to. */
export const followedJson = (
  { request, refunds }: FollowedRequest,
  locale: Locale,
): z.input<typeof followedRequest> => ({
  ...refundRequestJson(request),
  refunds: refunds.map((refund) => refundJson(maskedRefund(refund), { asker: READER, locale })),
})
