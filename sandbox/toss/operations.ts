import { z } from 'zod'
import { json, refusal, type Answer } from './errors.ts'
import type { Ledger } from './ledger.ts'
import { aborted, cancelled, confirmed, mayTake, type SandboxPayment } from './payment.ts'
import { kst } from './payment-view.ts'

/** What an operation may use: whose key it is, the payments, the clock, chance. */
export interface Call {
  merchant: string
  ledger: Ledger
  now: number
  random: (length: number) => Uint8Array
  /** A fault that makes the card company say no. */
  rejectCode: string | undefined
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const letters = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length] ?? '').join('')

const METHODS = ['CARD', 'VIRTUAL_ACCOUNT', 'MOBILE_PHONE', 'TRANSFER', 'FOREIGN_EASY_PAY'] as const
const MINIMUM_CARD_AMOUNT = 100

const openBody = z.object({
  method: z.enum(METHODS),
  amount: z.int().positive().max(Number.MAX_SAFE_INTEGER),
  currency: z.string().default('KRW'),
  orderId: z.string(),
  orderName: z.string().min(1).max(100),
  successUrl: z.url({ protocol: /^https?$/ }),
  failUrl: z.url({ protocol: /^https?$/ }),
})

const rejection = (code: string): Answer => json(403, { code, message: '카드사에서 거절했습니다.' })

export function open(body: unknown, call: Call): Answer {
  const parsed = openBody.safeParse(body)
  if (!parsed.success) return refusal('INVALID_REQUEST')
  const request = parsed.data
  if (!/^[A-Za-z0-9_-]{6,64}$/.test(request.orderId)) return refusal('INVALID_ORDER_ID')
  if (request.method !== 'CARD') return refusal('NOT_SUPPORTED_METHOD')
  if (request.currency !== 'KRW') return refusal('NOT_SUPPORTED_CURRENCY')
  if (request.amount < MINIMUM_CARD_AMOUNT) return refusal('BELOW_MINIMUM_AMOUNT')
  if (call.rejectCode) return rejection(call.rejectCode)
  if (call.ledger.findByOrder(call.merchant, request.orderId)) return refusal('DUPLICATED_ORDER_ID')
  const day = kst(call.now).slice(0, 19).replace(/\D/g, '')
  const payment = call.ledger.open({
    paymentKey: `tsbx${day}${letters(call.random(8))}`,
    merchant: call.merchant,
    orderId: request.orderId,
    orderName: request.orderName,
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
    return payment.approvedAt === null
      ? refusal('NOT_FOUND_PAYMENT_SESSION')
      : refusal('ALREADY_PROCESSED_PAYMENT')
  }
  if (call.rejectCode) {
    call.ledger.save(aborted(payment, call.rejectCode, '카드사에서 거절했습니다.'))
    return rejection(call.rejectCode)
  }
  const done = confirmed(payment, call.now, letters(call.random(16)))
  return json(200, call.ledger.view(call.ledger.save(done)))
}

export function lookUp(payment: SandboxPayment | null, call: Call): Answer {
  const found = own(payment, call)
  return found ? json(200, call.ledger.view(found)) : refusal('NOT_FOUND_PAYMENT')
}

const cancelBody = z.object({
  cancelReason: z.string().min(1).max(200),
  cancelAmount: z.int().positive().optional(),
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
  if (call.rejectCode) return rejection(call.rejectCode)
  const after = cancelled(payment, {
    amount,
    reason: parsed.data.cancelReason,
    now: call.now,
    transactionKey: letters(call.random(16)),
  })
  return json(200, call.ledger.view(call.ledger.save(after)))
}
