import { z } from 'zod'

/** Toss Payments' key of a payment: at most 200 characters, and safe as one segment of a path. */
export const PAYMENT_KEY = /^[A-Za-z0-9_=-]{1,200}$/

const amount = z.int().min(0)

const cancel = z.object({
  cancelAmount: amount,
  cancelReason: z.string().nullish(),
  cancelStatus: z.string().nullish(),
  transactionKey: z.string().max(200).nullish(),
})

const virtualAccount = z.object({
  accountNumber: z.string().min(1).max(50),
  bankCode: z.string().min(1).max(50),
  customerName: z.string().max(100).nullish(),
  dueDate: z.string().max(40).nullish(),
  expired: z.boolean().nullish(),
  refundStatus: z.string().nullish(),
})

const failure = z.object({ code: z.string(), message: z.string() })

/** The part of a Payment object (API version 2022-11-16) that decides anything here. */
export const tossPayment = z
  .object({
    paymentKey: z.string().regex(PAYMENT_KEY),
    orderId: z.string(),
    status: z.string(),
    currency: z.string(),
    totalAmount: amount,
    balanceAmount: amount,
    approvedAt: z.string().nullish(),
    checkout: z.object({ url: z.string() }).nullish(),
    cancels: z.array(cancel).nullish(),
    isPartialCancelable: z.boolean().nullish(),
    virtualAccount: virtualAccount.nullish(),
    secret: z.string().max(200).nullish(),
    failure: failure.nullish(),
  })
  .refine((payment) => payment.balanceAmount <= payment.totalAmount)

export type TossPayment = z.infer<typeof tossPayment>
export type TossCancel = z.infer<typeof cancel>

export const tossError = failure
