import { describe, expect, it } from 'vitest'
import { faultRule } from '../../sandbox/toss/faults.ts'
import {
  BASE_URL,
  SECRET_KEY,
  basic,
  newOrderId,
  openBody,
  paymentIn,
  told,
  tossWorld,
} from './world.ts'

const asked = ({ paymentKey, orderId }: { paymentKey: string; orderId: string }) => ({
  paymentKey,
  orderId,
  amount: 18_000,
})

const raw = (toss: ReturnType<typeof tossWorld>, path: string, body: unknown) =>
  toss.sandbox.fetch(
    new Request(`${BASE_URL}/v1/payments${path}`, {
      method: 'POST',
      headers: { ...basic(SECRET_KEY), 'idempotency-key': 'one' },
      body: JSON.stringify(body),
    }),
  )

const statusOf = async (toss: ReturnType<typeof tossWorld>, paymentKey: string) =>
  (await toss.call('GET', `/${paymentKey}`)).body.status

describe('faults of provider calls', () => {
  it('fail_status answers before anything is done, and the same key works afterwards', async () => {
    const toss = tossWorld()
    const payment = await paymentIn(toss, 'IN_PROGRESS')
    toss.fault({ operation: 'confirm', fail_status: 503, times: 1 })
    expect((await raw(toss, '/confirm', asked(payment))).status).toBe(503)
    expect(await statusOf(toss, payment.paymentKey)).toBe('IN_PROGRESS')
    expect((await raw(toss, '/confirm', asked(payment))).status).toBe(200)
  })

  it('fail_after does it, answers an error, and shows the result to the same key', async () => {
    const toss = tossWorld()
    const payment = await paymentIn(toss, 'IN_PROGRESS')
    toss.fault({ operation: 'confirm', fail_after: 500, times: 1 })
    expect((await raw(toss, '/confirm', asked(payment))).status).toBe(500)
    expect(await statusOf(toss, payment.paymentKey)).toBe('DONE')
    expect(await (await raw(toss, '/confirm', asked(payment))).json()).toMatchObject({
      status: 'DONE',
    })
  })

  it('fail_after: drop does it and breaks the answer off', async () => {
    const toss = tossWorld()
    const payment = await paymentIn(toss, 'IN_PROGRESS')
    toss.fault({ operation: 'confirm', fail_after: 'drop' })
    const response = await raw(toss, '/confirm', asked(payment))
    await expect(response.text()).rejects.toThrow()
    expect(await statusOf(toss, payment.paymentKey)).toBe('DONE')
  })

  it.each(['html', 'empty', 'truncated', 'wrong_types', true] as const)(
    'nonsense (%s) does it and answers 200 with what is no payment',
    async (nonsense) => {
      const toss = tossWorld()
      const payment = await paymentIn(toss, 'IN_PROGRESS')
      toss.fault({ operation: 'confirm', nonsense })
      const response = await raw(toss, '/confirm', asked(payment))
      expect(response.status).toBe(200)
      expect(await response.text()).not.toContain('"totalAmount":18000')
      expect(await statusOf(toss, payment.paymentKey)).toBe('DONE')
    },
  )

  it('reject refuses as a card company does; at confirm the payment has ended', async () => {
    const toss = tossWorld()
    const payment = await paymentIn(toss, 'IN_PROGRESS')
    toss.fault({ operation: 'confirm', reject: 'REJECT_CARD_PAYMENT' })
    const { status, body } = await toss.call('POST', '/confirm', asked(payment))
    expect([status, body.code]).toEqual([403, 'REJECT_CARD_PAYMENT'])
    expect(await statusOf(toss, payment.paymentKey)).toBe('ABORTED')
  })

  it('reject moves no money at cancel', async () => {
    const toss = tossWorld()
    const { paymentKey } = await paymentIn(toss, 'DONE')
    toss.fault({ operation: 'cancel', reject: 'REFUND_REJECTED' })
    const answer = await toss.call('POST', `/${paymentKey}/cancel`, { cancelReason: 'x' })
    expect(answer.body.code).toBe('REFUND_REJECTED')
    expect(await statusOf(toss, paymentKey)).toBe('DONE')
  })

  it('slow_ms waits that long and then goes on', async () => {
    const toss = tossWorld()
    toss.fault({ slow_ms: 3_000, times: 1 })
    expect((await toss.call('POST', '', openBody(newOrderId()))).status).toBe(200)
    expect(toss.world.waited).toEqual([3_000])
  })

  it('strikes the named operation alone, and as often as it says', async () => {
    const toss = tossWorld()
    toss.fault({ operation: ['lookup', 'cancel'], fail_status: 500, times: 2 })
    const { body } = await toss.call('POST', '', openBody(newOrderId()))
    const statuses: number[] = []
    for (let n = 0; n < 3; n += 1) {
      statuses.push((await toss.call('GET', `/${body.paymentKey}`)).status)
    }
    expect(statuses).toEqual([500, 500, 200])
    expect(toss.faults.list()).toEqual([])
  })

  it('is gone when the faults are cleared', async () => {
    const toss = tossWorld()
    toss.fault({ fail_status: 500 })
    toss.faults.clear()
    expect((await toss.call('POST', '', openBody(newOrderId()))).status).toBe(200)
  })
})

