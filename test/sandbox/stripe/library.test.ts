import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { createStripeClient } from '../../../src/providers/stripe/client.ts'
import { STRIPE_BASE_URL, stripeWorld, type StripeWorld } from './world.ts'

/** Stripe's own library as a client of the sandbox. */
const clientOf = (stripe: StripeWorld, account = 'ours'): Stripe =>
  createStripeClient({
    baseUrl: STRIPE_BASE_URL,
    secretKey: `sk_test_${account}`,
    fetch: stripe.fetch,
  })

const wish = { amount: 18_500, currency: 'krw', automatic_payment_methods: { enabled: true } }

const errorOf = async (call: Promise<unknown>): Promise<Stripe.errors.StripeError> =>
  call.then(
    () => {
      throw new Error('it was not refused')
    },
    (error: unknown) => error as Stripe.errors.StripeError,
  )

describe("Stripe's library at the sandbox", () => {
  it('makes, finds, lists and cancels an intent', async () => {
    const stripe = clientOf(stripeWorld())
    const made = await stripe.paymentIntents.create({ ...wish, metadata: { mark: 'a' } })
    expect(made).toMatchObject({ object: 'payment_intent', status: 'requires_payment_method' })
    expect(made.client_secret).toMatch(new RegExp(`^${made.id}_secret_\\w+$`))
    expect((await stripe.paymentIntents.retrieve(made.id)).metadata).toEqual({ mark: 'a' })
    expect((await stripe.paymentIntents.list()).data).toMatchObject([{ id: made.id }])
    const searched = await stripe.paymentIntents.search({ query: "metadata['mark']:'a'" })
    expect(searched.data).toMatchObject([{ id: made.id }])
    const cancelled = await stripe.paymentIntents.cancel(made.id)
    expect(cancelled.status).toBe('canceled')
  })

  it('answers the same to the same key, and another request under it with an error', async () => {
    const world = stripeWorld()
    const stripe = clientOf(world)
    const idempotencyKey = 'once'
    const first = await stripe.paymentIntents.create(wish, { idempotencyKey })
    const second = await stripe.paymentIntents.create(wish, { idempotencyKey })
    expect(second.id).toBe(first.id)
    expect(new Headers(second.lastResponse.headers).get('idempotent-replayed')).toBe('true')
    const other = await errorOf(
      stripe.paymentIntents.create({ ...wish, amount: 600 }, { idempotencyKey }),
    )
    expect(other.type).toBe('StripeIdempotencyError')
    world.world.now += 25 * 3_600_000
    expect((await stripe.paymentIntents.create(wish, { idempotencyKey })).id).not.toBe(first.id)
  })

  it('repeats a failure under its key, but nothing that was refused before it began', async () => {
    const world = stripeWorld()
    const stripe = clientOf(world)
    world.fault({ operation: 'create', fail_after: 500, times: 1 })
    for (let n = 0; n < 2; n += 1) {
      const failed = await errorOf(stripe.paymentIntents.create(wish, { idempotencyKey: 'a' }))
      expect(failed.statusCode).toBe(500)
    }
    await errorOf(stripe.paymentIntents.create({ ...wish, amount: 1 }, { idempotencyKey: 'b' }))
    await stripe.paymentIntents.create(wish, { idempotencyKey: 'b' })
  })

  it.each([
    ['another key', 'wrong-key', 'StripeAuthenticationError'],
    ['another account', 'theirs', 'StripeInvalidRequestError'],
  ])('shows nothing to %s', async (_, account, type) => {
    const world = stripeWorld()
    const { id } = await clientOf(world).paymentIntents.create(wish)
    const error = await errorOf(clientOf(world, account).paymentIntents.retrieve(id))
    expect(error.type).toBe(type)
  })

  it('refunds in parts, page by page, and no more than was paid', async () => {
    const world = stripeWorld()
    const stripe = clientOf(world)
    const { id } = await stripe.paymentIntents.create(wish)
    world.sandbox.pay(id)
    for (let n = 0; n < 5; n += 1)
      await stripe.refunds.create({ payment_intent: id, amount: 1_000 })
    const listed = await stripe.refunds
      .list({ payment_intent: id, limit: 2 })
      .autoPagingToArray({ limit: 100 })
    expect(listed).toHaveLength(5)
    const paid = await stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] })
    expect(paid.latest_charge).toMatchObject({ amount_refunded: 5_000, refunded: false })
    const tooMuch = await errorOf(stripe.refunds.create({ payment_intent: id, amount: 14_000 }))
    expect(tooMuch.type).toBe('StripeInvalidRequestError')
    await stripe.refunds.create({ payment_intent: id })
    const again = await errorOf(stripe.refunds.create({ payment_intent: id }))
    expect(again.code).toBe('charge_already_refunded')
  })

  it('cannot cancel what is paid', async () => {
    const world = stripeWorld()
    const stripe = clientOf(world)
    const { id } = await stripe.paymentIntents.create(wish)
    world.sandbox.pay(id)
    const error = await errorOf(stripe.paymentIntents.cancel(id))
    expect(error.code).toBe('payment_intent_unexpected_state')
  })

  it('takes the webhooks for genuine', async () => {
    const world = stripeWorld()
    const { id } = await clientOf(world).paymentIntents.create(wish)
    world.sandbox.pay(id, 'pm_card_createDispute')
    world.sandbox.deskRefund(id, 500)
    expect(world.told()).toEqual([
      'charge.succeeded',
      'payment_intent.succeeded',
      'charge.updated',
      'charge.dispute.created',
      'refund.created',
      'charge.refunded',
    ])
    for (const { event } of world.world.webhooks) {
      const signature = await world.signed(event)
      const read = await Stripe.webhooks.constructEventAsync(
        event.body,
        signature,
        'whsec_ours',
        undefined,
        Stripe.createSubtleCryptoProvider(),
        world.world.now,
      )
      expect(read.object).toBe('event')
    }
  })
})

