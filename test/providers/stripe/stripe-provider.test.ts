import { describe, expect, it } from 'vitest'
import {
  capturing,
  newId,
  openedAt,
  opening,
  refunding,
  stripeWorld,
} from '../../sandbox/stripe/world.ts'
import type { Card } from '../../../sandbox/stripe/objects.ts'

const kindOf = (outcome: { kind: string }): string => outcome.kind

describe('opening an intent', () => {
  it("makes it in its order's sum and currency, and hands its secret on", async () => {
    const stripe = stripeWorld()
    const { outcome, paymentId, orderId, providerKey } = await openedAt(stripe)
    const intent = stripe.sandbox.intent(providerKey)
    expect(intent).toMatchObject({
      amount: 18_500,
      currency: 'krw',
      automatic_payment_methods: { enabled: true },
      metadata: { payment_id: paymentId, order_id: orderId, restaurant_key: '0123456789ab' },
    })
    expect(outcome).toEqual({
      kind: 'opened',
      providerKey: intent?.id,
      checkoutUrl: null,
      clientSecret: intent?.client_secret,
    })
  })

  it('is the same intent when asked again', async () => {
    const stripe = stripeWorld()
    const { request, outcome } = await openedAt(stripe)
    expect(await stripe.provider().open(request)).toEqual(outcome)
    expect(stripe.sandbox.intents()).toHaveLength(1)
  })

  it.each([
    ['an answer that was lost', { fail_after: 'drop' }],
    ['a gateway that is down', { fail_status: 503 }],
    ['too many calls', { fail_status: 429 }],
    ['what is no JSON', { nonsense: 'html' }],
    ['another object', { nonsense: 'another' }],
  ])('knows nothing after %s, and asks for the same one then', async (_, effect) => {
    const stripe = stripeWorld()
    const request = opening()
    stripe.fault({ operation: 'create', ...effect, times: 1 })
    expect(kindOf(await stripe.provider().open(request))).toBe('unknown')
    expect(kindOf(await stripe.provider().open(request))).toBe('opened')
    expect(stripe.sandbox.intents()).toHaveLength(1)
  })

  it('knows nothing when no answer comes in time', async () => {
    const stripe = stripeWorld()
    stripe.fault({ operation: 'create', slow_ms: 1 })
    stripe.world.wait = () => new Promise(() => undefined)
    expect(kindOf(await stripe.provider().open(opening()))).toBe('unknown')
  })

  it('goes around a failure that Stripe would repeat for a day', async () => {
    const stripe = stripeWorld()
    const request = opening()
    stripe.fault({ operation: 'create', fail_after: 500, times: 1 })
    expect(kindOf(await stripe.provider().open(request))).toBe('unknown')
    const second = await stripe.provider().open(request)
    expect(second.kind).toBe('opened')
    expect(await stripe.provider().open(request)).toEqual(second)
  })

  it.each([
    ['less than Stripe takes', { amount: 1 }, 'amount_too_small'],
    ['more than Stripe takes', { amount: 100_000_000 }, 'amount_too_large'],
    ['a currency whose digits nobody checked', { currency: 'KWD' }, 'UNSUPPORTED_CURRENCY'],
  ])('is refused for %s', async (_, more, code) => {
    const outcome = await stripeWorld().provider().open(opening(more))
    expect(outcome).toMatchObject({ kind: 'refused', failure: { code } })
  })

  it("is refused with a key that is not accepted, in our own words: Stripe's name the key", async () => {
    expect(await stripeWorld().provider('wrong-key').open(opening())).toEqual({
      kind: 'refused',
      failure: { code: 'KEYS_NOT_ACCEPTED', message: 'The payment account cannot be used.' },
    })
  })
})

