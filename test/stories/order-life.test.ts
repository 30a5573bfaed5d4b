import { describe, expect, it } from 'vitest'
import { stranger } from '../support/story-people.ts'
import { openPlace, type ListBody, type OrderBody } from '../support/story-restaurant.ts'
import { openStory } from '../support/story.ts'

describe('the life of an order', () => {
  it('goes from the scan to the served dish', async () => {
    const story = openStory()
    const place = await openPlace(story)
    const guest = await place.guest()
    const menu = await stranger(story).get<{ categories: unknown[] }>(
      `/restaurants/${place.id}/menu`,
    )
    expect(menu.status).toBe(200)
    const { order, payment, confirmation } = await place.authenticated(guest)
    expect(order).toMatchObject({
      order_number: 'A001',
      status: 'PENDING',
      rings: false,
      table: { name: 'A1' },
    })
    expect(payment.amount).toBe(18_500)
    const paid = await guest.post('/payments/confirm', confirmation)
    expect(paid.body).toMatchObject({
      success: true,
      payment_status: 'COMPLETED',
      order_payment_status: 'PAID',
    })
    const board = await place.staff.get<ListBody<OrderBody>>('/restaurants/me/orders?status=open')
    expect(board.body.items[0]).toMatchObject({ order_id: order.order_id, rings: true })
    for (const [verb, status] of [
      ['accept', 'ACCEPTED'],
      ['ready', 'READY'],
      ['complete', 'COMPLETED'],
    ] as const)
      expect((await place.handle(place.staff, order, verb)).body.status).toBe(status)
    const seen = await guest.get<OrderBody>(`/orders/${order.order_id}`)
    expect(seen.body.status).toBe('COMPLETED')
    await story.settle()
  })
})
