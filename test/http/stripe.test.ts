import Stripe from 'stripe'
import { describe, expect, it, vi } from 'vitest'
import { atStripeTable, type IntentBody } from '../support/stripe-orders.ts'
import { key, type InitiatedBody } from '../support/story-restaurant.ts'
import { MINUTE, SECOND, type Story } from '../support/story.ts'

vi.setConfig({ testTimeout: 30_000 })

const PATH = '/api/v1/payments/webhook/stripe'

const deliver = (story: Story, body: string, signature: string | null, at = '') =>
  story.ask(PATH + at, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(signature !== null && { 'stripe-signature': signature }),
    },
    body,
  })

/** Signed by Stripe's own library, with the story's time. */
const sign = (story: Story, body: string, secret = 'whsec_ours', ageMs = 0): Promise<string> =>
  Stripe.webhooks.generateTestHeaderStringAsync({
    payload: body,
    secret,
    timestamp: (story.world.now - ageMs) / SECOND,
  })

const eventOf = (object: Record<string, unknown>, type = 'payment_intent.succeeded') =>
  JSON.stringify({ id: 'evt_1', object: 'event', type, data: { object } }, null, 2)

const reasonOf = async (response: Response): Promise<string | undefined> =>
  (await response.json<{ error?: { reason?: string } }>()).error?.reason

describe('creating an intent', () => {
  it('answers what the form in the browser needs', async () => {
    const { story, opened } = await atStripeTable()
    const { order, intent } = await opened()
    const at = story.stripe.sandbox.intent(intent.payment_intent_id)
    expect(intent).toEqual({
      client_secret: at?.client_secret,
      publishable_key: 'pk_test_ours',
      payment_intent_id: at?.id,
      payment_id: at?.metadata['payment_id'],
      amount: order.total_amount,
      currency: 'KRW',
      expires_at: expect.stringMatching(/Z$/) as string,
    })
  })

  it('answers the same to the same key, and the same intent to another', async () => {
    const { story, guest, ordered } = await atStripeTable()
    const { order_id } = await ordered()
    const once = key()
    const ask = (with_key: string) =>
      guest.post<IntentBody>('/payments/create-intent', { order_id }, { key: with_key })
    const first = await ask(once)
    const replay = await ask(once)
    const other = await ask(key())
    expect(replay.headers.get('idempotent-replayed')).toBe('true')
    expect(replay.body).toEqual(first.body)
    expect(other.body).toEqual(first.body)
    expect(story.stripe.sandbox.intents()).toHaveLength(1)
  })

  it('keeps the secret nowhere: a replay asks Stripe for it', async () => {
    const { story, guest, ordered } = await atStripeTable()
    const { order_id } = await ordered()
    const once = key()
    await guest.post('/payments/create-intent', { order_id }, { key: once })
    story.stripe.fault({ operation: 'create', fail_status: 503, times: 1 })
    const down = await guest.post('/payments/create-intent', { order_id }, { key: once })
    expect([down.status, down.body.error.code]).toEqual([502, 'PAYMENT_PROVIDER_ERROR'])
    expect((await guest.post('/payments/create-intent', { order_id }, { key: once })).status).toBe(
      200,
    )
  })

  it('never hands out the secret of an intent that is not the one on record', async () => {
    const { story, guest, opened } = await atStripeTable()
    const { order } = await opened()
    // Stripe has forgotten the key and makes another intent.
    story.stripe.world.now += 48 * 60 * MINUTE
    const again = await guest.post('/payments/create-intent', { order_id: order.order_id })
    expect(again.status).toBe(502)
  })

  it.each([
    ['another amount', { amount: 1 }, 400, 'amount_mismatch'],
    ['no whole amount', { amount: 1.5 }, 400, 'invalid_type'],
  ])('refuses %s', async (_, wrong, status, reason) => {
    const { guest, ordered } = await atStripeTable()
    const { order_id } = await ordered()
    const { body, ...reply } = await guest.post('/payments/create-intent', { order_id, ...wrong })
    expect([reply.status, body.error.reason]).toEqual([status, reason])
  })

  it('is for own orders by Stripe, with a key', async () => {
    const { place, guest, ordered } = await atStripeTable()
    const byCard = await place.ordered(guest)
    const refused = await guest.post('/payments/create-intent', { order_id: byCard.order_id })
    expect(refused.body.error.reason).toBe('PAYMENT_METHOD_NOT_ACCEPTED')
    const { order_id } = await ordered()
    const stranger = await place.guest(place.tables.a2)
    expect((await stranger.post('/payments/create-intent', { order_id })).status).toBe(404)
    const without = await guest.post('/payments/create-intent', { order_id }, { key: null })
    expect(without.body.error.details).toMatchObject({ field: 'Idempotency-Key' })
  })

  it('may be left to our page: initiating answers where that is', async () => {
    const { guest, ordered } = await atStripeTable()
    const order = await ordered()
    const { body } = await guest.post<InitiatedBody>('/payments/initiate', {
      order_id: order.order_id,
      amount: order.total_amount,
      payment_method: 'STRIPE',
    })
    expect(body.payment_key).toMatch(/^pi_/)
    expect(body.payment_url).toBe(order.payment_url)
  })

  it('is refused once the order is paid', async () => {
    const { guest, paid } = await atStripeTable()
    const { order } = await paid()
    const again = await guest.post('/payments/create-intent', { order_id: order.order_id })
    expect([again.status, again.body.error.reason]).toEqual([409, 'ORDER_STATE'])
  })

  it('tells what Stripe refused, and takes the next try for a new payment', async () => {
    const { story, place, guest } = await atStripeTable()
    const penny = await place.addItem({ name: '물', price: 100 })
    const items = [{ menu_id: penny.id, quantity: 1 }]
    const order = await place.ordered(guest, { payment_method: 'STRIPE', items })
    const refused = await guest.post('/payments/create-intent', { order_id: order.order_id })
    expect([refused.status, refused.body.error.details]).toMatchObject([
      409,
      { provider_code: 'amount_too_small' },
    ])
    expect(story.stripe.sandbox.intents()).toEqual([])
  })
})