describe('webhooks of the sandbox', () => {
  const sent = (toss: ReturnType<typeof tossWorld>) =>
    toss.world.webhooks.map(({ delayMs }, index) => [told(toss)[index], delayMs])

  it('announce each change of state with the whole payment, but not the opening', async () => {
    const toss = tossWorld()
    const { orderId } = await paymentIn(toss, 'CANCELED')
    expect(sent(toss)).toEqual([
      ['IN_PROGRESS', 0],
      ['DONE', 0],
      ['CANCELED', 0],
    ])
    expect(toss.world.webhooks[1]?.body).toMatchObject({
      eventType: 'PAYMENT_STATUS_CHANGED',
      createdAt: '2026-11-20T12:30:00.000000',
      data: { orderId, status: 'DONE', totalAmount: 18_000 },
    })
  })

  it.each([
    [
      'twice',
      { twice: true },
      [
        ['IN_PROGRESS', 0],
        ['IN_PROGRESS', 0],
        ['DONE', 0],
      ],
    ],
    ['lost', { lose_webhook: true }, [['DONE', 0]]],
    [
      'late',
      { late_webhook_ms: 5_000 },
      [
        ['IN_PROGRESS', 5_000],
        ['DONE', 0],
      ],
    ],
    [
      'stale',
      { stale_webhook: true },
      [
        ['IN_PROGRESS', 0],
        ['DONE', 0],
        ['ABORTED', 45],
      ],
    ],
  ])('can be %s', async (_, effect, expected) => {
    const toss = tossWorld()
    toss.fault({ ...effect, times: 1 })
    await paymentIn(toss, 'DONE')
    expect(sent(toss)).toEqual(expected)
    expect(toss.faults.list()).toEqual([])
  })

  it('are sent again on demand, past a fault that loses them', async () => {
    const toss = tossWorld()
    toss.fault({ lose_webhook: true })
    const { paymentKey } = await paymentIn(toss, 'DONE')
    expect(toss.sandbox.resend(paymentKey, 3)).toBe(true)
    expect(sent(toss)).toEqual([
      ['DONE', 0],
      ['DONE', 0],
      ['DONE', 0],
    ])
    expect(toss.sandbox.resend('tsbx000', 1)).toBe(false)
  })
})

describe('the rules of faults', () => {
  it.each([
    ['no effect', {}],
    ['effects on calls and webhooks in one', { fail_status: 500, twice: true }],
    ['a status that is no failure', { fail_status: 200 }],
    ['an unknown effect', { explode: true }],
    ['an unknown operation', { operation: 'dance', fail_status: 500 }],
    ['no times at all', { fail_status: 500, times: 0 }],
  ])('refuse %s', (_, rule) => {
    expect(faultRule.safeParse(rule).success).toBe(false)
  })
})
