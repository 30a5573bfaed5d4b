import { z } from '@hono/zod-openapi'
import { DEPOSIT_STATUSES, type DepositState } from '../../domain/payment/deposit.ts'
import { PROOF_METHODS } from '../../domain/payment/payment.ts'
import { idSchema, isoTime, timeSchema } from './common.ts'
import { pageQuery } from './lists.ts'

export const depositQuery = pageQuery.extend({ status: z.enum(DEPOSIT_STATUSES).optional() })

export const depositSchema = z
  .object({
    id: z.string(),
    payer_name: z.string(),
    amount: z
      .int()
      .nullable()
      .openapi({ description: 'Null: it was told that money came, and not how much' }),
    received_at: timeSchema,
    status: z.enum(DEPOSIT_STATUSES).openapi({
      description: 'UNMATCHED: nobody knows what for, or it could be for several; staff decide',
    }),
    payment_id: z.string().nullable(),
    candidates: z.array(z.string()).openapi({ description: 'Orders that it may be for' }),
    proof: z
      .object({ method: z.enum(PROOF_METHODS), note: z.string(), by: z.string(), at: timeSchema })
      .nullable()
      .openapi({ description: 'How it was paid back' }),
  })
  .openapi('Deposit')

export const assignment = z.strictObject({ order_id: idSchema }).openapi('DepositAssignment')

export const depositReturn = z
  .strictObject({
    method: z.enum(PROOF_METHODS),
    note: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .openapi({ description: 'Number of the transfer, or whatever proves it' }),
  })
  .openapi('DepositReturn')

export const receipt = z
  .strictObject({
    amount: z.number().int().min(1).openapi({ description: 'As it stands on the account' }),
  })
  .openapi('DepositReceipt')

/** A deposit as staff see it. */
export const depositJson = (deposit: DepositState): z.input<typeof depositSchema> => ({
  id: deposit.id,
  payer_name: deposit.payerName,
  amount: deposit.amount === 0 ? null : deposit.amount,
  received_at: isoTime(deposit.receivedAt),
  status: deposit.status,
  payment_id: deposit.paymentId,
  candidates: [...deposit.candidates],
  proof: deposit.proof && { ...deposit.proof, at: isoTime(deposit.proof.at) },
})
