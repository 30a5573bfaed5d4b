import { z } from '@hono/zod-openapi'
import { PROOF_METHODS, REFUND_STATUSES } from '../../domain/payment/payment.ts'
import { CHARGE_METHODS, MAX_CHARGE } from '../../domain/wallet/charge.ts'
import { ENTRY_CAUSES, POINTS_CURRENCY } from '../../domain/wallet/ledger.ts'
import { POINTS_REFUND_STATUSES } from '../../domain/wallet/points-refund.ts'
import { idSchema, timeSchema } from './common.ts'
import { pageQuery } from './lists.ts'

const points = z.int().openapi({ description: '1 point is 1 won', example: 18000 })

export const balanceSchema = z
  .object({ balance: points, currency: z.literal(POINTS_CURRENCY) })
  .openapi('WalletBalance')

export const entrySchema = z
  .object({
    id: z.string(),
    type: z.enum(['ADD', 'DEDUCT']),
    cause: z.enum(ENTRY_CAUSES).openapi({
      description:
        'ORDER: paid with points; ORDER_REFUND: some of them came back. CHARGE: bought; CASH: paid to ' +
        'staff; INSTANT: given. CHARGE_REFUND: turned back into money. FORFEIT: given up with the account.',
    }),
    amount: points,
    balance_after: points,
    order_id: z.string().nullable(),
    created_at: timeSchema,
  })
  .openapi('WalletTransaction')

export const chargeParams = z.object({ user_id: idSchema })

export const chargeRequest = z
  .strictObject({
    amount: z.number().int().min(1).max(MAX_CHARGE),
    payment_method: z
      .enum(['CARD', 'CASH'])
      .nullish()
      .openapi({
        description:
          'CARD: the answer leads to the page of the provider. CASH: staff of a restaurant or an ' +
          'administrator have taken it. Left out: by card, or at once where the deployment gives points.',
      }),
  })
  .openapi('PointsChargeRequest', { example: { amount: 30000, payment_method: 'CARD' } })

export const chargeSchema = z
  .object({
    charge_id: z.string().openapi({ description: 'Also what the provider calls the order' }),
    user_id: z.string(),
    amount: points,
    currency: z.literal(POINTS_CURRENCY),
    payment_method: z.enum(CHARGE_METHODS),
    status: z.enum(['PENDING', 'CAPTURING', 'WAITING_FOR_DEPOSIT', 'COMPLETED', 'FAILED', 'ENDED']),
    payment_key: z.string().nullable(),
    payment_url: z
      .string()
      .nullable()
      .openapi({ description: "The provider's page; null once it is over" }),
    failure: z.object({ code: z.string(), message: z.string() }).nullable(),
    balance: points
      .nullable()
      .openapi({ description: 'What the wallet holds now; null to others than its owner' }),
    expires_at: timeSchema,
    created_at: timeSchema,
  })
  .openapi('PointsCharge')

export const pointsRefundRequest = z
  .strictObject({
    amount: z.number().int().min(1),
    reason: z.string().trim().min(1).max(200),
  })
  .openapi('PointsRefundRequest', { example: { amount: 10000, reason: '더 이상 쓰지 않음' } })

export const pointsRefundSchema = z
  .object({
    id: z.string(),
    user_id: z.string(),
    amount: points,
    reason: z.string(),
    status: z.enum(POINTS_REFUND_STATUSES).openapi({
      description:
        'REQUESTED: the provider is paying back. DUE: no machine can, people will. DONE: all went back.',
    }),
    parts: z.array(
      z.object({
        charge_id: z.string(),
        amount: points,
        status: z.enum(REFUND_STATUSES),
        done_at: timeSchema.nullable(),
      }),
    ),
    requested_at: timeSchema,
  })
  .openapi('PointsRefund')

export const pointsRefundQuery = pageQuery.extend({
  status: z.enum(POINTS_REFUND_STATUSES).optional(),
})

export const pointsRefundProof = z
  .strictObject({
    method: z.enum(PROOF_METHODS),
    note: z.string().trim().min(1).max(200).openapi({ description: 'What proves it' }),
  })
  .openapi('PointsRefundProof')
