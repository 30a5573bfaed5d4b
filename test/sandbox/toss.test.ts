import { describe, expect, it } from 'vitest'
import {
  BASE_URL,
  MINUTE,
  SECRET_KEY,
  basic,
  newOrderId,
  openBody,
  paymentIn,
  told,
  tossWorld,
} from './world.ts'

const STATES = [
  'READY',
  'IN_PROGRESS',
  'DONE',
  'PARTIAL_CANCELED',
  'CANCELED',
  'ABORTED',
  'EXPIRED',
] as const

describe('opening a payment at the sandbox', () => {
  it('answers a READY payment with its checkout and Korean times', async () => {
    const { call } = tossWorld()
    const { status, body } = await call('POST', '', openBody(newOrderId()))
    expect(status).toBe(200)
    expect(body).toMatchObject({
      status: 'READY',
      totalAmount: 18_000,
      balanceAmount: 18_000,
      currency: 'KRW',
      requestedAt: '2026-11-20T12:30:00+09:00',
      approvedAt: null,
      cancels: null,
      version: '2022-11-16',
      checkout: { url: `${BASE_URL}/v1/payments/${body.paymentKey}/checkout` },
    })
  })

  it.each([
    ['an order id that is too short', { orderId: 'a1b2c' }, 'INVALID_ORDER_ID'],
    ['an order id that is too long', { orderId: 'a'.repeat(65) }, 'INVALID_ORDER_ID'],
    ['an order id with other characters', { orderId: 'order 1234' }, 'INVALID_ORDER_ID'],
    ['an order name over 100', { orderName: 'x'.repeat(101) }, 'INVALID_REQUEST'],
    ['no success address', { successUrl: undefined }, 'INVALID_REQUEST'],
    ['a fraction of a won', { amount: 100.5 }, 'INVALID_REQUEST'],
    ['less than a card may pay', { amount: 99 }, 'BELOW_MINIMUM_AMOUNT'],
    ['dollars on a card', { currency: 'USD' }, 'NOT_SUPPORTED_CURRENCY'],
    ['an unknown method', { method: 'SEASHELLS' }, 'INVALID_REQUEST'],
  ])('refuses %s', async (_, change, code) => {
    const { call } = tossWorld()
    const { status, body } = await call('POST', '', { ...openBody(newOrderId()), ...change })
    expect([status, body.code]).toEqual([400, code])
  })

  it('refuses an order id that was used before, also after its payment has ended', async () => {
    const toss = tossWorld()
    const { orderId } = await paymentIn(toss, 'ABORTED')
    const { body } = await toss.call('POST', '', openBody(orderId))
    expect(body.code).toBe('DUPLICATED_ORDER_ID')
  })

  it.each([
    ['no key', {}],
    ['a live key', basic('live_sk_theirs')],
    ['a key without its colon', { authorization: `Basic ${btoa(SECRET_KEY)}` }],
    ['what is not base64', { authorization: 'Basic %%%' }],
    ['a bearer token', { authorization: 'Bearer test_sk_ours' }],
  ])('answers 401 to %s', async (_, headers: Record<string, string>) => {
    const { sandbox } = tossWorld()
    const response = await sandbox.fetch(new Request(`${BASE_URL}/v1/payments/tsbx1`, { headers }))
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ code: 'UNAUTHORIZED_KEY' })
  })

  it("does not show one shop another shop's payment", async () => {
    const toss = tossWorld()
    const { paymentKey, orderId } = await paymentIn(toss, 'DONE')
    const theirs = basic('test_sk_theirs')
    expect((await toss.call('GET', `/${paymentKey}`, undefined, theirs)).status).toBe(404)
    expect((await toss.call('GET', `/orders/${orderId}`, undefined, theirs)).status).toBe(404)
    expect((await toss.call('GET', `/orders/${orderId}`)).body.paymentKey).toBe(paymentKey)
  })
})

