import { z } from '@hono/zod-openapi'
import { GUIDANCES } from '../../domain/payment/guidance.ts'
import { ORDER_PAYMENT_STATUSES, ORDER_STATUSES } from '../../domain/order/order.ts'
import { PAYMENT_METHODS } from '../../domain/restaurant/settings.ts'
import { idSchema, timeSchema } from './common.ts'

const amount = z.number().int().min(1)

const payInAccount = z
  .object({
    bank: z.string().openapi({ example: '신한은행' }),
    account_no: z.string(),
    holder: z.string(),
    expires_at: timeSchema,
  })
  .nullable()
  .openapi({ description: 'Where the guest transfers the money to, and until when' })

export const initiation = z.object({
  order_id: idSchema,
  amount,
  payment_method: z.enum(PAYMENT_METHODS),
})

export const initiated = z
  .object({
    payment_id: z.string().openapi({ description: "The provider's order id" }),
    payment_key: z.string(),
    payment_url: z.string().openapi({ description: "The provider's page, where the guest pays" }),
    order_id: z.string(),
    amount: z.int(),
    currency: z.string(),
    expires_at: timeSchema,
    payment_status: z.enum(['PENDING', 'CAPTURING', 'WAITING_FOR_DEPOSIT', 'COMPLETED']),
  })
  .openapi('InitiatedPayment')

/** As the provider's redirect names them. */
export const confirmation = z.object({
  paymentKey: z.string().min(1).max(200),
  orderId: idSchema.openapi({
    description: "The redirect's orderId (ours of the payment), or order_id",
  }),
  amount,
})

export const confirmed = z
  .object({
    success: z.literal(true),
    order_id: z.string(),
    order_number: z.string().optional(),
    amount: z.int(),
    payment_status: z.enum(['COMPLETED', 'WAITING_FOR_DEPOSIT']),
    account: payInAccount,
    order_payment_status: z.enum(ORDER_PAYMENT_STATUSES).optional(),
    order_status: z.enum(ORDER_STATUSES).optional(),
    balance: z
      .int()
      .optional()
      .openapi({ description: 'Of a charge of points, which has no order: what the wallet holds' }),
  })
  .openapi('ConfirmedPayment')

export const paymentStatus = z
  .object({
    order_id: z.string(),
    order_number: z.string(),
    status: z.enum(ORDER_STATUSES),
    payment_status: z.enum(ORDER_PAYMENT_STATUSES),
    total_amount: z.int(),
    captured_amount: z.int(),
    refunded_amount: z.int(),
    refund_due_amount: z.int(),
    currency: z.string(),
    expires_at: timeSchema.nullable(),
    attempts: z.int().openapi({ description: "How often a provider's page was opened" }),
    payments: z.array(
      z.object({
        payment_id: z.string(),
        status: z.enum([
          'PENDING',
          'CAPTURING',
          'WAITING_FOR_DEPOSIT',
          'COMPLETED',
          'FAILED',
          'ENDED',
        ]),
        amount: z.int(),
        refunded_amount: z.int(),
        method: z.enum(PAYMENT_METHODS),
        opened_at: timeSchema,
        expires_at: timeSchema,
        captured_at: timeSchema.nullable(),
        failure: z
          .object({ code: z.string(), message: z.string(), guidance: z.enum(GUIDANCES) })
          .nullable(),
        account: payInAccount,
        disputed: z
          .boolean()
          .openapi({ description: 'Contested, or taken back by the bank: people must look' }),
      }),
    ),
  })
  .openapi('PaymentStatus')

export const tossReturn = z.object({
  paymentKey: z.string().min(1).max(200),
  orderId: idSchema,
  amount: z.coerce.number().int().min(1),
})

/** The provider's words; whatever is not as expected is left out, the page stands without it. */
export const tossFailure = z.object({
  code: z.string().max(100).optional().catch(undefined),
  message: z.string().max(500).optional().catch(undefined),
})
