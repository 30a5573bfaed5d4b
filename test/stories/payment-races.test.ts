import { describe, expect, it, vi } from 'vitest'
import { gate } from '../support/gate.ts'
import {
  atTable,
  clickPay,
  type ConfirmedBody,
  type OrderBody,
  type PaymentStatusBody,
} from '../support/story-restaurant.ts'
import type { Person } from '../support/story-people.ts'
import { MINUTE, SECOND, type Story } from '../support/story.ts'

/** Many requests each, on machines that may be busy. */
vi.setConfig({ testTimeout: 60_000 })

const orderNow = async (who: Person, { order_id }: { order_id: string }): Promise<OrderBody> =>
  (await who.get<OrderBody>(`/orders/${order_id}`)).body

const captures = (story: Story): number =>
  story.toss.sandbox.payments(1_000).filter(({ approvedAt }) => approvedAt !== null).length

describe('confirming at once', () => {
  it('captures once for a hundred browsers, who all hear the same in the end', async () => {
    const { story, place, guest } = await atTable()
    const { confirmation, payment } = await place.authenticated(guest)
    let confirms = 0
    story.toss.fault({ operation: 'confirm', slow_ms: 1 })
    story.toss.world.wait = () => {
      confirms += 1
      return Promise.resolve()
    }
    const replies = await Promise.all(
      Array.from({ length: 100 }, () =>
        guest.post<ConfirmedBody>('/payments/confirm', confirmation),
      ),
    )
    expect(confirms).toBe(1)
    for (const { status, body } of replies)
      if (status === 200) expect(body.payment_status).toBe('COMPLETED')
      else expect([status, body.error.reason]).toEqual([409, 'CAPTURING'])
    expect(replies.some(({ status }) => status === 200)).toBe(true)
    expect((await guest.post('/payments/confirm', confirmation)).status).toBe(200)
    expect(story.toss.sandbox.find(payment.payment_key)?.status).toBe('DONE')
  })

  it('settles once with the webhook: browser, page and provider agree', async () => {
    const { story, place, guest } = await atTable()
    const { order, confirmation, successPath, payment } = await place.authenticated(guest)
    const told = {
      eventType: 'PAYMENT_STATUS_CHANGED',
      data: { paymentKey: payment.payment_key, orderId: payment.payment_id, status: 'DONE' },
    }
    const [confirmed, page, ...webhooks] = await Promise.all([
      guest.post<ConfirmedBody>('/payments/confirm', confirmation),
      story.ask(successPath),
      story.webhook(told),
      story.webhook(told),
      story.webhook(told),
    ])
    expect([200, 409]).toContain(confirmed.status)
    expect(page.status).toBe(200)
    expect(webhooks.map(({ status }) => status)).toEqual([200, 200, 200])
    await story.passes(40 * SECOND)
    expect(captures(story)).toBe(1)
    expect((await guest.post('/payments/confirm', confirmation)).status).toBe(200)
    const { body } = await guest.get<PaymentStatusBody>(`/orders/${order.order_id}/payment-status`)
    expect(body).toMatchObject({ payment_status: 'PAID', captured_amount: 18_500 })
    expect(body.payments).toHaveLength(1)
  })
})

describe('webhooks', () => {
  const lives: [string, Record<string, unknown>][] = [
    ['twice', { twice: true }],
    ['late', { late_webhook_ms: 90_000 }],
    ['never', { lose_webhook: true }],
    ['late and with an older state after the newest', { stale_webhook: true }],
  ]
  it.each(lives)('that come %s leave the order paid, once', async (_, fault) => {
    const { story, place, guest } = await atTable()
    story.toss.fault(fault)
    const { order } = await place.paid(guest)
    await place.handle(place.staff, order, 'accept')
    await story.settle()
    await story.passes(2 * MINUTE)
    await story.passesUntilQuiet()
    const { body } = await place.staff.get<PaymentStatusBody>(
      `/orders/${order.order_id}/payment-status`,
    )
    expect(body).toMatchObject({ payment_status: 'PAID', captured_amount: 18_500 })
    expect(body.payments).toMatchObject([{ status: 'COMPLETED', refunded_amount: 0 }])
  })

  it.each(lives)(
    'that come %s settle what the browser never confirmed to the end',
    async (_, fault) => {
      const { story, place, guest } = await atTable()
      const { order, confirmation } = await place.authenticated(guest)
      story.toss.fault(fault)
      story.toss.fault({ operation: 'confirm', fail_after: 500, times: 1 })
      await guest.post('/payments/confirm', confirmation)
      await story.settle()
      await story.passes(2 * MINUTE)
      expect(await orderNow(guest, order)).toMatchObject({
        payment_status: 'PAID',
        status: 'PENDING',
      })
    },
  )

  it('of a payment that was begun and left alone change nothing', async () => {
    const { story, place, guest } = await atTable()
    const { order, payment } = await place.authenticated(guest)
    for (let n = 0; n < 20; n += 1) story.toss.sandbox.resend(payment.payment_key, 1)
    await story.settle()
    expect(await orderNow(guest, order)).toMatchObject({ payment_status: 'PENDING' })
    expect(captures(story)).toBe(0)
  })
})

