import { z } from '@hono/zod-openapi'
import { CURRENCIES } from '../../domain/money.ts'
import { MAX_LINES, MAX_QUANTITY } from '../../domain/order/limits.ts'
import { ORDER_PAYMENT_STATUSES, ORDER_STATUSES } from '../../domain/order/order.ts'
import { PAYMENT_METHODS, PAYMENT_POLICIES } from '../../domain/restaurant/settings.ts'
import { idSchema, timeSchema } from './common.ts'
import { CODES_TWICE, couponFields, namesCodesOnce } from './coupon-codes.ts'
import { pageQuery } from './lists.ts'

export { MAX_LINES }

const requestedOption = z.strictObject({
  option_id: idSchema,
  choice: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .openapi({ description: "A choice's id or name; the entry is repeated for several" }),
})

export const requestedLine = z.strictObject({
  menu_id: idSchema,
  quantity: z.number().int().min(1).max(MAX_QUANTITY),
  options: z.array(requestedOption).max(100).nullish(),
})

const fromTable = {
  items: z.array(requestedLine).min(1).max(MAX_LINES).nullish().openapi({
    description: "Left out: what is in the caller's cart, which is taken out of it",
  }),
  cart_id: idSchema.nullish().openapi({
    description: "The caller's cart, to be sure which; instead of `items`",
  }),
  payment_method: z.enum(PAYMENT_METHODS),
  payer_name: z
    .string()
    .trim()
    .min(1)
    .max(50)
    .regex(/^\P{Cc}*$/u)
    .nullish()
    .openapi({
      description:
        "With DEPOSIT: the name that the transfer will bear; the order's number where it is left out",
    }),
  points_amount: z.number().int().min(1).nullish().openapi({
    description:
      'The part that points pay (1 point is 1 won); the method pays the rest. With POINTS all of it: left out, or the total.',
  }),
  expected_total: z.number().int().min(0).nullish().openapi({
    description: 'What the guest was shown; another price now is refused with the new quote',
  }),
  ...couponFields,
  menu_version: z.number().int().nullish().openapi({
    description: 'The menu the guest was shown; for support, never a reason to refuse',
  }),
  special_requests: z.string().trim().max(500).nullish(),
}

const linesOrCart = (order: { items?: unknown; cart_id?: unknown }): boolean =>
  order.items == null || order.cart_id == null
const LINES_AND_CART = { path: ['cart_id'], message: 'either items or cart_id' }

/** Unknown fields are refused here: an unread coupon would charge more than the guest was shown. */
export const tableOrder = z
  .strictObject(fromTable)
  .refine(namesCodesOnce, CODES_TWICE)
  .refine(linesOrCart, LINES_AND_CART)
  .openapi('TableOrderRequest')

export const newOrder = z
  .strictObject({
    restaurant_id: idSchema.nullish(),
    table_id: idSchema.nullish(),
    table_number: z.string().trim().min(1).max(10).nullish(),
    ...fromTable,
  })
  .refine((order) => order.table_id == null || order.table_number == null, {
    path: ['table_number'],
    message: 'either table_id or table_number',
  })
  .refine(namesCodesOnce, CODES_TWICE)
  .refine(linesOrCart, LINES_AND_CART)
  .openapi('OrderRequest', {
    example: {
      table_number: 'A1',
      items: [{ menu_id: '018f3a4e-0000-8000-8000-9c1d2e3f4a5b', quantity: 2, options: [] }],
      payment_method: 'CARD',
      expected_total: 36000,
    },
  })

export const chosenOption = z.object({
  option_id: z.string(),
  name: z.string(),
  choice_id: z.string(),
  choice: z.string(),
  price_delta: z.int(),
})

const orderLine = z.object({
  line_id: z.string(),
  menu_id: z.string(),
  number: z.int(),
  name: z.string(),
  options: z.array(chosenOption),
  unit_price: z.int(),
  quantity: z.int(),
  unavailable_quantity: z.int(),
  refunded_quantity: z.int(),
  total: z.int().openapi({ description: 'Of the portions that are made, before discount' }),
  discount: z.int().openapi({ description: 'The share of the discount that falls on them' }),
})

