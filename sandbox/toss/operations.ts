import { z } from 'zod'
import { json, refusal, type Answer } from './errors.ts'
import type { Ledger } from './ledger.ts'
import type { Effects } from './faults.ts'
import { aborted, cancelled, confirmed, issued, mayTake, type SandboxPayment } from './payment.ts'
import { kst } from './payment-view.ts'

/** What an operation may use: whose key it is, the payments, the clock, chance. */
export interface Call {
  merchant: string
  ledger: Ledger
  now: number
  random: (length: number) => Uint8Array
  /** What goes wrong; `reject` makes the card company say no. */
  fault: Effects
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const letters = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length] ?? '').join('')

const METHODS = ['CARD', 'VIRTUAL_ACCOUNT', 'MOBILE_PHONE', 'TRANSFER', 'FOREIGN_EASY_PAY'] as const
/** Of the methods that are played. */
const MINIMUM_AMOUNT = { CARD: 100, VIRTUAL_ACCOUNT: 200 } as const
const WEEK_HOURS = 168

const openBody = z.object({
  method: z.enum(METHODS),
  amount: z.int().positive().max(Number.MAX_SAFE_INTEGER),
  currency: z.string().default('KRW'),
  orderId: z.string(),
  orderName: z.string().min(1).max(100),
  successUrl: z.url({ protocol: /^https?$/ }),
  failUrl: z.url({ protocol: /^https?$/ }),
  validHours: z.int().min(1).max(2_160).default(WEEK_HOURS),
})

const rejection = (code: string): Answer => json(403, { code, message: '카드사에서 거절했습니다.' })

export function open(body: unknown, call: Call): Answer {
  const parsed = openBody.safeParse(body)
  if (!parsed.success) return refusal('INVALID_REQUEST')
  const request = parsed.data
  if (!/^[A-Za-z0-9_-]{6,64}$/.test(request.orderId)) return refusal('INVALID_ORDER_ID')
  const { method } = request
  if (method !== 'CARD' && method !== 'VIRTUAL_ACCOUNT') return refusal('NOT_SUPPORTED_METHOD')
  if (request.currency !== 'KRW') return refusal('NOT_SUPPORTED_CURRENCY')
  if (request.amount < MINIMUM_AMOUNT[method]) return refusal('BELOW_MINIMUM_AMOUNT')
  if (call.fault.reject) return rejection(call.fault.reject)
  if (call.ledger.findByOrder(call.merchant, request.orderId)) return refusal('DUPLICATED_ORDER_ID')
  const day = kst(call.now).slice(0, 19).replace(/\D/g, '')
  const payment = call.ledger.open({
    paymentKey: `tsbx${day}${letters(call.random(8))}`,
    merchant: call.merchant,
    orderId: request.orderId,
    orderName: request.orderName,
    method,
    currency: request.currency,
    totalAmount: request.amount,
    balanceAmount: request.amount,
    status: 'READY',
    requestedAt: call.now,
    authenticatedAt: null,
    approvedAt: null,
    lastTransactionKey: null,
    cancels: [],
    failure: null,
    successUrl: request.successUrl,
    failUrl: request.failUrl,
    bankCode: null,
    validHours: request.validHours,
    virtualAccount: null,
    secret: null,
    partialCancelable: call.fault.whole_only !== true,
  })
  return json(200, call.ledger.view(payment))
}

const own = (payment: SandboxPayment | null, call: Call): SandboxPayment | null =>
  payment?.merchant === call.merchant ? payment : null

const confirmBody = z.object({
  paymentKey: z.string().min(1).max(200),
  orderId: z.string(),
  amount: z.int(),
})

export function confirm(body: unknown, call: Call): Answer {
  const parsed = confirmBody.safeParse(body)
  if (!parsed.success) return refusal('INVALID_REQUEST')
  const payment = own(call.ledger.find(parsed.data.paymentKey), call)
  if (!payment) return refusal('NOT_FOUND_PAYMENT')
  const { orderId, amount } = parsed.data
  if (payment.orderId !== orderId || payment.totalAmount !== amount) {
    return refusal('INVALID_REQUEST')
  }
  if (!mayTake('confirm', payment)) {
    return payment.approvedAt === null && payment.virtualAccount === null
      ? refusal('NOT_FOUND_PAYMENT_SESSION')
      : refusal('ALREADY_PROCESSED_PAYMENT')
  }
  if (call.fault.reject) {
    call.ledger.save(aborted(payment, call.fault.reject, '카드사에서 거절했습니다.'))
    return rejection(call.fault.reject)
  }
  return json(200, call.ledger.view(call.ledger.save(afterConfirm(payment, call))))
}

function afterConfirm(payment: SandboxPayment, { now, random }: Call): SandboxPayment {
  if (payment.method === 'CARD') return confirmed(payment, now, letters(random(16)))
  const accountNumber = `X${Array.from(random(13), (byte) => byte % 10).join('')}`
  return issued(payment, { now, accountNumber, secret: `ps_${letters(random(20))}` })
}

export function lookUp(payment: SandboxPayment | null, call: Call): Answer {
  const found = own(payment, call)
  return found ? json(200, call.ledger.view(found)) : refusal('NOT_FOUND_PAYMENT')
}

const cancelBody = z.object({
  cancelReason: z.string().min(1).max(200),
  cancelAmount: z.int().positive().optional(),
  refundReceiveAccount: z
    .object({
      bank: z.string().regex(/^\d{2}$/),
      accountNumber: z.string().regex(/^\d{6,20}$/),
      holderName: z.string().min(1).max(60),
    })
    .optional()
    .catch(undefined),
})

export function cancel(paymentKey: string, body: unknown, call: Call): Answer {
  const parsed = cancelBody.safeParse(body)
  if (!parsed.success) return refusal('INVALID_REQUEST')
  const payment = own(call.ledger.find(paymentKey), call)
  if (!payment) return refusal('NOT_FOUND_PAYMENT')
  if (payment.status === 'CANCELED') return refusal('ALREADY_CANCELED_PAYMENT')
  if (!mayTake('cancel', payment)) return refusal('NOT_CANCELABLE_PAYMENT')
  const amount = parsed.data.cancelAmount ?? payment.balanceAmount
  if (amount > payment.balanceAmount) return refusal('NOT_CANCELABLE_AMOUNT')
  if (amount < payment.balanceAmount && !payment.partialCancelable)
    return refusal('NOT_ALLOWED_PARTIAL_REFUND')
  const fromAccount = payment.virtualAccount !== null && payment.status !== 'WAITING_FOR_DEPOSIT'
  if (fromAccount && parsed.data.refundReceiveAccount === undefined)
    return refusal('INVALID_REFUND_ACCOUNT_INFO')
  if (call.fault.reject) return rejection(call.fault.reject)
  const after = payBack(payment, amount, parsed.data.cancelReason, call)
  return json(200, call.ledger.view(call.ledger.save(after)))
}

/** Pays back, over the API or at the provider's own desk; from an account by a transfer. */
export function payBack(
  payment: SandboxPayment,
  amount: number,
  reason: string,
  { now, random, fault }: Pick<Call, 'now' | 'random' | 'fault'>,
): SandboxPayment {
  const after = cancelled(payment, { amount, reason, now, transactionKey: letters(random(16)) })
  if (after.virtualAccount === null || payment.status === 'WAITING_FOR_DEPOSIT') return after
  const refundStatus = fault.refund_pending ? 'PENDING' : 'COMPLETED'
  return { ...after, virtualAccount: { ...after.virtualAccount, refundStatus } }
}
