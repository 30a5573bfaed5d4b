import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import type { AccountKeys } from '../../../src/providers/payment-port.ts'
import { createStripeDesk } from '../../../src/providers/stripe/stripe-desk.ts'
import { openedAt, STRIPE_BASE_URL, stripeWorld } from '../../sandbox/stripe/world.ts'

const NOW = Date.UTC(2026, 10, 20, 3)
const OURS = 'whsec_ours'
const DEPLOYMENT = {
  secretKey: 'sk_test_ours',
  publishableKey: 'pk_test_ours',
  webhookSecret: OURS,
}
const THEIRS: AccountKeys = {
  'stripe-secret-key': 'sk_test_theirs',
  'stripe-publishable-key': 'pk_test_theirs',
  'stripe-webhook-secret': 'whsec_theirs',
}

const deskOf = (account: typeof DEPLOYMENT | null = DEPLOYMENT, stripe = stripeWorld()) => {
  const scriptUrl = 'https://js.stripe.com/v3/'
  return createStripeDesk({ baseUrl: STRIPE_BASE_URL, scriptUrl, account }, stripe)
}

/** Signed by Stripe's own library. */
const sign = (body: string, secret: string, atMs = NOW): Promise<string> =>
  Stripe.webhooks.generateTestHeaderStringAsync({ payload: body, secret, timestamp: atMs / 1_000 })

const body = JSON.stringify({ id: 'evt_1', object: 'event', type: 'payment_intent.succeeded' })

describe('a signature', () => {
  const genuine = async (signature: string, keys: AccountKeys | null = null, sent = body) =>
    deskOf().isGenuine(keys, { body: sent, signature, now: NOW })

  it("of the deployment's endpoint is genuine", async () => {
    expect(await genuine(await sign(body, OURS))).toBe(true)
  })

  it('of an own endpoint is genuine, and one of the deployment stays so', async () => {
    expect(await genuine(await sign(body, 'whsec_theirs'), THEIRS)).toBe(true)
    expect(await genuine(await sign(body, OURS), THEIRS)).toBe(true)
  })

  it('is genuine while a secret is rotated: two of them, one matches', async () => {
    const [old, fresh] = [await sign(body, 'whsec_old'), await sign(body, OURS)]
    expect(await genuine(`${old},${fresh.split(',')[1] ?? ''}`)).toBe(true)
  })

  it.each([
    ['of another secret', async () => sign(body, 'whsec_another')],
    ['of the account of another restaurant', async () => sign(body, 'whsec_theirs')],
    ['over another text', async () => sign(`${body} `, OURS)],
    ['older than five minutes', async () => sign(body, OURS, NOW - 301_000)],
    ['without a time', async () => (await sign(body, OURS)).replace(/t=\d+,/, '')],
    ['with a later time put in', async () => (await sign(body, OURS)).replace(/t=\d/, 't=2')],
    ['of a scheme that is not secure', async () => (await sign(body, OURS)).replace('v1=', 'v0=')],
    ['that is empty', () => Promise.resolve('')],
    ['that is nonsense', () => Promise.resolve('v1=,t=,=,,')],
  ])('%s is not', async (_, make) => {
    expect(await genuine(await make())).toBe(false)
  })

  it('is taken at five minutes', async () => {
    expect(await genuine(await sign(body, OURS, NOW - 300_000))).toBe(true)
  })

  it('proves nothing where there is no secret', async () => {
    const desk = deskOf(null)
    const signed = { body, signature: await sign(body, OURS), now: NOW }
    expect(await desk.isGenuine(null, signed)).toBe(false)
    expect(await desk.isGenuine({ 'stripe-secret-key': 'sk_test_theirs' }, signed)).toBe(false)
  })
})

describe('an event', () => {
  const PAYMENT = '01930000-0000-8000-8000-0123456789ab'
  const read = (object: unknown, type = 'charge.refunded') =>
    deskOf().readEvent(JSON.stringify({ object: 'event', type, data: { object } }))
  const metadata = { payment_id: PAYMENT }

  it.each([
    ['an intent', { object: 'payment_intent', id: 'pi_1', metadata }, PAYMENT, 'pi_1'],
    [
      'a charge',
      { object: 'charge', id: 'ch_1', payment_intent: 'pi_1', metadata },
      PAYMENT,
      'pi_1',
    ],
    ['a dispute', { object: 'dispute', id: 'du_1', payment_intent: 'pi_1' }, null, 'pi_1'],
    [
      'one whose intent is written out',
      { object: 'refund', id: 're_1', payment_intent: { id: 'pi_1' }, metadata: {} },
      null,
      'pi_1',
    ],
    ['a payout', { object: 'payout', id: 'po_1' }, null, null],
    ['marks that are not ours', { object: 'charge', metadata: { payment_id: 'x' } }, null, null],
    ['an intent with a strange id', { object: 'payment_intent', id: '../x' }, null, null],
  ])('about %s', (_, object, paymentId, intentId) => {
    expect(read(object)).toEqual({ type: 'charge.refunded', paymentId, intentId })
  })

  it.each(['', '{', 'null', '[]', '"event"', '{"object":"v2.core.event","type":"x"}', body])(
    'is not %s',
    (text) => {
      expect(deskOf().readEvent(text)).toBeNull()
    },
  )
})

describe('the payment of an intent', () => {
  it('is asked of the account', async () => {
    const stripe = stripeWorld()
    const { paymentId, providerKey } = await openedAt(stripe)
    const desk = deskOf(DEPLOYMENT, stripe)
    expect(await desk.paymentOf(null, providerKey)).toEqual({ kind: 'payment', paymentId })
    expect(await desk.paymentOf(THEIRS, providerKey)).toEqual({ kind: 'none' })
    expect(await desk.paymentOf(null, 'pi_nobodys')).toEqual({ kind: 'none' })
    stripe.fault({ operation: 'retrieve', fail_status: 500 })
    expect(await desk.paymentOf(null, providerKey)).toEqual({ kind: 'unknown' })
  })

  it('is none where there is no account', async () => {
    expect(await deskOf(null).paymentOf(null, 'pi_1')).toEqual({ kind: 'none' })
  })
})

describe('the account', () => {
  it('is that of the restaurant, whole, or that of the deployment', () => {
    expect(deskOf().publishableKey(null)).toBe('pk_test_ours')
    expect(deskOf().publishableKey(THEIRS)).toBe('pk_test_theirs')
    expect(deskOf().publishableKey({ 'stripe-secret-key': 'sk_test_theirs' })).toBeNull()
    expect(deskOf(null).publishableKey(null)).toBeNull()
  })
})