/** What stands beside the lines; see domain/order/order-json.ts. */
export const chargesFields = {
  subtotal_amount: z.int().openapi({ description: 'The lines, before discount and fees' }),
  discount_amount: z.int(),
  packaging_fee_amount: z.int(),
  service_fee_amount: z.int(),
  tax_amount: z.int().openapi({ description: 'Contained in the total, not added to it' }),
}

/** An order as every answer shows it; see domain/order/order-json.ts. */
export const orderSchema = z
  .object({
    order_id: z.string(),
    order_number: z.string().openapi({ example: 'A001' }),
    business_day: z.string().openapi({ example: '2026-11-20' }),
    status: z.enum(ORDER_STATUSES),
    payment_status: z.enum(ORDER_PAYMENT_STATUSES),
    payment_policy: z.enum(PAYMENT_POLICIES),
    payment_method: z.enum(PAYMENT_METHODS),
    currency: z.enum(CURRENCIES),
    ...chargesFields,
    total_amount: z
      .int()
      .openapi({ description: 'What the guest owes: lines less discount, and the fees' }),
    captured_amount: z.int(),
    refunded_amount: z.int(),
    refund_due_amount: z.int(),
    table: z.object({ id: z.string(), name: z.string() }).nullable(),
    visit_id: z.string().nullable(),
    special_requests: z.string().nullable(),
    items: z.array(orderLine),
    coupons: z
      .array(z.object({ code: z.string(), discount: z.int() }))
      .openapi({ description: 'With what each took off when the order was placed' }),
    message: z.string().nullable(),
    end_reason: z.string().nullable(),
    placed_at: timeSchema.nullable(),
    expires_at: timeSchema.nullable(),
    accept_by: timeSchema.nullable(),
    accepted_at: timeSchema.nullable(),
    estimated_ready_at: timeSchema.nullable(),
    ready_at: timeSchema.nullable(),
    completed_at: timeSchema.nullable(),
    ended_at: timeSchema.nullable(),
    acknowledged_at: timeSchema.nullable(),
    unseen_since: timeSchema
      .nullable()
      .openapi({ description: 'Paid or placed, and nobody in the restaurant has seen it' }),
    rings: z.boolean(),
    points_amount: z
      .int()
      .optional()
      .openapi({ description: 'What points pay of it; of single orders alone' }),
    amount_due: z
      .int()
      .optional()
      .openapi({ description: 'What is still to be paid; of single orders alone' }),
    allowed_actions: z.array(
      z.enum(['accept', 'reject', 'ready', 'complete', 'cancel', 'pay', 'acknowledge']),
    ),
  })
  .openapi('Order')

const depositToMake = z
  .object({
    bank: z.string().openapi({ example: '신한은행' }),
    account_no: z.string().openapi({ example: '110-123-456789' }),
    holder: z.string(),
    payer_name: z.string().openapi({ description: 'The transfer is told apart by this name' }),
    amount: z.int(),
    expires_at: timeSchema,
  })
  .openapi('DepositToMake')

export const placedOrder = orderSchema
  .extend({
    payment_required: z.boolean(),
    payment_url: z
      .string()
      .nullable()
      .openapi({ description: 'Our page, which opens the provider' }),
    redirect_url: z.string().nullable().openapi({
      description: 'With DEPOSIT: opens the transfer in the Toss app, filled in',
      example:
        'supertoss://send?amount=18000&bank=%EC%8B%A0%ED%95%9C&accountNo=110123456789&origin=qr',
    }),
    deposit: depositToMake
      .nullable()
      .openapi({ description: 'With DEPOSIT: where the money is to be transferred to' }),
    websocket_url: z.string(),
  })
  .openapi('PlacedOrder')

export const boardQuery = pageQuery.extend({
  status: z.enum(['open', ...ORDER_STATUSES]).optional(),
  table_id: idSchema.optional(),
  day: z.iso.date().optional().openapi({ description: 'Business day' }),
  text: z.string().trim().min(1).max(100).optional(),
})

export const acceptance = z.object({
  estimated_time_minutes: z.number().int().min(1).max(600),
  message: z.string().trim().min(1).max(200).optional(),
  unavailable_lines: z
    .array(z.object({ line_id: idSchema, quantity: z.number().int().min(1).max(MAX_QUANTITY) }))
    .max(MAX_LINES)
    .default([]),
})

export const rejection = z.object({
  reason: z.string().trim().min(1).max(200),
  sold_out_item_ids: z.array(idSchema).max(MAX_LINES).default([]),
})