describe('asking whether the browser has paid', () => {
  it.each([
    ['pm_card_visa', { kind: 'captured', amount: 18_500, currency: 'KRW' }],
    ['pm_card_visa_chargeDeclined', { kind: 'not-authenticated' }],
    ['pm_card_authenticationRequired', { kind: 'not-authenticated' }],
    ['pm_usBankAccount', { kind: 'unknown' }],
  ] as const)('after %s', async (card: Card, expected) => {
    const stripe = stripeWorld()
    const opened = await openedAt(stripe)
    stripe.sandbox.pay(opened.providerKey, card)
    expect(await stripe.provider().capture(capturing(opened))).toMatchObject(expected)
  })

  it('is not yet so when nobody has touched the form', async () => {
    const stripe = stripeWorld()
    const opened = await openedAt(stripe)
    expect(kindOf(await stripe.provider().capture(capturing(opened)))).toBe('not-authenticated')
  })

  it('is refused for one that was cancelled', async () => {
    const stripe = stripeWorld()
    const opened = await openedAt(stripe)
    await stripe.provider().void(opened)
    expect(kindOf(await stripe.provider().capture(capturing(opened)))).toBe('refused')
  })

  it.each([
    ['the intent of another payment', { paymentId: newId() }],
    ['another sum', { amount: 1 }],
    ['what is no intent', { providerKey: '../refunds' }],
    ['no intent', { providerKey: null }],
    ['an intent that is not there', { providerKey: 'pi_nobodys' }],
  ])('tells nothing of %s', async (_, wrong) => {
    const stripe = stripeWorld()
    const opened = await openedAt(stripe)
    stripe.sandbox.pay(opened.providerKey)
    const request = { ...capturing(opened), ...wrong }
    expect(kindOf(await stripe.provider().capture(request))).toBe('unknown')
  })
})

describe('looking a payment up', () => {
  it.each([
    ['opened', null, 'OPEN'],
    ['declined', 'pm_card_visa_chargeDeclined', 'OPEN'],
    ['processed', 'pm_usBankAccount', 'OPEN'],
    ['paid', 'pm_card_visa', 'CAPTURED'],
  ] as const)('finds one that was %s', async (_, card, state) => {
    const stripe = stripeWorld()
    const opened = await openedAt(stripe)
    if (card !== null) stripe.sandbox.pay(opened.providerKey, card)
    for (const providerKey of [opened.providerKey, null])
      expect(await stripe.provider().lookUp({ ...opened, providerKey })).toMatchObject({
        kind: 'found',
        state,
        providerKey: opened.providerKey,
        amount: 18_500,
        currency: 'KRW',
        refundedAmount: 0,
        disputed: false,
      })
  })

  it('tells why the last card was declined', async () => {
    const stripe = stripeWorld()
    const opened = await openedAt(stripe)
    stripe.sandbox.pay(opened.providerKey, 'pm_card_visa_chargeDeclined')
    const found = await stripe.provider().lookUp(opened)
    expect(found).toMatchObject({ failure: { code: 'generic_decline' } })
  })

  it('finds one that was cancelled as ended', async () => {
    const stripe = stripeWorld()
    const opened = await openedAt(stripe)
    await stripe.provider().void(opened)
    expect(await stripe.provider().lookUp(opened)).toMatchObject({ state: 'ENDED' })
  })

  it('finds by its mark what the search does not know yet', async () => {
    const stripe = stripeWorld()
    const opened = await openedAt(stripe)
    stripe.fault({ operation: 'search', fail_status: 500 })
    const found = await stripe.provider().lookUp({ ...opened, providerKey: null })
    expect(found).toMatchObject({ kind: 'found', providerKey: opened.providerKey })
  })

  it('misses what was never opened, and what another account has', async () => {
    const stripe = stripeWorld()
    const opened = await openedAt(stripe)
    const missing = { paymentId: newId(), providerKey: null }
    expect(kindOf(await stripe.provider().lookUp(missing))).toBe('missing')
    expect(kindOf(await stripe.provider('theirs').lookUp(opened))).toBe('missing')
  })

  it('finds the refunds, ours by their mark and those of the dashboard without', async () => {
    const stripe = stripeWorld()
    const opened = await openedAt(stripe)
    stripe.sandbox.pay(opened.providerKey)
    const ours = refunding(opened, { amount: 500 })
    await stripe.provider().refund(ours)
    const theirs = stripe.sandbox.deskRefund(opened.providerKey, 2_000)
    const found = await stripe.provider().lookUp(opened)
    expect(found).toMatchObject({
      refundedAmount: 2_500,
      refunds: [
        { refundId: null, providerRef: theirs?.id, amount: 2_000, status: 'DONE' },
        { refundId: ours.refundId, amount: 500, status: 'DONE' },
      ],
    })
  })

  it('tells of several tries at one refund only the one that got furthest', async () => {
    const stripe = stripeWorld()
    const opened = await openedAt(stripe)
    stripe.sandbox.pay(opened.providerKey, 'pm_card_refundFail')
    const first = refunding(opened, { amount: 500 })
    await stripe.provider().refund(first)
    const [failed] = stripe.sandbox.refunds(opened.providerKey)
    stripe.sandbox.endRefund(failed?.id ?? '', 'failed')
    await stripe.provider().refund({ ...first, attempt: 1 })
    const found = await stripe.provider().lookUp(opened)
    expect(found).toMatchObject({
      refundedAmount: 500,
      refunds: [{ refundId: first.refundId, status: 'DONE' }],
    })
  })

  it.each([
    ['needs_response', true],
    ['lost', true],
    ['won', false],
  ] as const)('calls it disputed while its dispute is %s: %s', async (status, disputed) => {
    const stripe = stripeWorld()
    const opened = await openedAt(stripe)
    stripe.sandbox.pay(opened.providerKey, 'pm_card_createDispute')
    const [raised] = stripe.sandbox.disputes(opened.providerKey)
    stripe.sandbox.endDispute(raised?.id ?? '', status)
    expect(await stripe.provider().lookUp(opened)).toMatchObject({ disputed })
  })

  it.each(['retrieve', 'refunds', 'disputes'])('knows nothing when %s fails', async (operation) => {
    const stripe = stripeWorld()
    const opened = await openedAt(stripe)
    stripe.sandbox.pay(opened.providerKey, 'pm_card_createDispute')
    stripe.fault({ operation, fail_status: 500 })
    expect(kindOf(await stripe.provider().lookUp(opened))).toBe('unknown')
  })
})