describe("a payment's states", () => {
  it.each(STATES)('reaches %s by what buyer and shop do', async (state) => {
    expect((await paymentIn(tossWorld(), state)).status).toBe(state)
  })

  it.each([
    ['READY', 'NOT_FOUND_PAYMENT_SESSION'],
    ['IN_PROGRESS', undefined],
    ['DONE', 'ALREADY_PROCESSED_PAYMENT'],
    ['PARTIAL_CANCELED', 'ALREADY_PROCESSED_PAYMENT'],
    ['CANCELED', 'ALREADY_PROCESSED_PAYMENT'],
    ['ABORTED', 'NOT_FOUND_PAYMENT_SESSION'],
    ['EXPIRED', 'NOT_FOUND_PAYMENT_SESSION'],
  ] as const)('confirming in %s answers %s', async (state, code) => {
    const toss = tossWorld()
    const { paymentKey, orderId } = await paymentIn(toss, state)
    const { body } = await toss.call('POST', '/confirm', { paymentKey, orderId, amount: 18_000 })
    expect(body.code).toBe(code)
    expect((await toss.call('GET', `/${paymentKey}`)).body.status).toBe(code ? state : 'DONE')
  })

  it.each([
    ['READY', 'NOT_CANCELABLE_PAYMENT'],
    ['IN_PROGRESS', 'NOT_CANCELABLE_PAYMENT'],
    ['DONE', undefined],
    ['PARTIAL_CANCELED', undefined],
    ['CANCELED', 'ALREADY_CANCELED_PAYMENT'],
    ['ABORTED', 'NOT_CANCELABLE_PAYMENT'],
    ['EXPIRED', 'NOT_CANCELABLE_PAYMENT'],
  ] as const)('cancelling in %s answers %s', async (state, code) => {
    const toss = tossWorld()
    const { paymentKey } = await paymentIn(toss, state)
    const { body } = await toss.call('POST', `/${paymentKey}/cancel`, { cancelReason: 'test' })
    expect(body.code).toBe(code)
    expect((await toss.call('GET', `/${paymentKey}`)).body.status).toBe(code ? state : 'CANCELED')
  })

  it.each(STATES)(
    'lets the buyer act on a %s payment only while it waits for him',
    async (state) => {
      const toss = tossWorld()
      const { paymentKey } = await paymentIn(toss, state)
      const pay = toss.sandbox.click(paymentKey, 'pay').kind
      expect(pay).toBe(state === 'READY' || state === 'IN_PROGRESS' ? 'redirect' : 'over')
      const fail = toss.sandbox.click(paymentKey, 'fail').kind
      expect(fail).toBe('over')
    },
  )

  it.each([
    ['another amount', { amount: 1 }, 'INVALID_REQUEST'],
    ['another order', { orderId: 'order-of-others' }, 'INVALID_REQUEST'],
    ['another key', { paymentKey: 'tsbx000' }, 'NOT_FOUND_PAYMENT'],
    ['no amount', { amount: undefined }, 'INVALID_REQUEST'],
  ])('confirms nothing for %s', async (_, change, code) => {
    const toss = tossWorld()
    const { paymentKey, orderId } = await paymentIn(toss, 'IN_PROGRESS')
    const asked = { paymentKey, orderId, amount: 18_000, ...change }
    expect((await toss.call('POST', '/confirm', asked)).body.code).toBe(code)
    expect((await toss.call('GET', `/${paymentKey}`)).body.status).toBe('IN_PROGRESS')
  })
})

describe('partial cancellations', () => {
  it('take from the balance, are listed, and end as CANCELED at nought', async () => {
    const toss = tossWorld()
    const { paymentKey } = await paymentIn(toss, 'DONE')
    const cancel = (cancelAmount: number) =>
      toss.call('POST', `/${paymentKey}/cancel`, { cancelReason: 'sold out', cancelAmount })
    expect((await cancel(5_000)).body).toMatchObject({
      status: 'PARTIAL_CANCELED',
      balanceAmount: 13_000,
      totalAmount: 18_000,
    })
    expect((await cancel(13_000)).body).toMatchObject({
      status: 'CANCELED',
      balanceAmount: 0,
      cancels: [
        { cancelAmount: 5_000, refundableAmount: 13_000, cancelReason: 'sold out' },
        { cancelAmount: 13_000, refundableAmount: 0 },
      ],
    })
  })

  it('never exceed what is left', async () => {
    const toss = tossWorld()
    const { paymentKey } = await paymentIn(toss, 'PARTIAL_CANCELED')
    const asked = { cancelReason: 'test', cancelAmount: 10_001 }
    const { status, body } = await toss.call('POST', `/${paymentKey}/cancel`, asked)
    expect([status, body.code]).toEqual([403, 'NOT_CANCELABLE_AMOUNT'])
    expect((await toss.call('GET', `/${paymentKey}`)).body.balanceAmount).toBe(10_000)
  })

  it.each([
    ['no reason', {}],
    ['a reason over 200', { cancelReason: 'x'.repeat(201) }],
    ['nothing', { cancelReason: 'test', cancelAmount: 0 }],
    ['a negative amount', { cancelReason: 'test', cancelAmount: -1 }],
  ])('are refused for %s', async (_, body) => {
    const toss = tossWorld()
    const { paymentKey } = await paymentIn(toss, 'DONE')
    const answer = await toss.call('POST', `/${paymentKey}/cancel`, body)
    expect(answer.body.code).toBe('INVALID_REQUEST')
  })
})