describe("Stripe's webhook", () => {
  it('is noted when its signature is genuine', async () => {
    const { story, opened, orderNow } = await atStripeTable()
    const { order, intent } = await opened()
    story.stripe.sandbox.pay(intent.payment_intent_id)
    story.stripe.world.webhooks.splice(0)
    const { payment_intent_id: id, payment_id } = intent
    const body = eventOf({ object: 'payment_intent', id, metadata: { payment_id } })
    const response = await deliver(story, body, await sign(story, body))
    expect([response.status, await response.json()]).toEqual([200, { noted: true }])
    await story.settle()
    expect((await orderNow(order)).payment_status).toBe('PAID')
  })

  it('believes nothing but which payment to look up', async () => {
    const { story, opened, orderNow } = await atStripeTable()
    const { order, intent } = await opened()
    const { payment_intent_id: id, payment_id } = intent
    const lie = { object: 'payment_intent', id, status: 'succeeded', metadata: { payment_id } }
    const body = eventOf(lie)
    expect((await deliver(story, body, await sign(story, body))).status).toBe(200)
    await story.settle()
    expect((await orderNow(order)).payment_status).toBe('PENDING')
  })

  it.each([
    ['no signature', () => Promise.resolve(null)],
    ['a forged one', (story: Story, body: string) => sign(story, body, 'whsec_forged')],
    ['one over another text', (story: Story, body: string) => sign(story, `${body} `)],
    [
      'one kept for six minutes',
      (story: Story, body: string) => sign(story, body, 'whsec_ours', 6 * MINUTE),
    ],
  ])('is refused with %s, and nothing is looked up', async (_, make) => {
    const { story, opened } = await atStripeTable()
    const { intent } = await opened()
    story.stripe.sandbox.pay(intent.payment_intent_id)
    story.stripe.world.webhooks.splice(0)
    story.stripe.world.asked.splice(0)
    const { payment_intent_id: id, payment_id } = intent
    const body = eventOf({ object: 'payment_intent', id, metadata: { payment_id } })
    const response = await deliver(story, body, await make(story, body))
    expect([response.status, await reasonOf(response)]).toEqual([401, 'WEBHOOK_NOT_VERIFIED'])
    await story.settle()
    expect(story.stripe.world.asked).toEqual([])
  })

  it('is proved over its bytes, not over what they mean', async () => {
    const { story, opened } = await atStripeTable()
    const { intent } = await opened()
    const { payment_intent_id: id, payment_id } = intent
    const body = eventOf({ object: 'payment_intent', id, metadata: { payment_id } })
    const same = JSON.stringify(JSON.parse(body))
    expect((await deliver(story, same, await sign(story, body))).status).toBe(401)
    // A key twice is refused wherever we read JSON ourselves; here the sender is known.
    const twice = body.replace('"id": "evt_1"', '"id": "evt_0", "id": "evt_1"')
    expect((await deliver(story, twice, await sign(story, twice))).status).toBe(200)
  })

  it.each([
    ['an event we do not use', eventOf({ object: 'payout', id: 'po_1' }, 'payout.paid')],
    ['nothing of ours', eventOf({ object: 'payment_intent', id: 'pi_1', metadata: {} })],
    [
      'a payment that is not there',
      eventOf({
        object: 'payment_intent',
        id: 'pi_1',
        metadata: { payment_id: '00000000-0000-8000-8000-0123456789ab' },
      }),
    ],
  ])('is answered 200 when it is about %s', async (_, body) => {
    const { story } = await atStripeTable()
    const response = await deliver(story, body, await sign(story, body))
    expect([response.status, await response.json()]).toEqual([200, { noted: false }])
  })

  it.each(['', '{}', 'hello', '{"object":"v2.core.event","type":"x"}'])(
    'is refused when it is no event of the kind that is signed here: %s',
    async (body) => {
      const { story } = await atStripeTable()
      expect((await deliver(story, body, await sign(story, body))).status).toBe(401)
    },
  )

  it('comes again when Stripe could not be asked whose an unmarked event is', async () => {
    const { story, opened } = await atStripeTable()
    const { intent } = await opened()
    const dispute = { object: 'dispute', id: 'du_1', payment_intent: intent.payment_intent_id }
    const body = eventOf(dispute, 'charge.dispute.created')
    story.stripe.fault({ operation: 'retrieve', fail_status: 500, times: 1 })
    expect((await deliver(story, body, await sign(story, body))).status).toBe(502)
    const again = await deliver(story, body, await sign(story, body))
    expect(await again.json()).toEqual({ noted: true })
  })

  it('is of a decent size', async () => {
    const { story } = await atStripeTable()
    const body = eventOf({ object: 'charge', description: 'x'.repeat(300_000) })
    expect((await deliver(story, body, await sign(story, body))).status).toBe(413)
  })
})

