import type Stripe from 'stripe'
import { restaurantKeyOf } from '../../domain/ids.ts'
import type { LookupOutcome } from '../../domain/payment/outcomes.ts'
import type { OpenRequest, PaymentName, PaymentProvider } from '../payment-port.ts'
import { ask, createStripeClient, type StripeAnswer, type StripeOptions } from './client.ts'
import { VERDICTS } from './errors.ts'
import { stripeCurrency } from './money.ts'
import {
  isOf,
  stateOf,
  toCaptureOutcome,
  toFound,
  toOpenOutcome,
  unknown,
  unknownFrom,
} from './outcomes.ts'
import { refundAtStripe, refundsOf } from './refund.ts'
import {
  disputeList,
  intentList,
  INTENT_ID,
  PAYMENT_MARK,
  paymentIntent,
  type Intent,
} from './wire.ts'

const strangeKey = unknown('not an intent')
const NEWEST = 100
/** A dispute in one of these has taken nothing, or given it back. */
const HARMLESS_DISPUTES: readonly string[] = ['won', 'warning_closed', 'prevented']

/**
 * Stripe over its own library (docs.stripe.com/api/payment_intents). The guest's browser pays by
 * itself with the intent's client secret; here the intent is made, asked about, refunded, cancelled.
 */
export function createStripeProvider(options: StripeOptions): PaymentProvider {
  const stripe = createStripeClient(options)
  const retrieve = (intentId: string) =>
    ask(paymentIntent, () =>
      stripe.paymentIntents.retrieve(intentId, { expand: ['latest_charge'] }),
    )

  async function lookUp({ paymentId, providerKey }: PaymentName): Promise<LookupOutcome> {
    if (providerKey === null) {
      const found = await findByPayment(stripe, paymentId)
      if (found.kind !== 'answer') return unknownFrom(found)
      return found.value === null ? { kind: 'missing' } : describe(stripe, found.value)
    }
    if (!INTENT_ID.test(providerKey)) return strangeKey
    const answer = await retrieve(providerKey)
    if (answer.kind === 'error' && VERDICTS.lookUp[answer.meaning] === 'missing')
      return { kind: 'missing' }
    if (answer.kind !== 'answer') return unknownFrom(answer)
    return isOf(answer.value, paymentId)
      ? describe(stripe, answer.value)
      : unknown('another payment')
  }

  return {
    async open(request) {
      const currency = stripeCurrency(request.currency)
      if (currency === null) {
        const failure = { code: 'UNSUPPORTED_CURRENCY', message: request.currency }
        return { kind: 'refused', failure }
      }
      const create = (idempotencyKey: string) =>
        ask(paymentIntent, () =>
          stripe.paymentIntents.create(intentOf(request, currency), { idempotencyKey }),
        )
      const key = `open-${request.paymentId}`
      const first = await create(key)
      // Stripe repeats its own failures under a key for a day. Nobody holds that intent's secret, if
      // there is one: another cannot be paid beside it.
      const again = first.kind === 'error' && first.replayed && first.meaning === 'temporary'
      return toOpenOutcome(again ? await create(`${key}-again`) : first, request)
    },

    async capture(request) {
      const { providerKey } = request
      if (providerKey === null || !INTENT_ID.test(providerKey)) return strangeKey
      return toCaptureOutcome(await retrieve(providerKey), request)
    },

    lookUp,

    async refund(request) {
      const { providerKey } = request
      if (providerKey === null || !INTENT_ID.test(providerKey)) return strangeKey
      return refundAtStripe(stripe, { ...request, providerKey })
    },

    async void(request) {
      const { providerKey } = request
      // Without a key no browser ever had the secret: nobody can pay.
      if (providerKey === null) return { kind: 'voided' }
      if (!INTENT_ID.test(providerKey)) return strangeKey
      // Without a key of ours: nothing happens twice, and a failure would be repeated under it for a day.
      const answer = await ask(paymentIntent, () =>
        stripe.paymentIntents.cancel(providerKey, { cancellation_reason: 'abandoned' }),
      )
      if (answer.kind === 'answer' && answer.value.status === 'canceled') return { kind: 'voided' }
      if (answer.kind === 'error') {
        const verdict = VERDICTS.void[answer.meaning]
        if (verdict === 'voided') return { kind: 'voided' }
        if (verdict === 'unknown') return unknownFrom(answer)
      }
      const found = await lookUp(request)
      if (found.kind === 'unknown') return found
      if (found.kind === 'missing' || found.state === 'ENDED') return { kind: 'voided' }
      // One that is being processed cannot be cancelled: it is asked again until it has an end.
      return found.state === 'CAPTURED' ? { kind: 'captured', found } : unknown('still under way')
    },
  }
}

const intentOf = (request: OpenRequest, currency: string): Stripe.PaymentIntentCreateParams => ({
  amount: request.amount,
  currency,
  automatic_payment_methods: { enabled: true },
  description: request.orderName,
  metadata: {
    [PAYMENT_MARK]: request.paymentId,
    order_id: request.orderId,
    restaurant_key: restaurantKeyOf(request.paymentId),
  },
})

/** By our mark: the search is some seconds behind, so that the newest are gone through as well. */
async function findByPayment(
  stripe: Stripe,
  paymentId: string,
): Promise<StripeAnswer<Intent | null>> {
  const searched = await ask(intentList, () =>
    stripe.paymentIntents.search({
      query: `metadata['${PAYMENT_MARK}']:'${paymentId}'`,
      expand: ['data.latest_charge'],
    }),
  )
  const found = ofPayment(searched, paymentId)
  if (found !== null) return { kind: 'answer', value: found }
  const newest = await ask(intentList, () =>
    stripe.paymentIntents.list({ limit: NEWEST, expand: ['data.latest_charge'] }),
  )
  return newest.kind === 'answer' ? { kind: 'answer', value: ofPayment(newest, paymentId) } : newest
}

const ofPayment = (answer: StripeAnswer<{ data: Intent[] }>, paymentId: string): Intent | null =>
  (answer.kind === 'answer' && answer.value.data.find((intent) => isOf(intent, paymentId))) || null

/** What stands of an intent; of one that was paid also its refunds and disputes. */
async function describe(stripe: Stripe, intent: Intent): Promise<LookupOutcome> {
  const state = stateOf(intent)
  if (state === null) return unknown(`status ${intent.status}`)
  if (state !== 'CAPTURED') return toFound(intent, state, { refunds: [], disputed: false })
  const refunds = await refundsOf(stripe, intent.id)
  if (refunds.kind !== 'answer') return unknownFrom(refunds)
  const disputed = await isContested(stripe, intent)
  return typeof disputed === 'boolean'
    ? toFound(intent, state, { refunds: refunds.value, disputed })
    : disputed
}

/** A charge stays "disputed" for ever; only the dispute itself tells how it ended. */
async function isContested(stripe: Stripe, { id, latest_charge: charge }: Intent) {
  if (typeof charge !== 'object' || charge?.disputed !== true) return false
  const disputes = await ask(disputeList, () => stripe.disputes.list({ payment_intent: id }))
  if (disputes.kind !== 'answer') return unknownFrom(disputes)
  return disputes.value.data.some(({ status }) => !HARMLESS_DISPUTES.includes(status))
}
