import { json, missing, missingParameter, wrong, type Answer } from './answers.ts'
import { listOf, textOf, textsOf, wholeOf, type FormFields } from './form.ts'
import type { StripeLedger } from './ledger.ts'
import type { Charge, Intent } from './objects.ts'
import type { StripeStore } from './store.ts'

export interface Call {
  account: string
  store: StripeStore
  ledger: StripeLedger
  fields: FormFields
}

/** Least amounts, about half a dollar; Stripe's own change with the rates. */
const LEAST: Readonly<Record<string, number>> = { krw: 500, usd: 50, jpy: 50 }
const MOST = 99_999_999

export function createIntent({ account, ledger, fields }: Call): Answer {
  const amount = wholeOf(fields, 'amount')
  const currency = textOf(fields, 'currency')
  if (amount === null) return missingParameter('amount')
  if (currency === null) return missingParameter('currency')
  const least = LEAST[currency]
  if (least === undefined)
    return wrong(400, { message: `Invalid currency: ${currency}.`, param: 'currency' })
  if (amount < least)
    return wrong(400, {
      code: 'amount_too_small',
      message: 'Amount must convert to at least 50 cents.',
      param: 'amount',
    })
  if (amount > MOST)
    return wrong(400, {
      code: 'amount_too_large',
      message: 'Amount must be no more than 8 digits.',
      param: 'amount',
    })
  const id = ledger.id('pi')
  const intent: Intent = {
    id,
    object: 'payment_intent',
    amount,
    amount_received: 0,
    automatic_payment_methods: { enabled: true },
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic',
    client_secret: `${id}_secret_${ledger.id('s').slice(2)}`,
    created: ledger.seconds(),
    currency,
    description: textOf(fields, 'description'),
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    metadata: textsOf(fields, 'metadata'),
    next_action: null,
    payment_method: null,
    payment_method_types: ['card'],
    status: 'requires_payment_method',
  }
  return json(200, ledger.open(account, intent))
}

const expanded = ({ store }: Call, intent: Intent, wanted: boolean): unknown => {
  const charge = wanted && intent.latest_charge ? store.get('charge', intent.latest_charge) : null
  return charge === null ? intent : { ...intent, latest_charge: charge.object }
}

/** Another account's objects are as if they were not there. */
function ownIntent({ account, store }: Call, id: string): Intent | null {
  const found = store.get('payment_intent', id)
  return found?.account === account ? found.object : null
}

export function retrieveIntent(call: Call, id: string): Answer {
  const intent = ownIntent(call, id)
  if (intent === null) return missing('payment_intent', id)
  return json(200, expanded(call, intent, listOf(call.fields, 'expand').includes('latest_charge')))
}

const MOST_AT_ONCE = 100

function page(call: Call, path: string, all: readonly { id: string }[]): Answer {
  const limit = Math.min(wholeOf(call.fields, 'limit') ?? 10, MOST_AT_ONCE)
  const after = textOf(call.fields, 'starting_after')
  const from = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1
  const data = all.slice(from, from + limit)
  return json(200, { object: 'list', data, has_more: all.length > from + limit, url: path })
}

const wantsCharges = (call: Call): boolean =>
  listOf(call.fields, 'expand').includes('data.latest_charge')

export function listIntents(call: Call): Answer {
  const all = call.store.list('payment_intent', call.account)
  const shown = all.map((intent) => expanded(call, intent, wantsCharges(call)) as Intent)
  return page(call, '/v1/payment_intents', shown)
}

/** Of the query language only what asks for one mark. */
export function searchIntents(call: Call): Answer {
  const query = textOf(call.fields, 'query') ?? ''
  const [, mark = '', value] = /^metadata\['(\w+)'\]:'([^']*)'$/.exec(query) ?? []
  if (value === undefined) return wrong(400, { message: 'Invalid query.', param: 'query' })
  const data = call.store
    .list('payment_intent', call.account)
    .filter((intent) => intent.metadata[mark] === value)
    .map((intent) => expanded(call, intent, wantsCharges(call)))
  const url = '/v1/payment_intents/search'
  return json(200, { object: 'search_result', data, has_more: false, next_page: null, url })
}

const CANCELABLE: readonly Intent['status'][] = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
]

export function cancelIntent(call: Call, id: string): Answer {
  const intent = ownIntent(call, id)
  if (intent === null) return missing('payment_intent', id)
  if (!CANCELABLE.includes(intent.status)) return wrongState(intent, 'cancel')
  const reason = textOf(call.fields, 'cancellation_reason')
  return json(200, call.ledger.cancel(call.account, intent, reason))
}

export const wrongState = (intent: Intent, what: string): Answer =>
  wrong(400, {
    code: 'payment_intent_unexpected_state',
    message: `You cannot ${what} this PaymentIntent because it has a status of ${intent.status}.`,
    payment_intent: intent,
  })

export function createRefund(call: Call): Answer {
  const { account, store, ledger, fields } = call
  const intentId = textOf(fields, 'payment_intent')
  if (intentId === null) return missingParameter('payment_intent')
  const intent = ownIntent(call, intentId)
  if (intent === null) return missing('payment_intent', intentId)
  const charge = intent.latest_charge ? store.get('charge', intent.latest_charge) : null
  if (charge === null || intent.status !== 'succeeded')
    return wrong(400, {
      message: `This PaymentIntent (${intentId}) does not have a successful charge to refund.`,
    })
  const refusal = notRefundable(ledger.left(account, charge.object), charge.object, fields)
  if (refusal !== null) return refusal
  const refund = ledger.refund(account, charge.object, {
    amount: wholeOf(fields, 'amount') ?? ledger.left(account, charge.object),
    reason: textOf(fields, 'reason'),
    metadata: textsOf(fields, 'metadata'),
  })
  return json(200, refund)
}

function notRefundable(left: number, charge: Charge, fields: FormFields): Answer | null {
  if (left === 0)
    return wrong(400, {
      code: 'charge_already_refunded',
      message: `Charge ${charge.id} has already been refunded.`,
    })
  const amount = wholeOf(fields, 'amount') ?? left
  if (amount < 1) return wrong(400, { message: 'Invalid positive integer', param: 'amount' })
  return amount > left
    ? wrong(400, {
        message: `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
        param: 'amount',
      })
    : null
}

export function listRefunds(call: Call): Answer {
  const intent = textOf(call.fields, 'payment_intent')
  if (intent !== null && ownIntent(call, intent) === null) return missing('payment_intent', intent)
  const all = call.store.list('refund', call.account, intent ?? undefined)
  return page(call, '/v1/refunds', all)
}

export function listDisputes(call: Call): Answer {
  const intent = textOf(call.fields, 'payment_intent') ?? undefined
  return page(call, '/v1/disputes', call.store.list('dispute', call.account, intent))
}
