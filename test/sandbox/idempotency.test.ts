import { describe, expect, it } from 'vitest'
import { basic, newOrderId, openBody, paymentIn, tossWorld } from './world.ts'

const DAY = 24 * 3_600_000
const key = (text: string) => ({ 'idempotency-key': text })

describe("the provider's idempotency store", () => {
  it('replays the first answer to a key, whatever the body says', async () => {
    const { call } = tossWorld()
    const first = await call('POST', '', openBody(newOrderId()), key('one'))
    const second = await call('POST', '', openBody(newOrderId(), 500), key('one'))
    expect(second).toEqual(first)
  })

  it("answers a confirm with another payment's when the key is used again", async () => {
    const toss = tossWorld()
    const [a, b] = [await paymentIn(toss, 'IN_PROGRESS'), await paymentIn(toss, 'IN_PROGRESS')]
    for (const { paymentKey, orderId } of [a, b]) {
      const body = { paymentKey, orderId, amount: 18_000 }
      const answer = await toss.call('POST', '/confirm', body, key('same'))
      expect(answer.body.paymentKey).toBe(a.paymentKey)
    }
    expect((await toss.call('GET', `/${b.paymentKey}`)).body.status).toBe('IN_PROGRESS')
  })

  it('keeps refusals too', async () => {
    const toss = tossWorld()
    const { paymentKey, orderId } = await paymentIn(toss, 'READY')
    const body = { paymentKey, orderId, amount: 18_000 }
    await toss.call('POST', '/confirm', body, key('early'))
    toss.sandbox.click(paymentKey, 'pay')
    const again = await toss.call('POST', '/confirm', body, key('early'))
    expect(again.body.code).toBe('NOT_FOUND_PAYMENT_SESSION')
    expect((await toss.call('POST', '/confirm', body, key('later'))).body.status).toBe('DONE')
  })

  it('takes the same key anew for another address, another shop, and after 15 days', async () => {
    const { call, world } = tossWorld()
    const first = (await call('POST', '', openBody(newOrderId()), key('one'))).body.paymentKey
    const elsewhere = await call('POST', '/tsbx000/cancel', { cancelReason: 'x' }, key('one'))
    expect(elsewhere.body.code).toBe('NOT_FOUND_PAYMENT')
    const theirs = { ...basic('test_sk_theirs'), ...key('one') }
    const other = (await call('POST', '', openBody(newOrderId()), theirs)).body.paymentKey
    world.now += 15 * DAY
    const later = (await call('POST', '', openBody(newOrderId()), key('one'))).body.paymentKey
    expect(new Set([first, other, later]).size).toBe(3)
  })

  it('refuses a second request while the first is at work, then replays', async () => {
    const toss = tossWorld()
    toss.fault({ operation: 'open', slow_ms: 500, times: 1 })
    let goOn: () => void = () => undefined
    toss.world.wait = () => new Promise((resolve) => (goOn = resolve))
    const body = openBody(newOrderId())
    const first = toss.call('POST', '', body, key('slow'))
    await expect.poll(() => toss.world.waited).toEqual([500])
    const second = await toss.call('POST', '', body, key('slow'))
    expect([second.status, second.body.code]).toEqual([409, 'IDEMPOTENT_REQUEST_PROCESSING'])
    goOn()
    expect(await toss.call('POST', '', body, key('slow'))).toEqual(await first)
  })

  it('refuses a key over 300 characters', async () => {
    const { call } = tossWorld()
    const answer = await call('POST', '', openBody(newOrderId()), key('x'.repeat(301)))
    expect(answer.body.code).toBe('INVALID_IDEMPOTENCY_KEY')
  })
})
