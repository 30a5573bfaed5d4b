import { describe, expect, it } from 'vitest'
import { createTossProvider } from '../../../src/providers/toss/toss-provider.ts'
import { BASE_URL, MINUTE, tossWorld, type TossWorld } from '../../sandbox/world.ts'

const PAYMENT_ID = '019a9f00-0000-8000-8000-0a1b2c3d4e5f'
const REFUND_ID = '019a9f00-1111-8000-8000-0a1b2c3d4e5f'
const OTHER_REFUND_ID = '019a9f00-2222-8000-8000-0a1b2c3d4e5f'
const AMOUNT = 18_000

const openRequest = {
  paymentId: PAYMENT_ID,
  orderName: '주문 #A001',
  amount: AMOUNT,
  currency: 'KRW',
  method: 'CARD' as const,
  successUrl: 'http://shop.test/payment/success',
  failUrl: 'http://shop.test/payment/fail',
}

async function opened(toss: TossWorld) {
  const outcome = await toss.provider.open(openRequest)
  if (outcome.kind !== 'opened') throw new Error(outcome.kind)
  const { providerKey } = outcome
  const capture = (attemptId: string) =>
    toss.provider.capture({ paymentId: PAYMENT_ID, providerKey, amount: AMOUNT, attemptId })
  const refund = (refundId: string, amount: number, attempt = 0) =>
    toss.provider.refund({ refundId, attempt, providerKey, amount, reason: '재료 소진' })
  const lookUp = () => toss.provider.lookUp({ paymentId: PAYMENT_ID, providerKey })
  return { ...outcome, capture, refund, lookUp }
}

async function captured(toss: TossWorld) {
  const payment = await opened(toss)
  toss.sandbox.click(payment.providerKey, 'pay')
  await payment.capture('first')
  return payment
}

describe('paying at Toss Payments', () => {
  it('goes from opening over the checkout to the capture', async () => {
    const toss = tossWorld()
    const { providerKey, checkoutUrl, capture, lookUp } = await opened(toss)
    expect(checkoutUrl).toBe(`${BASE_URL}/v1/payments/${providerKey}/checkout`)
    expect(await lookUp()).toMatchObject({ kind: 'found', state: 'OPEN', providerKey })

    const page = new Request(checkoutUrl, {
      method: 'POST',
      body: new URLSearchParams({ action: 'pay' }),
      redirect: 'manual',
    })
    const back = new URL((await toss.sandbox.fetch(page)).headers.get('location') ?? '')
    expect(back.origin + back.pathname).toBe(openRequest.successUrl)
    expect(back.searchParams.get('paymentKey')).toBe(providerKey)
    expect(back.searchParams.get('orderId')).toBe(PAYMENT_ID)
    expect(back.searchParams.get('amount')).toBe(String(AMOUNT))

    expect(await capture('first')).toEqual({ kind: 'captured', amount: AMOUNT, currency: 'KRW' })
    expect(await lookUp()).toEqual({
      kind: 'found',
      state: 'CAPTURED',
      providerKey,
      amount: AMOUNT,
      currency: 'KRW',
      refundedAmount: 0,
      failure: null,
    })
  })

  it('is found by our id alone', async () => {
    const toss = tossWorld()
    const { providerKey } = await opened(toss)
    const outcome = await toss.provider.lookUp({ paymentId: PAYMENT_ID, providerKey: null })
    expect(outcome).toMatchObject({ kind: 'found', providerKey })
  })

  it('is missing when it was never opened', async () => {
    const { provider } = tossWorld()
    const outcome = await provider.lookUp({ paymentId: PAYMENT_ID, providerKey: null })
    expect(outcome).toEqual({ kind: 'missing' })
  })

  it('shortens a name that the provider would refuse, without breaking a character', async () => {
    const toss = tossWorld()
    const outcome = await toss.provider.open({
      ...openRequest,
      orderName: `${'가'.repeat(99)}🍗🍗`,
    })
    expect(outcome.kind).toBe('opened')
    if (outcome.kind !== 'opened') return
    expect(toss.sandbox.find(outcome.providerKey)?.orderName).toBe('가'.repeat(99))
  })

  it('tells a capture before the guest has authenticated from a refusal', async () => {
    const toss = tossWorld()
    const { capture, providerKey } = await opened(toss)
    expect(await capture('early')).toEqual({ kind: 'not-authenticated' })
    toss.sandbox.click(providerKey, 'pay')
    expect(await capture('in time')).toMatchObject({ kind: 'captured' })
  })

  it("passes a card company's no on in its own words", async () => {
    const toss = tossWorld()
    const { capture, lookUp, providerKey } = await opened(toss)
    toss.sandbox.click(providerKey, 'pay')
    toss.fault({ operation: 'confirm', reject: 'REJECT_CARD_PAYMENT' })
    const failure = { code: 'REJECT_CARD_PAYMENT' }
    expect(await capture('first')).toMatchObject({ kind: 'refused', failure })
    expect(await lookUp()).toMatchObject({ kind: 'found', state: 'FAILED', failure })
  })

  it('is ended, not captured, when nobody came in time', async () => {
    const toss = tossWorld()
    const { lookUp } = await opened(toss)
    toss.world.now += 30 * MINUTE
    expect(await lookUp()).toMatchObject({ state: 'ENDED', refundedAmount: 0 })
  })
})

