import { z } from '@hono/zod-openapi'
import { PROOF_METHODS, REFUND_STATUSES } from '../../domain/payment/payment.ts'
import { idSchema, timeSchema } from './common.ts'

const MAX_LINES = 100
const MAX_QUANTITY = 999

const refundedLine = z.strictObject({
  line_id: idSchema,
  quantity: z.number().int().min(1).max(MAX_QUANTITY),
})

const refundAccount = z
  .strictObject({
    bank: z.string().trim().min(1).max(50),
    account_no: z
      .string()
      .trim()
      .regex(/^[0-9][0-9- ]{3,30}[0-9]$/),
    holder: z.string().trim().min(1).max(60),
  })
  .openapi({
    description:
      'Where money that came through a virtual account goes back to; kept sealed. Refused for any other money',
    example: { bank: '신한은행', account_no: '110-123-456789', holder: '김민수' },
  })

/** Strict: whoever meant a part by a name that nobody reads would pay back everything. */
export const refundWish = {
  amount: z.number().int().min(1).optional().openapi({ description: 'Left out: all that is left' }),
  lines: z.array(refundedLine).min(1).max(MAX_LINES).optional().openapi({
    description: 'Portions of lines, at what the guest paid for each; without an amount',
  }),
  reason: z.string().trim().min(1).max(200),
}
type Part = { amount?: number | undefined; lines?: unknown }
export const sumOrLines = ({ amount, lines }: Part): boolean =>
  amount === undefined || lines === undefined
export const NOT_BOTH = { path: ['lines'], message: 'either an amount or lines' }

export const refundRequest = z
  .strictObject({ ...refundWish, refund_account: refundAccount.optional() })
  .refine(sumOrLines, NOT_BOTH)
  .openapi('RefundRequest', {
    example: {
      lines: [{ line_id: '018f3a4e-0000-8000-8000-9c1d2e3f4a5b', quantity: 1 }],
      reason: '음식이 식어서',
    },
  })

export const refundRecord = z
  .strictObject({
    method: z.enum(PROOF_METHODS),
    note: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .openapi({ description: 'Receipt or transfer number, or whatever proves it' }),
  })
  .openapi('RefundRecord', { example: { method: 'TRANSFER', note: '신한 11/20 14:02' } })

export const refundRetry = z
  .strictObject({ refund_account: refundAccount.optional() })
  .openapi('RefundRetry')

export const refundParams = z.object({ id: idSchema, refund_id: idSchema })

export const refundSchema = z
  .object({
    id: z.string(),
    payment_id: z.string(),
    order_id: z.string(),
    amount: z.int(),
    reason: z.string(),
    status: z.enum(REFUND_STATUSES).openapi({
      description:
        'REQUESTED: seen through by itself. DONE: paid back. DUE: no machine could, people must. DROPPED: it had gone back at the provider already',
    }),
    lines: z
      .array(z.object({ line_id: z.string(), quantity: z.int() }))
      .nullable()
      .openapi({ description: 'The portions that it pays back; null for a sum' }),
    requested_at: timeSchema,
    done_at: timeSchema.nullable(),
    explanation: z
      .string()
      .nullable()
      .openapi({ description: 'In words: why it is not simply under way or done' }),
    failure: z
      .object({ code: z.string(), message: z.string() })
      .nullable()
      .openapi({ description: "The provider's words; for staff" }),
    proof: z
      .object({
        method: z.enum(PROOF_METHODS),
        note: z.string(),
        recorded_by: z.string(),
        recorded_at: timeSchema,
      })
      .nullable()
      .openapi({ description: 'How people paid it back; for staff' }),
  })
  .openapi('Refund')

export const enteredRefund = refundSchema
  .extend({
    further: z
      .array(refundSchema)
      .openapi({ description: 'Its other parts, where several payments paid the order' }),
  })
  .openapi('EnteredRefund')
