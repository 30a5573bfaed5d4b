import { z } from '@hono/zod-openapi'
import type { Asker } from '../../domain/actor.ts'
import type { Locale } from '../../domain/locale.ts'
import { CURRENCIES } from '../../domain/money.ts'
import {
  ACTION_TO,
  ADMIN_ACTIONS,
  adminActions,
  type AdminAction,
} from '../../domain/order/admin-change.ts'
import { MAX_LINES, MAX_QUANTITY } from '../../domain/order/limits.ts'
import { ORDER_PAYMENT_STATUSES, ORDER_STATUSES } from '../../domain/order/order.ts'
import { timelineOf } from '../../domain/order/timeline.ts'
import { PAYMENT_STATUSES, PROVIDERS, type PaymentState } from '../../domain/payment/payment.ts'
import { maskedOrder, maskedPayment, maskedRefund } from '../../domain/privacy/masked-order.ts'
import { maskText } from '../../domain/privacy/mask.ts'
import { PAYMENT_METHODS } from '../../domain/restaurant/settings.ts'
import type { FoundOrder, OrderFilter } from '../../usecases/admin/types.ts'
import type { FoundOrder as ShownOrder } from '../../usecases/support/find-order.ts'
import { viewedOrder } from '../order-answers.ts'
import { refundJson } from '../refund-answers.ts'
import { idSchema, isoTime, timeSchema } from './common.ts'
import { pageQuery } from './lists.ts'
import { orderSchema } from './orders.ts'
import { instant } from './outbox.ts'
import { refundSchema } from './refunds.ts'

export const adminOrderQuery = pageQuery.extend({
  restaurant_id: idSchema.optional(),
  status: z.enum(['open', ...ORDER_STATUSES]).optional(),
  payment_status: z.enum(ORDER_PAYMENT_STATUSES).optional(),
  day: z.iso.date().optional().openapi({ description: "A business day of the order's restaurant" }),
  from: instant.optional().openapi({ description: 'Placed at that time or later' }),
  to: instant.optional().openapi({ description: 'Placed before that time' }),
  table_id: idSchema.optional(),
  user_id: idSchema.optional(),
  number: z.string().trim().min(1).max(10).optional().openapi({ example: 'A001' }),
  q: z.string().trim().min(1).max(100).optional().openapi({
    description:
      'Within the number, an item or the request; with a restaurant, table, person, day or a month',
  }),
})

export const restaurantQuery = pageQuery.extend({
  q: z.string().trim().min(1).max(100).optional().openapi({ description: 'Within the name' }),
})

export const namedRestaurant = z
  .object({ id: idSchema, name: z.string() })
  .openapi('NamedRestaurant')

type Query = z.output<typeof adminOrderQuery>

export const orderFilterOf = (sent: Omit<Query, 'limit' | 'cursor'>): OrderFilter => ({
  restaurantId: sent.restaurant_id ?? null,
  status: sent.status ?? null,
  paymentStatus: sent.payment_status ?? null,
  day: sent.day ?? null,
  from: sent.from === undefined ? null : Date.parse(sent.from),
  to: sent.to === undefined ? null : Date.parse(sent.to),
  tableId: sent.table_id ?? null,
  userId: sent.user_id ?? null,
  number: sent.number ?? null,
  text: sent.q ?? null,
})

export const listedOrder = z
  .object({
    order_id: idSchema,
    order_number: z.string().openapi({ example: 'A001' }),
    restaurant: z.object({ id: idSchema, name: z.string().nullable() }),
    business_day: z.string(),
    status: z.enum(ORDER_STATUSES),
    payment_status: z.enum(ORDER_PAYMENT_STATUSES),
    payment_method: z.enum(PAYMENT_METHODS),
    currency: z.enum(CURRENCIES),
    total_amount: z.int(),
    captured_amount: z.int(),
    refunded_amount: z.int(),
    refund_due_amount: z.int(),
    table: z.object({ id: idSchema, name: z.string() }).nullable(),
    user_id: idSchema.nullable(),
    items: z.array(z.object({ name: z.string(), quantity: z.int() })),
    special_requests: z
      .string()
      .nullable()
      .openapi({ description: 'Without numbers and addresses' }),
    placed_at: timeSchema,
    accepted_at: timeSchema.nullable(),
    ready_at: timeSchema.nullable(),
    completed_at: timeSchema.nullable(),
    ended_at: timeSchema.nullable(),
  })
  .openapi('ListedOrder')

export function listedOrderJson({ order, restaurantId, restaurantName }: FoundOrder) {
  const { specialRequests } = order
  return {
    order_id: order.id,
    order_number: order.number,
    restaurant: { id: restaurantId, name: restaurantName },
    business_day: order.businessDay,
    status: order.status,
    payment_status: order.paymentStatus,
    payment_method: order.paymentMethod,
    currency: order.currency,
    total_amount: order.totalAmount,
    captured_amount: order.capturedAmount,
    refunded_amount: order.refundedAmount,
    refund_due_amount: order.refundDueAmount,
    table: order.tableId === null ? null : { id: order.tableId, name: order.tableName ?? '' },
    user_id: order.userId,
    items: order.lines.map(({ name, quantity }) => ({ name, quantity })),
    special_requests: specialRequests === null ? null : maskText(specialRequests),
    placed_at: isoTime(order.placedAt),
    accepted_at: isoTime(order.acceptedAt),
    ready_at: isoTime(order.readyAt),
    completed_at: isoTime(order.completedAt),
    ended_at: isoTime(order.endedAt),
  }
}