describe('asking Toss Payments again after an unknown outcome', () => {
  it('opens once: the same payment comes back', async () => {
    const toss = tossWorld()
    toss.fault({ operation: 'open', fail_after: 500, times: 1 })
    expect(await toss.provider.open(openRequest)).toMatchObject({ kind: 'unknown' })
    expect(await toss.provider.open(openRequest)).toMatchObject({ kind: 'opened' })
    expect(toss.sandbox.payments(10)).toHaveLength(1)
  })

  it('finds the open payment when the provider no longer knows the key but the order id', async () => {
    const toss = tossWorld()
    const { providerKey } = await opened(toss)
    toss.world.now += 15 * MINUTE
    const forgetful = createTossProvider({
      baseUrl: BASE_URL,
      secretKey: 'test_sk_ours',
      fetch: (request) => {
        const headers = new Headers(request.headers)
        headers.delete('idempotency-key')
        return toss.sandbox.fetch(new Request(request, { headers }))
      },
    })
    expect(await forgetful.open(openRequest)).toMatchObject({ kind: 'opened', providerKey })
    expect(await forgetful.open({ ...openRequest, amount: 500 })).toEqual({
      kind: 'unknown',
      detail: 'DUPLICATED_ORDER_ID',
    })
  })

  it('captures once: the same attempt gets the same answer, another must look', async () => {
    const toss = tossWorld()
    const { capture, lookUp, providerKey } = await opened(toss)
    toss.sandbox.click(providerKey, 'pay')
    toss.fault({ operation: 'confirm', fail_after: 'drop', times: 1 })
    expect(await capture('first')).toMatchObject({ kind: 'unknown' })
    expect(await capture('first')).toMatchObject({ kind: 'captured' })
    expect(await capture('second')).toEqual({
      kind: 'unknown',
      detail: 'ALREADY_PROCESSED_PAYMENT',
    })
    expect(await lookUp()).toMatchObject({ state: 'CAPTURED' })
  })

  it('captures by a new attempt after a definite no, which the old key would repeat', async () => {
    const toss = tossWorld()
    const { capture, providerKey } = await opened(toss)
    await capture('early')
    toss.sandbox.click(providerKey, 'pay')
    expect(await capture('early')).toEqual({ kind: 'not-authenticated' })
    expect(await capture('later')).toMatchObject({ kind: 'captured' })
  })

  it.each(['html', 'empty', 'truncated', 'wrong_types'])(
    'believes no nonsense (%s), wherever it comes',
    async (nonsense) => {
      const toss = tossWorld()
      const payment = await captured(toss)
      toss.fault({ nonsense })
      expect((await toss.provider.open(openRequest)).kind).toBe('unknown')
      expect((await payment.capture('again')).kind).toBe('unknown')
      expect((await payment.lookUp()).kind).toBe('unknown')
      expect((await payment.refund(REFUND_ID, AMOUNT)).kind).toBe('unknown')
    },
  )
})

