import { z } from '@hono/zod-openapi'
import { CURRENCIES } from '../../domain/money.ts'
import { REFUND_POLICIES } from '../../domain/support/refund-policy.ts'
import { REFUND_REQUEST_STATES } from '../../domain/support/refund-request.ts'
import { idSchema, timeSchema } from './common.ts'
import { pageQuery } from './lists.ts'
import { NOT_BOTH, refundSchema, refundWish, sumOrLines } from './refunds.ts'

export const refundAsk = z
  .strictObject(refundWish)
  .refine(sumOrLines, NOT_BOTH)
  .openapi('RefundAsk', { example: { amount: 5000, reason: '늦은 조리에 대한 보상' } })

export const refundDecision = z
  .strictObject({ note: z.string().trim().min(1).max(500).optional() })
  .openapi('RefundDecision', { example: { note: '영수증을 확인함' } })

export const refundRequestQuery = pageQuery.extend({
  state: z.enum(REFUND_REQUEST_STATES).optional(),
  order_id: idSchema.optional(),
  customer_id: idSchema.optional(),
})

export const refundRequestSchema = z
  .object({
    id: z.string().openapi({ format: 'uuid' }),
    state: z.enum(REFUND_REQUEST_STATES).openapi({
      description:
        'REQUESTED: waits for a second person. APPROVED: the restaurant is being told. DONE: it has ' +
        'entered the refund, whose own status says how the money stands. FAILED: it would not. ' +
        'REFUSED: by the policy, or by a second person.',
    }),
    policy: z.enum(REFUND_POLICIES).openapi({ description: 'What decided how it began' }),
    order_id: z.string(),
    restaurant_id: z.string(),
    customer_id: z.string().nullable().openapi({ description: 'Null: a guest' }),
    amount: z.int().openapi({ description: 'What it comes to' }),
    currency: z.enum(CURRENCIES),
    lines: z.array(z.object({ line_id: z.string(), quantity: z.int() })).nullable(),
    reason: z.string(),
    requested_by: z.string(),
    requested_at: timeSchema,
    decided_by: z.string().nullable().openapi({ description: 'Null where nobody had to, or has' }),
    decided_at: timeSchema.nullable(),
    note: z.string().nullable().openapi({ description: 'Of whoever decided' }),
    failure: z
      .string()
      .nullable()
      .openapi({ description: 'Why the restaurant would not', example: 'REFUND_TOO_LARGE' }),
    refund_ids: z.array(z.string()),
  })
  .openapi('SupportRefundRequest')

export const followedRequest = refundRequestSchema
  .extend({
    refunds: z
      .array(refundSchema)
      .openapi({ description: 'As the restaurant has them now; one for each payment' }),
  })
  .openapi('FollowedRefundRequest')