describe('the form in the browser', () => {
  /** As its script asks. */
  async function confirm(stripe: StripeWorld, fields: Record<string, string>) {
    const made = await clientOf(stripe).paymentIntents.create(wish)
    const sent = {
      key: 'pk_test_ours',
      client_secret: made.client_secret ?? '',
      payment_method: 'pm_card_visa',
      return_url: 'http://shop.test/back?order=1',
      ...fields,
    }
    const url = `${STRIPE_BASE_URL}/v1/payment_intents/${made.id}/confirm`
    const body = new URLSearchParams(sent)
    const response = await stripe.sandbox.fetch(new Request(url, { method: 'POST', body }))
    return {
      id: made.id,
      status: response.status,
      headers: response.headers,
      answer: await response.json<{
        status?: string
        error?: { code: string }
        next_action?: { redirect_to_url: { url: string } }
      }>(),
    }
  }

  it('pays, from the page of any shop', async () => {
    const { status, answer, headers } = await confirm(stripeWorld(), {})
    expect([status, answer.status]).toEqual([200, 'succeeded'])
    expect(headers.get('access-control-allow-origin')).toBe('*')
  })

  it('tells of a declined card', async () => {
    const card = { payment_method: 'pm_card_visa_chargeDeclined' }
    const { status, answer } = await confirm(stripeWorld(), card)
    expect([status, answer.error?.code]).toEqual([402, 'card_declined'])
  })

  it.each([
    ['the secret of another', { client_secret: 'pi_1_secret_2' }],
    ['the key of another account', { key: 'pk_test_theirs' }],
    ['a secret key', { key: 'sk_test_ours' }],
  ])('pays nothing with %s', async (_, wrong) => {
    const stripe = stripeWorld()
    const { status, id } = await confirm(stripe, wrong)
    expect([status, stripe.sandbox.intent(id)?.status]).toEqual([404, 'requires_payment_method'])
  })

  it.each([
    ['yes', 'succeeded', 'succeeded'],
    ['no', 'requires_payment_method', 'failed'],
  ])('leads to the bank, which sends the browser back: %s', async (proved, status, told) => {
    const stripe = stripeWorld()
    const card = { payment_method: 'pm_card_authenticationRequired' }
    const { id, answer } = await confirm(stripe, card)
    const bank = answer.next_action?.redirect_to_url.url ?? ''
    expect((await stripe.sandbox.fetch(new Request(bank))).status).toBe(200)
    const body = new URLSearchParams({ proved })
    const answered = await stripe.sandbox.fetch(new Request(bank, { method: 'POST', body }))
    const back = new URL(answered.headers.get('location') ?? '')
    expect([answered.status, stripe.sandbox.intent(id)?.status]).toEqual([303, status])
    expect(Object.fromEntries(back.searchParams)).toMatchObject({
      order: '1',
      payment_intent: id,
      redirect_status: told,
    })
    expect((await stripe.sandbox.fetch(new Request(bank))).status).toBe(404)
  })
})