describe('refunding at Toss Payments', () => {
  it('pays back in parts, and no more than there is', async () => {
    const toss = tossWorld()
    const { refund, lookUp } = await captured(toss)
    expect(await refund(REFUND_ID, 8_000)).toEqual({ kind: 'done' })
    expect(await lookUp()).toMatchObject({ state: 'CAPTURED', refundedAmount: 8_000 })
    expect(await refund(OTHER_REFUND_ID, 10_001)).toMatchObject({
      kind: 'refused',
      failure: { code: 'NOT_CANCELABLE_AMOUNT' },
    })
    expect(await refund(OTHER_REFUND_ID, 10_000, 1)).toEqual({ kind: 'done' })
    expect(await lookUp()).toMatchObject({ state: 'CAPTURED', refundedAmount: AMOUNT })
  })

  it('pays back once when the first answer was lost', async () => {
    const toss = tossWorld()
    const { refund, lookUp } = await captured(toss)
    toss.fault({ operation: 'cancel', fail_after: 'drop', times: 1 })
    expect((await refund(REFUND_ID, 8_000)).kind).toBe('unknown')
    expect(await refund(REFUND_ID, 8_000)).toEqual({ kind: 'done' })
    expect(await lookUp()).toMatchObject({ refundedAmount: 8_000 })
  })

  it('sees by itself that an answered failure had paid back', async () => {
    const toss = tossWorld()
    const { refund, lookUp } = await captured(toss)
    toss.fault({ operation: 'cancel', fail_after: 500, times: 1 })
    expect(await refund(REFUND_ID, 8_000)).toEqual({ kind: 'done' })
    expect(await lookUp()).toMatchObject({ refundedAmount: 8_000 })
  })

  it('stays unknown after a failure that paid nothing back', async () => {
    const toss = tossWorld()
    const { refund, lookUp } = await captured(toss)
    toss.fault({ operation: 'cancel', fail_status: 503, times: 1 })
    expect(await refund(REFUND_ID, 8_000)).toMatchObject({ kind: 'unknown' })
    expect(await lookUp()).toMatchObject({ refundedAmount: 0 })
  })

  it('knows its own cancellation when the provider says "already"', async () => {
    const toss = tossWorld()
    const { refund } = await captured(toss)
    await refund(REFUND_ID, AMOUNT)
    expect(await refund(REFUND_ID, AMOUNT, 1)).toEqual({ kind: 'done' })
  })

  it("does not take another's cancellation for its own", async () => {
    const toss = tossWorld()
    const { refund } = await captured(toss)
    await refund(OTHER_REFUND_ID, AMOUNT)
    expect(await refund(REFUND_ID, AMOUNT)).toMatchObject({
      kind: 'refused',
      failure: { code: 'ALREADY_CANCELED_PAYMENT' },
    })
  })

  it('does not know whose it was while it cannot look', async () => {
    const toss = tossWorld()
    const { refund } = await captured(toss)
    await refund(OTHER_REFUND_ID, AMOUNT)
    toss.fault({ operation: 'lookup', fail_status: 502 })
    expect((await refund(REFUND_ID, AMOUNT)).kind).toBe('unknown')
  })

  it('fits any reason into what the provider takes', async () => {
    const toss = tossWorld()
    const { providerKey } = await captured(toss)
    const ask = (reason: string, refundId: string) =>
      toss.provider.refund({ refundId, attempt: 0, providerKey, amount: 100, reason })
    expect(await ask('품절 '.repeat(200), REFUND_ID)).toEqual({ kind: 'done' })
    expect(await ask('', OTHER_REFUND_ID)).toEqual({ kind: 'done' })
  })
})

describe('the connection to Toss Payments', () => {
  const silent = (timeoutMs: number) =>
    createTossProvider({
      baseUrl: BASE_URL,
      secretKey: 'test_sk_secret',
      timeoutMs,
      fetch: () => new Promise(() => undefined),
    })
  const capture = { paymentId: PAYMENT_ID, providerKey: 'tsbx1', amount: AMOUNT, attemptId: 'a' }

  it('gives up after the time-out and says that nothing is known', async () => {
    expect(await silent(5).capture(capture)).toEqual({
      kind: 'unknown',
      detail: 'no answer within 5 ms',
    })
  })

  it('aborts the request it gave up on', async () => {
    const seen: AbortSignal[] = []
    const provider = createTossProvider({
      baseUrl: BASE_URL,
      secretKey: 'test_sk_secret',
      timeoutMs: 5,
      fetch: (request) => {
        seen.push(request.signal)
        return new Promise(() => undefined)
      },
    })
    await provider.capture(capture)
    expect(seen.map((signal) => signal.aborted)).toEqual([true])
  })

  it('is unknown, not an exception, when the network fails; the secret stays inside', async () => {
    const provider = createTossProvider({
      baseUrl: BASE_URL,
      secretKey: 'test_sk_secret',
      fetch: () => Promise.reject(new Error(`refused: ${btoa('test_sk_secret:')}`)),
    })
    const outcomes = [
      await provider.open(openRequest),
      await provider.capture(capture),
      await provider.lookUp({ paymentId: PAYMENT_ID, providerKey: null }),
      await provider.refund({ ...capture, refundId: REFUND_ID, attempt: 0, reason: 'x' }),
    ]
    for (const outcome of outcomes) {
      expect(outcome).toEqual({ kind: 'unknown', detail: 'the connection failed' })
    }
  })

  it('follows no redirect, which would carry the secret elsewhere', async () => {
    const seen: string[] = []
    const provider = createTossProvider({
      baseUrl: BASE_URL,
      secretKey: 'test_sk_secret',
      fetch: (request) => {
        seen.push(request.redirect)
        return Promise.resolve(Response.redirect('http://elsewhere.test/', 307))
      },
    })
    expect((await provider.capture(capture)).kind).toBe('unknown')
    expect(seen).toEqual(['manual'])
  })

  it('never sends a key of strange shape as a path', async () => {
    let sent = 0
    const provider = createTossProvider({
      baseUrl: BASE_URL,
      secretKey: 'test_sk_secret',
      fetch: () => {
        sent += 1
        return Promise.reject(new Error('sent'))
      },
    })
    for (const providerKey of ['..', 'a/../../x', 'a?b', '', 'k'.repeat(201)]) {
      expect((await provider.capture({ ...capture, providerKey })).kind).toBe('unknown')
      const lookUp = await provider.lookUp({ paymentId: PAYMENT_ID, providerKey })
      expect(lookUp.kind).toBe('unknown')
      const refund = { refundId: REFUND_ID, attempt: 0, providerKey, amount: 1, reason: 'x' }
      expect((await provider.refund(refund)).kind).toBe('unknown')
    }
    expect(sent).toBe(0)
  })
})
