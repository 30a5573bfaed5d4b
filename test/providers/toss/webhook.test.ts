import { describe, expect, it } from 'vitest'
import { parseTossWebhook } from '../../../src/providers/toss/webhook.ts'
import { openBody, tossWorld } from '../../sandbox/world.ts'

const PAYMENT_ID = '019a9f00-0000-8000-8000-0a1b2c3d4e5f'

const changed = (data: unknown, eventType: unknown = 'PAYMENT_STATUS_CHANGED') => ({
  eventType,
  createdAt: '2026-11-20T12:30:00.000000',
  data,
})
const genuine = { paymentKey: 'tkey1', orderId: PAYMENT_ID, status: 'DONE', totalAmount: 18_000 }
const deposit = {
  createdAt: '2026-11-20T12:30:00.000000',
  secret: 'ps_1',
  status: 'DONE',
  transactionKey: 'tx1',
  orderId: PAYMENT_ID,
}

describe("reading Toss Payments' webhooks", () => {
  it.each([
    ['a change of status', changed(genuine), 'tkey1', null],
    [
      'one with our id in capitals',
      changed({ ...genuine, orderId: PAYMENT_ID.toUpperCase() }),
      'tkey1',
      null,
    ],
    ['a deposit callback', deposit, null, 'ps_1'],
  ])('finds the payment in %s', (_, body, providerKey, secret) => {
    expect(parseTossWebhook(body)).toEqual({ paymentId: PAYMENT_ID, providerKey, secret })
  })

  it.each([
    ['a forged DONE with a million won', { ...genuine, status: 'DONE', totalAmount: 1_000_000 }],
    ['a forged refund', { ...genuine, status: 'CANCELED', balanceAmount: 0 }],
    ['a status of another type', { ...genuine, status: ['DONE'] }],
  ])('takes nothing but the ids from %s', (_, data) => {
    expect(parseTossWebhook(changed(data))).toEqual({
      paymentId: PAYMENT_ID,
      providerKey: 'tkey1',
      secret: null,
    })
  })

  it.each<[string, unknown]>([
    ['nothing', null],
    ['text', 'PAYMENT_STATUS_CHANGED'],
    ['a list', [changed(genuine)]],
    ['an empty object', {}],
    ['another event', changed(genuine, 'PAYOUT_STATUS_CHANGED')],
    ['an event of another type', changed(genuine, 7)],
    ['no data', changed(undefined)],
    ['no order id', changed({ ...genuine, orderId: undefined })],
    ['no payment key', changed({ ...genuine, paymentKey: undefined })],
    ['an order id that is no UUID', changed({ ...genuine, orderId: 'order-000001' })],
    ['a UUID with a tail', changed({ ...genuine, orderId: `${PAYMENT_ID}x` })],
    ['an endless order id', changed({ ...genuine, orderId: PAYMENT_ID.repeat(1_000) })],
    ['an endless payment key', changed({ ...genuine, paymentKey: 'k'.repeat(201) })],
    ['a payment key that is a path', changed({ ...genuine, paymentKey: '../orders/1' })],
    ['ids of other types', changed({ orderId: 7, paymentKey: {} })],
    ['a deposit callback without its secret', { ...deposit, secret: undefined }],
    ['a deposit callback with an endless secret', { ...deposit, secret: 's'.repeat(201) }],
    ['a deposit callback with an event type', { ...deposit, eventType: 'DEPOSIT_CALLBACK' }],
    ['a deposit for an order of others', { ...deposit, orderId: 'order-000001' }],
  ])('ignores %s', (_, body) => {
    expect(parseTossWebhook(body)).toBeNull()
  })

  it('reads what the sandbox sends', async () => {
    const toss = tossWorld()
    const { body } = await toss.call('POST', '', openBody(PAYMENT_ID))
    toss.sandbox.click(body.paymentKey, 'pay')
    expect(parseTossWebhook(toss.world.webhooks[0]?.body)).toEqual({
      paymentId: PAYMENT_ID,
      providerKey: body.paymentKey,
      secret: null,
    })
  })

  it('reads both that it sends of an account', async () => {
    const toss = tossWorld()
    const { body } = await toss.call('POST', '', openBody(PAYMENT_ID, 18_000, 'VIRTUAL_ACCOUNT'))
    const { paymentKey, orderId } = body
    toss.sandbox.click(paymentKey, 'pay')
    toss.world.webhooks.splice(0)
    const asked = { paymentKey, orderId, amount: 18_000 }
    const { secret } = (await toss.call('POST', '/confirm', asked)).body
    expect(toss.world.webhooks.map((sent) => parseTossWebhook(sent.body))).toEqual([
      { paymentId: PAYMENT_ID, providerKey: paymentKey, secret: null },
      { paymentId: PAYMENT_ID, providerKey: null, secret },
    ])
  })
})