describe("a restaurant's own account", () => {
  const OWN = {
    secret_key: 'sk_test_theirs',
    publishable_key: 'pk_test_theirs',
    webhook_secret: 'whsec_theirs',
  }
  const withOwn = () => atStripeTable({ provider_keys: { stripe: OWN } })

  it('gets the money, and its key is the one browsers use', async () => {
    const { story, opened } = await withOwn()
    const { intent } = await opened()
    expect(intent.publishable_key).toBe('pk_test_theirs')
    const confirm = (publishable: string) =>
      story.stripe.sandbox.fetch(
        new Request(
          `http://stripe.test/stripe/v1/payment_intents/${intent.payment_intent_id}/confirm`,
          {
            method: 'POST',
            body: new URLSearchParams({
              key: publishable,
              client_secret: intent.client_secret,
              payment_method: 'pm_card_visa',
              return_url: 'http://shop.test/',
            }),
          },
        ),
      )
    expect((await confirm('pk_test_ours')).status).toBe(404)
    expect((await confirm('pk_test_theirs')).status).toBe(200)
  })

  it('proves its webhooks by its own secret', async () => {
    const { paid, orderNow } = await withOwn()
    const { order } = await paid()
    expect((await orderNow(order)).payment_status).toBe('PAID')
  })

  it('does not prove those of another restaurant', async () => {
    const { story } = await withOwn()
    const { opened } = await atStripeTable()
    const { payment_intent_id: id, payment_id } = (await opened()).intent
    const body = eventOf({ object: 'payment_intent', id, metadata: { payment_id } })
    expect((await deliver(story, body, await sign(story, body, 'whsec_theirs'))).status).toBe(401)
  })

  it('sends what carries no mark to an address that names the restaurant', async () => {
    const { story, place, paid } = await withOwn()
    const { intent } = await paid()
    const dispute = { object: 'dispute', id: 'du_1', payment_intent: intent.payment_intent_id }
    const body = eventOf(dispute, 'charge.dispute.created')
    const signature = await sign(story, body, 'whsec_theirs')
    expect((await deliver(story, body, signature)).status).toBe(401)
    const named = await deliver(story, body, signature, `/${place.id}`)
    expect(await named.json()).toEqual({ noted: true })
    expect((await deliver(story, body, signature, '/x')).status).toBe(400)
  })
})
