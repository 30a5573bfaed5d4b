import { describe, expect, it } from 'vitest'
import { createTossProvider } from '../../../src/providers/toss/toss-provider.ts'
import { BASE_URL, MINUTE, tossWorld } from '../../sandbox/world.ts'
import {
  AMOUNT,
  captured,
  GUEST_ACCOUNT,
  opened,
  openRequest,
  ORDER_ID,
  OTHER_REFUND_ID,
  paidAccount,
  PAYMENT_ID,
  REFUND_ID,
} from './shop.ts'

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
      refunds: [],
      account: null,
      disputed: false,
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
    expect(toss.sandbox.find(outcome.providerKey ?? '')?.orderName).toBe('가'.repeat(99))
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
    expect(await refund(REFUND_ID, 8_000)).toMatchObject({ kind: 'done' })
    expect(await lookUp()).toMatchObject({ state: 'CAPTURED', refundedAmount: 8_000 })
    expect(await refund(OTHER_REFUND_ID, 10_001)).toMatchObject({
      kind: 'refused',
      failure: { code: 'NOT_CANCELABLE_AMOUNT' },
    })
    expect(await refund(OTHER_REFUND_ID, 10_000, 1)).toMatchObject({ kind: 'done' })
    expect(await lookUp()).toMatchObject({ state: 'CAPTURED', refundedAmount: AMOUNT })
  })

  it('pays back once when the first answer was lost', async () => {
    const toss = tossWorld()
    const { refund, lookUp } = await captured(toss)
    toss.fault({ operation: 'cancel', fail_after: 'drop', times: 1 })
    expect((await refund(REFUND_ID, 8_000)).kind).toBe('unknown')
    expect(await refund(REFUND_ID, 8_000)).toMatchObject({ kind: 'done' })
    expect(await lookUp()).toMatchObject({ refundedAmount: 8_000 })
  })

  it('sees by itself that an answered failure had paid back', async () => {
    const toss = tossWorld()
    const { refund, lookUp } = await captured(toss)
    toss.fault({ operation: 'cancel', fail_after: 500, times: 1 })
    expect(await refund(REFUND_ID, 8_000)).toMatchObject({ kind: 'done' })
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
    expect(await refund(REFUND_ID, AMOUNT, 1)).toMatchObject({ kind: 'done' })
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
    const { refund } = await captured(toss)
    const ask = (reason: string, refundId: string) => refund(refundId, 100, 0, { reason })
    expect(await ask('품절 '.repeat(200), REFUND_ID)).toMatchObject({ kind: 'done' })
    expect(await ask('', OTHER_REFUND_ID)).toMatchObject({ kind: 'done' })
  })
})

describe('refunds whose answers are kept under their keys', () => {
  const kept = { operation: 'cancel', reject: 'FAILED_REFUND_PROCESS', times: 1 }

  it('need a new attempt where the provider keeps its errors', async () => {
    const toss = tossWorld()
    const { refund, lookUp } = await captured(toss)
    toss.fault(kept)
    expect((await refund(REFUND_ID, 8_000)).kind).toBe('refused')
    expect((await refund(REFUND_ID, 8_000)).kind).toBe('refused')
    expect((await refund(REFUND_ID, 8_000, 1)).kind).toBe('done')
    expect(await lookUp()).toMatchObject({ refundedAmount: 8_000 })
  })

  it('need none where it does not', async () => {
    const toss = tossWorld()
    const { refund, lookUp } = await captured(toss)
    toss.fault({ ...kept, forget_error: true })
    expect((await refund(REFUND_ID, 8_000)).kind).toBe('refused')
    expect((await refund(REFUND_ID, 8_000)).kind).toBe('done')
    expect(await lookUp()).toMatchObject({ refundedAmount: 8_000 })
  })

  it('are told as they stand, not as they were first answered', async () => {
    const toss = tossWorld()
    const { refund, providerKey } = await paidAccount(toss)
    toss.fault({ operation: 'cancel', refund_pending: true })
    const ask = () => refund(REFUND_ID, 8_000, 0, { account: GUEST_ACCOUNT })
    expect(await ask()).toMatchObject({ kind: 'pending' })
    expect(await ask()).toMatchObject({ kind: 'pending' })
    toss.sandbox.desk.act(providerKey, 'refund_arrives')
    expect(await ask()).toMatchObject({ kind: 'done' })
    toss.world.now += 16 * 24 * 60 * MINUTE
    expect(await ask()).toMatchObject({ kind: 'done' })
    expect(toss.sandbox.find(providerKey)?.cancels).toHaveLength(1)
  })
})

describe("refunds at the provider's own desk", () => {
  it('are found beside ours', async () => {
    const toss = tossWorld()
    const { refund, lookUp, providerKey } = await captured(toss)
    toss.sandbox.desk.refund(providerKey, 3_000)
    await refund(REFUND_ID, 5_000)
    const found = await lookUp()
    expect(found).toMatchObject({
      refundedAmount: 8_000,
      refunds: [
        { refundId: null, amount: 3_000, status: 'DONE' },
        { refundId: REFUND_ID, amount: 5_000, status: 'DONE' },
      ],
    })
    const keys = toss.sandbox.find(providerKey)?.cancels.map((cancel) => cancel.transactionKey)
    expect(found.kind === 'found' && found.refunds.map(({ providerRef }) => providerRef)).toEqual(
      keys,
    )
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
  const named = { paymentId: PAYMENT_ID, orderId: ORDER_ID, providerKey: 'tsbx1' }
  const capture = { ...named, amount: AMOUNT, attemptId: 'a', userId: null }
  const refund = {
    ...named,
    refundId: REFUND_ID,
    attempt: 0,
    amount: AMOUNT,
    currency: 'KRW',
    reason: 'x',
    account: null,
  }

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
      await provider.refund(refund),
      await provider.void({ paymentId: PAYMENT_ID, providerKey: null }),
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
      expect((await provider.refund({ ...refund, providerKey })).kind).toBe('unknown')
      expect((await provider.void({ ...named, providerKey })).kind).toBe('unknown')
    }
    expect(sent).toBe(0)
  })
})