const payment = z.object({
  payment_id: idSchema,
  provider: z.enum(PROVIDERS),
  method: z.enum(PAYMENT_METHODS),
  amount: z.int(),
  refunded_amount: z.int(),
  status: z.enum(PAYMENT_STATUSES),
  provider_key: z.string().nullable().openapi({ description: "The provider's name for it" }),
  payer_name: z.string().nullable().openapi({ description: 'Masked' }),
  counted: z
    .boolean()
    .openapi({ description: 'It pays the order; money that came too late does not' }),
  disputed: z.boolean(),
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  opened_at: timeSchema,
  expires_at: timeSchema,
  captured_at: timeSchema.nullable(),
})

export const adminOrder = orderSchema
  .omit({ allowed_actions: true })
  .extend({
    restaurant: z.object({ id: idSchema, name: z.string() }),
    user_id: idSchema.nullable(),
    payments: z.array(payment),
    refunds: z.array(refundSchema),
    timeline: z
      .array(
        z.object({
          at: timeSchema,
          what: z.string().openapi({ example: 'ACCEPTED' }),
          subject_id: idSchema.nullable(),
          amount: z.int().nullable(),
        }),
      )
      .openapi({
        description: 'What happened, oldest first; who asked for what is in the audit trail',
      }),
    allowed_actions: z.array(z.enum(ADMIN_ACTIONS)),
  })
  .openapi('AdminOrder')

const paymentJson = (state: PaymentState) => ({
  payment_id: state.id,
  provider: state.provider,
  method: state.method,
  amount: state.amount,
  refunded_amount: state.refundedAmount,
  status: state.status,
  provider_key: state.providerKey,
  payer_name: state.payerName,
  counted: state.counted,
  disputed: state.disputed,
  failure: state.failure,
  opened_at: isoTime(state.openedAt),
  expires_at: isoTime(state.expiresAt),
  captured_at: isoTime(state.capturedAt),
})

export function adminOrderJson(view: ShownOrder, reading: { asker: Asker; locale: Locale }) {
  const { order, payments, refunds } = view
  return {
    ...viewedOrder({ ...view, order: maskedOrder(order) }, reading.asker),
    restaurant: view.restaurant,
    user_id: order.userId,
    payments: payments.map(maskedPayment).map(paymentJson),
    refunds: refunds.map(maskedRefund).map((refund) => refundJson(refund, reading)),
    timeline: timelineOf(view).map(({ at, what, subjectId, amount }) => ({
      at: isoTime(at),
      what,
      subject_id: subjectId,
      amount,
    })),
    allowed_actions: adminActions(view, reading.asker),
  }
}

const portion = z.strictObject({
  line_id: idSchema,
  quantity: z.number().int().min(1).max(MAX_QUANTITY),
})

/** Beside `reason`; a field of another action means that something else was meant. */
const FIELDS_OF: Readonly<Record<AdminAction, readonly string[]>> = {
  accept: ['estimated_time_minutes', 'message', 'unavailable_lines'],
  reject: ['sold_out_item_ids'],
  ready: [],
  complete: [],
  cancel: [],
  refund: ['amount', 'lines'],
}

export const orderChange = z
  .strictObject({
    action: z.enum(ADMIN_ACTIONS).optional(),
    status: z
      .enum(ORDER_STATUSES)
      .optional()
      .openapi({ description: 'In place of `action`: where to' }),
    reason: z.string().trim().min(1).max(200).openapi({
      description: 'For the audit trail, and for the guest where the order ends or money goes back',
    }),
    estimated_time_minutes: z.number().int().min(1).max(600).optional(),
    message: z.string().trim().min(1).max(200).optional(),
    unavailable_lines: z.array(portion).max(MAX_LINES).optional(),
    sold_out_item_ids: z.array(idSchema).max(MAX_LINES).optional(),
    amount: z.number().int().min(1).optional().openapi({ description: 'Of a refund' }),
    lines: z
      .array(portion)
      .min(1)
      .max(MAX_LINES)
      .optional()
      .openapi({ description: 'Of a refund' }),
  })
  .superRefine((body, context) => {
    const wrong = (field: string, reason: string) => {
      context.addIssue({ code: 'custom', path: [field], params: { reason } })
    }
    if (body.action === undefined && body.status === undefined) wrong('action', 'required')
    if (body.action !== undefined && body.status !== undefined)
      wrong('status', 'either_action_or_status')
    const action = actionOf(body)
    if (action === null) return
    for (const field of Object.values(FIELDS_OF).flat())
      if (field in body && !FIELDS_OF[action].includes(field)) wrong(field, 'not_of_this_action')
    if (action === 'accept' && body.estimated_time_minutes === undefined)
      wrong('estimated_time_minutes', 'required')
    if (body.amount !== undefined && body.lines !== undefined)
      wrong('lines', 'either_amount_or_lines')
  })
  .openapi('OrderChange', { example: { action: 'cancel', reason: '매장 정전으로 취소합니다' } })

type Sent = { action?: AdminAction | undefined; status?: keyof typeof ACTION_TO | undefined }

/** Null where no person leads an order to that status. */
export const actionOf = ({ action, status }: Sent): AdminAction | null =>
  action ?? (status === undefined ? null : ACTION_TO[status])
