import { orderCodeOf } from '../../domain/payment/order-code.ts'
import type { PaymentProvider } from '../payment-port.ts'
import { createPayActionClient, type PayActionOptions } from './client.ts'

export interface PayActionProviderOptions extends PayActionOptions {
  now: () => number
  /** With `{order_number}` in it the path names the order; else the body does. */
  excludePath: string
}

const KST_MS = 9 * 3600_000
/** It reads the wall clock in Seoul and nothing else: the time is moved before it is written down. */
const kst = (ms: number): string =>
  `${new Date(ms + KST_MS).toISOString().slice(0, 'YYYY-MM-DDTHH:mm:ss'.length)}+09:00`

const ORDER_NUMBER = '{order_number}'
/** A repeat of what it took before. Its words are in no document, so several are known here. */
const KNOWN_ALREADY = /이미|중복|already|duplicat/i

const BY_PEOPLE = { code: 'BY_PEOPLE', message: 'A deposit is paid back by a transfer.' }

/**
 * PayAction watches the restaurant's account: it is told which deposit to expect, by name and sum, and
 * calls when one has come. There is nothing to read back, so a look-up knows of no money.
 */
export function createPayActionProvider(options: PayActionProviderOptions): PaymentProvider {
  const send = createPayActionClient(options)
  const { now, excludePath } = options

  return {
    ...unwatched,

    async open({ paymentId, amount, currency, payerName, expiresAt }) {
      if (currency !== 'KRW')
        return { kind: 'refused', failure: { code: 'CURRENCY', message: `not in ${currency}` } }
      const providerKey = orderCodeOf(paymentId)
      const answer = await send('/order', {
        order_number: providerKey,
        order_amount: amount,
        order_date: kst(now()),
        billing_name: payerName ?? '',
        orderer_name: payerName ?? '',
        auto_cancel_date: kst(expiresAt),
      })
      if (answer.kind === 'trouble') return { kind: 'unknown', detail: answer.detail }
      return answer.kind === 'done' || KNOWN_ALREADY.test(answer.failure.message)
        ? { kind: 'opened', providerKey, checkoutUrl: null }
        : answer
    },

    /** Asked also where a registration was never confirmed: it may have arrived. A "no" leaves nothing to do. */
    async void({ paymentId }) {
      const code = orderCodeOf(paymentId)
      const answer = excludePath.includes(ORDER_NUMBER)
        ? await send(excludePath.replace(ORDER_NUMBER, code), null)
        : await send(excludePath, { order_number: code })
      return answer.kind === 'trouble'
        ? { kind: 'unknown', detail: answer.detail }
        : { kind: 'voided' }
    },
  }
}

/** Deposits that no machine is told of: the account's feed or staff say that they are in. */
export const unwatched: PaymentProvider = {
  open: () => Promise.resolve({ kind: 'opened', providerKey: null, checkoutUrl: null }),
  capture: () => Promise.resolve({ kind: 'unknown', detail: 'a deposit is not asked for' }),
  lookUp: () => Promise.resolve({ kind: 'missing' }),
  refund: () => Promise.resolve({ kind: 'refused', failure: BY_PEOPLE }),
  void: () => Promise.resolve({ kind: 'voided' }),
}
