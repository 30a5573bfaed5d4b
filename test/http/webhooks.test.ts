import { describe, expect, it } from 'vitest'
import { atTable, type OrderBody, type PaymentStatusBody } from '../support/story-restaurant.ts'

const elsewhere = '00000000-0000-8000-8000-0123456789ab'

describe("the provider's webhook", () => {
  it('settles what nobody confirmed to the end', async () => {
    const { story, place, guest } = await atTable()
    const { order, confirmation } = await place.authenticated(guest)
    story.toss.fault({ operation: 'confirm', fail_after: 500, times: 1 })
    await guest.post('/payments/confirm', confirmation)
    await story.settle()
    // The claim's own look-up is due in two seconds; the provider is asked no oftener.
    await story.passes(2_000)
    const { body } = await guest.get<OrderBody>(`/orders/${order.order_id}`)
    expect(body.payment_status).toBe('PAID')
  })

  it('is answered 200 whatever it says, and believed in nothing', async () => {
    const { story, place, guest } = await atTable()
    const order = await place.ordered(guest)
    const payment = await place.initiated(guest, order)
    const claim = (data: Record<string, unknown>) => ({
      eventType: 'PAYMENT_STATUS_CHANGED',
      createdAt: '2026-11-20T12:00:00',
      data: { paymentKey: payment.payment_key, orderId: payment.payment_id, ...data },
    })
    for (const body of [
      claim({ status: 'DONE' }),
      claim({ paymentKey: 'someone-elses' }),
      claim({ orderId: elsewhere }),
      claim({ orderId: order.order_id }),
      { eventType: 'SOMETHING_NEW', data: {} },
      {},
      [],
      'DONE',
      null,
    ]) {
      const response = await story.webhook(body)
      expect(response.status).toBe(200)
    }
    await story.settle()
    const { body } = await guest.get<OrderBody>(`/orders/${order.order_id}`)
    expect(body.payment_status).toBe('PENDING')
  })

  it('says whether it was noted', async () => {
    const { story, place, guest } = await atTable()
    const { payment } = await place.authenticated(guest)
    const body = {
      eventType: 'PAYMENT_STATUS_CHANGED',
      data: { paymentKey: payment.payment_key, orderId: payment.payment_id },
    }
    expect(await (await story.webhook(body)).json()).toEqual({ noted: true })
    expect(await (await story.webhook({})).json()).toEqual({ noted: false })
  })

  it('must be JSON of a decent size', async () => {
    const { story } = await atTable()
    const send = (body: string, type = 'application/json') =>
      story.ask('/api/v1/payments/webhook/toss', {
        method: 'POST',
        body,
        headers: { 'content-type': type },
      })
    expect((await send('{')).status).toBe(400)
    expect((await send(JSON.stringify('x'.repeat(300_000)))).status).toBe(413)
  })
})

describe("an account's callback", () => {
  const callback = (orderId: string, secret: unknown, status = 'DONE') => ({
    createdAt: '2026-11-20T12:30:00.000000',
    secret,
    status,
    transactionKey: 'tx1',
    orderId,
  })

  /** An account waits; the provider's own callbacks are lost. */
  async function withAccount() {
    const world = await atTable({ payment_methods: ['VIRTUAL_ACCOUNT'] })
    const { story, place, guest } = world
    const told = await place.authenticated(guest, { payment_method: 'VIRTUAL_ACCOUNT' })
    story.toss.fault({ lose_webhook: true })
    await guest.post('/payments/confirm', told.confirmation)
    await story.settle()
    const { payment_id: id, payment_key: paymentKey } = told.payment
    const secret = story.toss.sandbox.find(paymentKey)?.secret ?? ''
    const paymentStatus = async () =>
      (await guest.get<OrderBody>(`/orders/${told.order.order_id}`)).body.payment_status
    return { ...world, ...told, id, paymentKey, secret, paymentStatus }
  }

  it('settles the deposit that it tells of', async () => {
    const { story, id, secret, paymentKey, paymentStatus } = await withAccount()
    // A webhook told of the account just now; the provider is asked every two seconds at the most.
    await story.passes(2_000)
    story.toss.sandbox.desk.act(paymentKey, 'deposit')
    const response = await story.webhook(callback(id, secret))
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ noted: true })
    await story.settle()
    expect(await paymentStatus()).toBe('PAID')
  })

  it('is refused with another secret, and logged without it', async () => {
    const { story, id, secret, paymentKey, paymentStatus } = await withAccount()
    story.toss.sandbox.desk.act(paymentKey, 'deposit')
    for (const forged of ['ps_guessed', `${secret}x`, secret.slice(1), '']) {
      const response = await story.webhook(callback(id, forged))
      expect(response.status).toBe(401)
      expect(await response.json()).toMatchObject({ error: { reason: 'WEBHOOK_NOT_VERIFIED' } })
    }
    await story.settle()
    expect(await paymentStatus()).toBe('PENDING')
    const lines = story.world.logged.filter(({ kind }) => kind === 'webhook-not-noted')
    expect(lines).toHaveLength(4)
    expect(lines[0]).toMatchObject({ reason: 'UNAUTHENTICATED', paymentId: id })
    expect(JSON.stringify(story.world.logged)).not.toContain('ps_')
  })

  it('is believed in nothing: what the provider says when asked counts', async () => {
    const { story, id, secret, paymentStatus } = await withAccount()
    await story.webhook(callback(id, secret, 'DONE'))
    await story.webhook(callback(id, secret, 'CANCELED'))
    await story.settle()
    expect(await paymentStatus()).toBe('PENDING')
  })

  it('settles once, however often and late it comes', async () => {
    const { story, guest, order, id, secret, paymentKey, paymentStatus } = await withAccount()
    story.toss.sandbox.desk.act(paymentKey, 'deposit')
    for (let n = 0; n < 3; n += 1) {
      await Promise.all(Array.from({ length: 5 }, () => story.webhook(callback(id, secret))))
      await story.passes(3_000)
    }
    await story.webhook(callback(id, secret, 'WAITING_FOR_DEPOSIT'))
    await story.settle()
    expect(await paymentStatus()).toBe('PAID')
    const { body } = await guest.get<PaymentStatusBody>(`/orders/${order.order_id}/payment-status`)
    expect(body).toMatchObject({ captured_amount: 18_500, refunded_amount: 0 })
  })

  it('of nobody is answered 200, so that it is not repeated', async () => {
    const { story, secret, order } = await withAccount()
    for (const orderId of [elsewhere, order.order_id, 'not-ours']) {
      const response = await story.webhook(callback(orderId, secret))
      expect([response.status, await response.json()]).toEqual([200, { noted: false }])
    }
    for (const strange of [null, 7, 's'.repeat(201)]) {
      const response = await story.webhook(callback(elsewhere, strange))
      expect([response.status, await response.json()]).toEqual([200, { noted: false }])
    }
  })
})
