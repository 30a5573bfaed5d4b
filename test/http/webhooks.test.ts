import { describe, expect, it } from 'vitest'
import { atTable, type OrderBody } from '../support/story-restaurant.ts'

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
