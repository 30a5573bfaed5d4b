import { z } from '@hono/zod-openapi'
import { ACCOUNT_ROLES } from '../../domain/actor.ts'
import { PAYMENT_METHODS } from '../../domain/restaurant/settings.ts'
import { PROVIDERS } from '../../domain/payment/payment.ts'
import { SEARCHED_BY } from '../../domain/support/customer-query.ts'
import { SUPPORT_ACTIONS } from '../../domain/support/refund-request.ts'
import { CUSTOMER_FIELDS, ORDER_FIELDS } from '../../usecases/support/unmask.ts'
import { idSchema, timeSchema } from './common.ts'
import { ownCoupon } from './coupons.ts'
import { listSchema, pageQuery } from './lists.ts'
import { orderSchema } from './orders.ts'
import { refundSchema } from './refunds.ts'
import { entrySchema } from './wallet.ts'

const MAX_QUERY = 200
const MAX_NOTE = 2_000
const MAX_REASON = 500
const LEAST_REASON = 10

const day = z.iso
  .date()
  .optional()
  .openapi({ description: "The restaurant's business day; left out: the one that runs now" })

export const customersQuery = pageQuery.extend({
  q: z
    .string()
    .max(MAX_QUERY)
    .openapi({ description: 'What is in hand; see the description', example: 'minsu@' }),
  by: z
    .enum(SEARCHED_BY)
    .optional()
    .openapi({ description: 'What `q` is; left out: what it looks like' }),
  restaurant_id: idSchema
    .optional()
    .openapi({ description: 'Where the order was placed whose number `q` is' }),
  day,
})

export const orderQuery = z.object({
  number: z
    .string()
    .trim()
    .regex(/^[A-Za-z]+\d+$/)
    .openapi({ example: 'A001' }),
  restaurant_id: idSchema,
  day,
})

export const customerSchema = z
  .object({
    id: z.string().openapi({ format: 'uuid' }),
    email: z
      .string()
      .nullable()
      .openapi({ description: 'Masked; null once erased', example: 'm***@e***.com' }),
    name: z
      .string()
      .nullable()
      .openapi({ description: 'Masked; null once erased', example: '김*수' }),
    role: z.enum(ACCOUNT_ROLES),
    locked: z.boolean(),
    erased: z.boolean(),
    created_at: timeSchema,
  })
  .openapi('SupportCustomer')

export const foundCustomers = listSchema(customerSchema)
  .extend({
    order_id: z
      .string()
      .nullable()
      .openapi({ description: 'The order that `q` means; guests have no account' }),
  })
  .openapi('SupportCustomers')

export const customerProfile = customerSchema
  .extend({
    open_sessions: z.int().openapi({ description: 'Log-ins that can still be renewed' }),
    points_balance: z.int(),
  })
  .openapi('SupportCustomerProfile')

const supportPayment = z.object({
  payment_id: z.string(),
  provider: z.enum(PROVIDERS),
  method: z.enum(PAYMENT_METHODS),
  status: z.string(),
  amount: z.int(),
  refunded_amount: z.int(),
  payer_name: z.string().nullable().openapi({ description: 'Masked', example: '김*수' }),
  account: z
    .object({ bank: z.string(), account_no: z.string(), holder: z.string() })
    .nullable()
    .openapi({ description: 'Where the money was to go; masked' }),
  opened_at: timeSchema,
  captured_at: timeSchema.nullable(),
  disputed: z.boolean(),
  failure_code: z.string().nullable(),
})

/** Order as guests and staff see it, with its money; what was written freely is masked. */
export const supportOrder = orderSchema
  .omit({ allowed_actions: true, rings: true, points_amount: true, amount_due: true })
  .extend({
    customer_id: z.string().nullable().openapi({ description: 'Null: a guest' }),
    restaurant: z.object({ id: z.string(), name: z.string().nullable() }),
    payments: z.array(supportPayment),
    refunds: z.array(refundSchema),
  })
  .openapi('SupportOrder')

export const noteRequest = z
  .strictObject({ text: z.string().trim().min(1).max(MAX_NOTE) })
  .openapi('SupportNoteRequest', { example: { text: '배달이 늦어 두 번 전화함' } })

export const noteSchema = z
  .object({
    id: z.string(),
    customer_id: z.string(),
    author_id: z.string(),
    text: z.string(),
    created_at: timeSchema,
  })
  .openapi('SupportNote')

/** An account's orders, with the newest of everything else that support asks about. */
export const customerOrders = listSchema(supportOrder)
  .extend({
    points: z.object({ balance: z.int(), items: z.array(entrySchema) }),
    coupons: z.array(ownCoupon),
    notes: z.array(noteSchema),
  })
  .openapi('SupportCustomerOrders')

const unmaskOf = <const F extends readonly [string, ...string[]]>(fields: F) =>
  z.strictObject({
    fields: z.array(z.enum(fields)).min(1).max(fields.length),
    reason: z.string().trim().min(LEAST_REASON).max(MAX_REASON),
  })

export const customerUnmask = unmaskOf(CUSTOMER_FIELDS).openapi('SupportCustomerUnmask', {
  example: { fields: ['email'], reason: '환불 영수증을 다시 보내 달라고 함' },
})

export const orderUnmask = unmaskOf(ORDER_FIELDS).openapi('SupportOrderUnmask', {
  example: { fields: ['payer_names'], reason: '입금자 이름이 다르다고 함' },
})

export const customerInClear = z
  .object({
    id: z.string(),
    email: z.string().optional(),
    name: z.string().optional(),
  })
  .openapi('SupportCustomerInClear')

export const orderInClear = z
  .object({
    order_id: z.string(),
    special_requests: z.string().nullable().optional(),
    payer_names: z.array(z.string()).optional(),
  })
  .openapi('SupportOrderInClear')

const instant = z.iso.datetime({ offset: true }).openapi({ example: '2026-11-20T00:00:00Z' })

export const activityQuery = pageQuery.extend({
  actor_id: idSchema.optional(),
  customer_id: idSchema.optional(),
  order_id: idSchema.optional(),
  action: z.enum(SUPPORT_ACTIONS).optional(),
  from: instant.optional(),
  to: instant.optional().openapi({ description: 'Before this time' }),
})

export const activitySchema = z
  .object({
    id: z.string(),
    at: timeSchema,
    actor_id: z.string(),
    actor_role: z.string().openapi({ example: 'SUPPORT' }),
    action: z.enum(SUPPORT_ACTIONS),
    customer_id: z.string().nullable(),
    order_id: z.string().nullable(),
    reason: z.string().nullable(),
    details: z.record(z.string(), z.unknown()).openapi({
      description: 'How many a search found, which fields were unmasked, which request',
      example: { fields: ['email'] },
    }),
    trace_id: z.string().nullable(),
  })
  .openapi('SupportActivity')
