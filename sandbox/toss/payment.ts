/** Toss Payments' own state of a payment, as the sandbox keeps it. Times in milliseconds. */
export const STATUSES = [
  'READY',
  'IN_PROGRESS',
  'DONE',
  'CANCELED',
  'PARTIAL_CANCELED',
  'ABORTED',
  'EXPIRED',
] as const
export type Status = (typeof STATUSES)[number]

export interface SandboxPayment {
  paymentKey: string
  /** The secret key that opened it: other keys do not see it. */
  merchant: string
  orderId: string
  orderName: string
  currency: string
  totalAmount: number
  balanceAmount: number
  status: Status
  requestedAt: number
  authenticatedAt: number | null
  approvedAt: number | null
  lastTransactionKey: string | null
  cancels: Cancel[]
  failure: { code: string; message: string } | null
  successUrl: string
  failUrl: string
}

export interface Cancel {
  cancelAmount: number
  cancelReason: string
  refundableAmount: number
  canceledAt: number
  transactionKey: string
}

/** The buyer's time to authenticate and the shop's time to confirm after that (docs: en/webhooks). */
export const AUTHENTICATE_WITHIN_MS = 30 * 60_000
export const CONFIRM_WITHIN_MS = 10 * 60_000

export type Step = 'authenticate' | 'decline' | 'confirm' | 'reject' | 'cancel' | 'expire'

/** From which states a step may be taken. */
export const STEPS: Readonly<Record<Step, readonly Status[]>> = {
  authenticate: ['READY'],
  decline: ['READY'],
  confirm: ['IN_PROGRESS'],
  reject: ['IN_PROGRESS'],
  cancel: ['DONE', 'PARTIAL_CANCELED'],
  expire: ['READY', 'IN_PROGRESS'],
}

export const mayTake = (step: Step, payment: SandboxPayment): boolean =>
  STEPS[step].includes(payment.status)

export const authenticated = (payment: SandboxPayment, now: number): SandboxPayment => ({
  ...payment,
  status: 'IN_PROGRESS',
  authenticatedAt: now,
})

export const aborted = (
  payment: SandboxPayment,
  code: string,
  message: string,
): SandboxPayment => ({
  ...payment,
  status: 'ABORTED',
  failure: { code, message },
})

export const confirmed = (
  payment: SandboxPayment,
  now: number,
  transactionKey: string,
): SandboxPayment => ({
  ...payment,
  status: 'DONE',
  approvedAt: now,
  lastTransactionKey: transactionKey,
})

/** `amount` must not exceed the balance. */
export function cancelled(
  payment: SandboxPayment,
  cancel: { amount: number; reason: string; now: number; transactionKey: string },
): SandboxPayment {
  const balanceAmount = payment.balanceAmount - cancel.amount
  return {
    ...payment,
    status: balanceAmount === 0 ? 'CANCELED' : 'PARTIAL_CANCELED',
    balanceAmount,
    lastTransactionKey: cancel.transactionKey,
    cancels: [
      ...payment.cancels,
      {
        cancelAmount: cancel.amount,
        cancelReason: cancel.reason,
        refundableAmount: balanceAmount,
        canceledAt: cancel.now,
        transactionKey: cancel.transactionKey,
      },
    ],
  }
}

/** When the payment lapses by itself, or null when it no longer can. */
export function lapsesAt(payment: SandboxPayment): number | null {
  if (payment.status === 'READY') return payment.requestedAt + AUTHENTICATE_WITHIN_MS
  if (payment.status === 'IN_PROGRESS' && payment.authenticatedAt !== null) {
    return payment.authenticatedAt + CONFIRM_WITHIN_MS
  }
  return null
}

export const expired = (payment: SandboxPayment): SandboxPayment => ({
  ...payment,
  status: 'EXPIRED',
  failure: { code: 'EXPIRED_PAYMENT', message: '결제 시간이 지났습니다.' },
})