describe('refunding', () => {
  const paid = async (card: Card = 'pm_card_visa') => {
    const stripe = stripeWorld()
    const opened = await openedAt(stripe)
    stripe.sandbox.pay(opened.providerKey, card)
    return { stripe, opened, refunds: () => stripe.sandbox.refunds(opened.providerKey) }
  }

  it.each([
    ['pm_card_visa', 'done'],
    ['pm_card_pendingRefund', 'pending'],
  ] as const)('of %s is %s', async (card, kind) => {
    const { stripe, opened, refunds } = await paid(card)
    const outcome = await stripe.provider().refund(refunding(opened))
    expect(outcome).toEqual({ kind, providerRef: refunds()[0]?.id })
  })

  it('pays back once however often it is asked, also when Stripe has forgotten the key', async () => {
    const { stripe, opened, refunds } = await paid()
    const request = refunding(opened, { amount: 500 })
    await stripe.provider().refund(request)
    stripe.world.now += 48 * 3_600_000
    expect(kindOf(await stripe.provider().refund(request))).toBe('done')
    expect(refunds()).toHaveLength(1)
  })

  it('finds what a lost answer hid', async () => {
    const { stripe, opened, refunds } = await paid()
    const request = refunding(opened, { amount: 500 })
    stripe.fault({ operation: 'refund', fail_after: 'drop', times: 1 })
    expect(kindOf(await stripe.provider().refund(request))).toBe('unknown')
    expect(kindOf(await stripe.provider().refund(request))).toBe('done')
    expect(refunds()).toHaveLength(1)
  })

  it('makes none while it cannot tell which there are', async () => {
    const { stripe, opened, refunds } = await paid()
    stripe.fault({ operation: 'refunds', fail_status: 500, times: 1 })
    expect(kindOf(await stripe.provider().refund(refunding(opened)))).toBe('unknown')
    expect(refunds()).toEqual([])
  })

  it('finds its own among more than one page of them', async () => {
    const { stripe, opened, refunds } = await paid()
    const request = refunding(opened, { amount: 100 })
    await stripe.provider().refund(request)
    for (let n = 0; n < 120; n += 1) stripe.sandbox.deskRefund(opened.providerKey, 1)
    expect(kindOf(await stripe.provider().refund(request))).toBe('done')
    expect(refunds()).toHaveLength(121)
  })

  it('says no to one that failed, and tries a new one under the next attempt', async () => {
    const { stripe, opened, refunds } = await paid('pm_card_refundFail')
    const request = refunding(opened, { amount: 500 })
    await stripe.provider().refund(request)
    stripe.sandbox.endRefund(refunds()[0]?.id ?? '', 'failed')
    expect(await stripe.provider().refund(request)).toMatchObject({
      kind: 'refused',
      failure: { code: 'lost_or_stolen_card' },
    })
    expect(kindOf(await stripe.provider().refund({ ...request, attempt: 1 }))).toBe('done')
    expect(refunds()).toHaveLength(2)
  })

  it.each([
    ['more than is left', { amount: 20_000 }, 'pm_card_visa'],
    ['what was never paid', {}, null],
  ] as const)('is refused for %s', async (_, more, card) => {
    const stripe = stripeWorld()
    const opened = await openedAt(stripe)
    if (card !== null) stripe.sandbox.pay(opened.providerKey, card)
    expect(kindOf(await stripe.provider().refund(refunding(opened, more)))).toBe('refused')
  })

  it('is refused when it has gone back already', async () => {
    const { stripe, opened } = await paid()
    stripe.sandbox.deskRefund(opened.providerKey, opened.amount)
    expect(await stripe.provider().refund(refunding(opened))).toMatchObject({
      kind: 'refused',
      failure: { code: 'charge_already_refunded' },
    })
  })

  it('waits while the keys are not accepted: that is ours to mend', async () => {
    const { stripe, opened } = await paid()
    expect(kindOf(await stripe.provider('no-key').refund(refunding(opened)))).toBe('unknown')
  })
})