describe('money that comes too late', () => {
  it('goes back by itself, and the guest is told', async () => {
    const { story, place, guest } = await atTable()
    const { order, confirmation, payment } = await place.authenticated(guest)
    const door = gate()
    story.toss.fault({ operation: 'confirm', slow_ms: 60_000, times: 1 })
    story.toss.world.wait = door.pass
    const slow = guest.post<ConfirmedBody>('/payments/confirm', confirmation)
    await door.reached
    await story.passes(31 * SECOND)
    expect((await guest.post(`/orders/${order.order_id}/cancel`)).status).toBe(200)
    door.open()
    const { body } = await slow
    expect(body).toMatchObject({ success: true, order_status: 'CANCELLED' })
    await story.passesUntilQuiet()
    expect(story.toss.sandbox.find(payment.payment_key)).toMatchObject({
      status: 'CANCELED',
      balanceAmount: 0,
    })
    expect(await orderNow(guest, order)).toMatchObject({
      status: 'CANCELLED',
      payment_status: 'REFUNDED',
      captured_amount: 18_500,
      refunded_amount: 18_500,
    })
  })

  it('goes back also when only the webhook tells of it', async () => {
    const { story, place, guest } = await atTable()
    const { order, confirmation, payment } = await place.authenticated(guest)
    await guest.post(`/orders/${order.order_id}/cancel`)
    // A claimant of ours whose request reached the provider when everything was over.
    await story.toss.call('POST', '/confirm', confirmation)
    await story.settle()
    await story.passes(MINUTE)
    expect(story.toss.sandbox.find(payment.payment_key)).toMatchObject({ balanceAmount: 0 })
    expect(await orderNow(guest, order)).toMatchObject({
      status: 'CANCELLED',
      payment_status: 'REFUNDED',
      refunded_amount: 18_500,
    })
  })

  it('goes back when the order has been paid by another payment', async () => {
    const { story, place, guest } = await atTable({ payment_policy: 'POSTPAID' })
    const items = [place.spicy, { menu_id: place.cola.id, quantity: 1 }]
    const { order, confirmation, payment } = await place.authenticated(guest, { items })
    const cola = order.items.find(({ menu_id }) => menu_id === place.cola.id)!
    const accepted = await place.handle(place.staff, order, 'accept', {
      estimated_time_minutes: 10,
      unavailable_lines: [{ line_id: cola.line_id, quantity: 1 }],
    })
    expect(accepted.body.total_amount).toBe(18_500)
    expect((await guest.post('/payments/confirm', confirmation)).status).toBe(409)
    const second = await place.initiated(guest, accepted.body)
    const paid = await guest.post('/payments/confirm', clickPay(story, second).confirmation)
    expect(paid.status).toBe(200)

    await story.toss.call('POST', '/confirm', confirmation)
    await story.settle()
    await story.passes(MINUTE)
    expect(story.toss.sandbox.find(payment.payment_key)).toMatchObject({ balanceAmount: 0 })
    expect(story.toss.sandbox.find(second.payment_key)).toMatchObject({ balanceAmount: 18_500 })
    expect(await orderNow(guest, order)).toMatchObject({
      status: 'ACCEPTED',
      payment_status: 'PAID',
      captured_amount: 18_500,
      refunded_amount: 0,
    })
  })
})