describe("the sandbox's clock", () => {
  it('gives the buyer 30 minutes to authenticate, not a millisecond more', async () => {
    const toss = tossWorld()
    const { paymentKey } = await paymentIn(toss, 'READY')
    toss.world.now += 30 * MINUTE - 1
    expect((await toss.call('GET', `/${paymentKey}`)).body.status).toBe('READY')
    toss.world.now += 1
    expect((await toss.call('GET', `/${paymentKey}`)).body.status).toBe('EXPIRED')
  })

  it('gives the shop 10 minutes to confirm after that', async () => {
    const toss = tossWorld()
    const { paymentKey } = await paymentIn(toss, 'READY')
    toss.world.now += 29 * MINUTE
    toss.sandbox.click(paymentKey, 'pay')
    toss.world.now += 10 * MINUTE - 1
    expect((await toss.call('GET', `/${paymentKey}`)).body.status).toBe('IN_PROGRESS')
    toss.world.now += 1
    expect((await toss.call('GET', `/${paymentKey}`)).body.status).toBe('EXPIRED')
  })

  it('tells when the next payment lapses, and announces it once when it has', async () => {
    const toss = tossWorld()
    expect(toss.sandbox.sweep()).toBeNull()
    await paymentIn(toss, 'READY')
    const due = toss.world.now + 30 * MINUTE
    expect(toss.sandbox.sweep()).toBe(due)
    toss.world.now = due
    expect(toss.sandbox.sweep()).toBeNull()
    expect(toss.sandbox.sweep()).toBeNull()
    expect(told(toss)).toEqual(['EXPIRED'])
  })
})

describe('the checkout page', () => {
  const press = (toss: ReturnType<typeof tossWorld>, paymentKey: string, action: string) =>
    toss.sandbox.fetch(
      new Request(`${BASE_URL}/v1/payments/${paymentKey}/checkout`, {
        method: 'POST',
        body: new URLSearchParams({ action }),
        redirect: 'manual',
      }),
    )
  const destination = (response: Response) => new URL(response.headers.get('location') ?? '')

  it('shows name and sum with three buttons, and nothing of its own is left unescaped', async () => {
    const toss = tossWorld()
    const body = { ...openBody(newOrderId()), orderName: '<img src=x onerror=alert(1)>' }
    const { checkout } = (await toss.call('POST', '', body)).body
    const response = await toss.sandbox.fetch(new Request(checkout.url))
    const html = await response.text()
    expect(html).toContain('18,000원')
    for (const action of ['pay', 'fail', 'cancel']) expect(html).toContain(`value="${action}"`)
    expect(html).not.toContain('<img')
  })

  it('sends a buyer who pays to the success address, keeping its own query', async () => {
    const toss = tossWorld()
    const { paymentKey, orderId } = await paymentIn(toss, 'READY')
    const response = await press(toss, paymentKey, 'pay')
    expect(response.status).toBe(303)
    expect(Object.fromEntries(destination(response).searchParams)).toEqual({
      table: 'A1',
      paymentType: 'NORMAL',
      paymentKey,
      orderId,
      amount: '18000',
    })
    expect(destination(await press(toss, paymentKey, 'pay')).href).toBe(destination(response).href)
  })

  it('sends a declined buyer to the fail address with the code, and ends the payment', async () => {
    const toss = tossWorld()
    const { paymentKey, orderId } = await paymentIn(toss, 'READY')
    const to = destination(await press(toss, paymentKey, 'fail'))
    expect(to.pathname).toBe('/payment/fail')
    expect(to.searchParams.get('code')).toBe('REJECT_CARD_COMPANY')
    expect(to.searchParams.get('orderId')).toBe(orderId)
    const { body } = await toss.call('GET', `/${paymentKey}`)
    expect(body).toMatchObject({ status: 'ABORTED', failure: { code: 'REJECT_CARD_COMPANY' } })
  })

  it('lets a buyer who turned back come again; his order id is not told', async () => {
    const toss = tossWorld()
    const { paymentKey } = await paymentIn(toss, 'READY')
    const to = destination(await press(toss, paymentKey, 'cancel'))
    expect(to.searchParams.get('code')).toBe('PAY_PROCESS_CANCELED')
    expect(to.searchParams.has('orderId')).toBe(false)
    expect(destination(await press(toss, paymentKey, 'pay')).pathname).toBe('/payment/success')
  })

  it('says so when a payment is over, unknown, or the button is', async () => {
    const toss = tossWorld()
    const { paymentKey } = await paymentIn(toss, 'EXPIRED')
    expect((await press(toss, paymentKey, 'pay')).status).toBe(409)
    expect((await press(toss, 'tsbx000', 'pay')).status).toBe(404)
    expect((await press(toss, paymentKey, 'steal')).status).toBe(400)
  })
})