describe('voiding', () => {
  it.each([
    ['nobody has paid', null, 'voided', 'canceled'],
    ['was declined', 'pm_card_visa_chargeDeclined', 'voided', 'canceled'],
    ['asks for 3-D Secure', 'pm_card_authenticationRequired', 'voided', 'canceled'],
    ['was paid', 'pm_card_visa', 'captured', 'succeeded'],
    ['is being processed', 'pm_usBankAccount', 'unknown', 'processing'],
  ] as const)('an intent that %s', async (_, card, kind, status) => {
    const stripe = stripeWorld()
    const opened = await openedAt(stripe)
    if (card !== null) stripe.sandbox.pay(opened.providerKey, card)
    expect(kindOf(await stripe.provider().void(opened))).toBe(kind)
    expect(stripe.sandbox.intent(opened.providerKey)?.status).toBe(status)
  })

  it('may be repeated', async () => {
    const stripe = stripeWorld()
    const opened = await openedAt(stripe)
    await stripe.provider().void(opened)
    stripe.world.now += 48 * 3_600_000
    expect(kindOf(await stripe.provider().void(opened))).toBe('voided')
  })

  it('is asked anew after a failure that Stripe would repeat for a day under its key', async () => {
    const stripe = stripeWorld()
    const opened = await openedAt(stripe)
    stripe.fault({ operation: 'cancel', fail_after: 500, times: 1 })
    expect(kindOf(await stripe.provider().void(opened))).toBe('unknown')
    expect(kindOf(await stripe.provider().void(opened))).toBe('voided')
  })

  it('tells what it found when the money was faster', async () => {
    const stripe = stripeWorld()
    const opened = await openedAt(stripe)
    stripe.sandbox.pay(opened.providerKey)
    const outcome = await stripe.provider().void(opened)
    expect(outcome).toMatchObject({ found: { state: 'CAPTURED', amount: 18_500 } })
  })

  it('has nothing to do where no browser ever had the secret', async () => {
    const stripe = stripeWorld()
    expect(kindOf(await stripe.provider().void({ paymentId: newId(), providerKey: null }))).toBe(
      'voided',
    )
    expect(stripe.world.asked).toEqual([])
  })
})
