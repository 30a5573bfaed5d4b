/** Toss Payments' own state of a payment, as the sandbox keeps it. Times in milliseconds. */
export const STATUSES = [
  'READY',
  'IN_PROGRESS',
  'WAITING_FOR_DEPOSIT',
  'DONE',
  'CANCELED',
  'PARTIAL_CANCELED',
  'ABORTED',
  'EXPIRED',
] as const
export type Status = (typeof STATUSES)[number]

export type Method = 'CARD' | 'VIRTUAL_ACCOUNT'

/** What a bank keeps open for one payment. */
export interface VirtualAccount {
  accountNumber: string
  bankCode: string
  customerName: string
  dueAt: number
  refundStatus: 'NONE' | 'PENDING' | 'COMPLETED' | 'FAILED'
}

export interface SandboxPayment {
  paymentKey: string
  /** The secret key that opened it: other keys do not see it. */
  merchant: string
  orderId: string
  orderName: string
  method: Method
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
  /** The bank that the buyer chose on the page. */
  bankCode: string | null
  /** For how long an account will be open. */
  validHours: number
  virtualAccount: VirtualAccount | null
  /** Proves the deposit callbacks of an account. */
  secret: string | null
  partialCancelable: boolean
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

export type Step =
  'authenticate' | 'decline' | 'confirm' | 'reject' | 'deposit' | 'bounce' | 'cancel' | 'expire'

/** From which states a step may be taken. */
export const STEPS: Readonly<Record<Step, readonly Status[]>> = {
  authenticate: ['READY'],
  decline: ['READY'],
  confirm: ['IN_PROGRESS'],
  reject: ['IN_PROGRESS'],
  deposit: ['WAITING_FOR_DEPOSIT'],
  /** The bank takes a deposit back. */
  bounce: ['DONE'],
  cancel: ['WAITING_FOR_DEPOSIT', 'DONE', 'PARTIAL_CANCELED'],
  expire: ['READY', 'IN_PROGRESS', 'WAITING_FOR_DEPOSIT'],
}

export const mayTake = (step: Step, payment: SandboxPayment): boolean =>
  STEPS[step].includes(payment.status) &&
  (step !== 'bounce' || payment.method === 'VIRTUAL_ACCOUNT')

export const authenticated = (
  payment: SandboxPayment,
  now: number,
  bankCode: string | null = null,
): SandboxPayment => ({
  ...payment,
  status: 'IN_PROGRESS',
  authenticatedAt: now,
  bankCode,
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

/** An account is open, and the money may come. */
export const issued = (
  payment: SandboxPayment,
  { now, accountNumber, secret }: { now: number; accountNumber: string; secret: string },
): SandboxPayment => ({
  ...payment,
  status: 'WAITING_FOR_DEPOSIT',
  secret,
  virtualAccount: {
    accountNumber,
    bankCode: payment.bankCode ?? '20',
    customerName: '김손님',
    dueAt: now + payment.validHours * 3_600_000,
    refundStatus: 'NONE',
  },
})

/** The deposit turned out to be none. */
export const bounced = (payment: SandboxPayment): SandboxPayment => ({
  ...payment,
  status: 'WAITING_FOR_DEPOSIT',
  approvedAt: null,
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
  if (payment.status === 'WAITING_FOR_DEPOSIT') return payment.virtualAccount?.dueAt ?? null
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
