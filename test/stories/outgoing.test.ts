import { describe, expect, it } from 'vitest'
import { atTable } from '../support/story-restaurant.ts'
import { CHAT_ORIGIN, MINUTE } from '../support/story.ts'
import { subscribed } from '../support/subscribed.ts'

const CHANNEL = `${CHAT_ORIGIN}/chat/discord/kitchen`
const EVERY_MINUTE = '* * * * *'

const openWithChannel = () =>
  atTable({ order_cards: ['discord'], sinks: { discord: { webhook_url: CHANNEL } } })

describe('an order, as others hear of it', () => {
  it('is on the channel and at the partner when it is paid, once', async () => {
    const { story, place, guest } = await openWithChannel()
    const { typesReceived } = await subscribed(story, place.id, '/partner/orders')
    const { order } = await place.paid(guest)
    await place.handle(place.staff, order, 'accept')
    await story.passes(5 * MINUTE)
    await story.cron(EVERY_MINUTE)
    await story.settle()
    expect(story.chats()).toHaveLength(1)
    expect(JSON.stringify(story.chats())).toContain(order.order_number)
    const types = typesReceived()
    expect(types[0]).toBe('NEW_ORDER')
    expect(types.filter((type) => type === 'PAYMENT_COMPLETED')).toHaveLength(1)
    expect(types.filter((type) => type === 'STATUS_CHANGED')).toHaveLength(1)
    const ids = story.received().map(({ headers }) => headers['webhook-id'])
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('arrives when channel and partner are back, and no guest waited for them', async () => {
    const { story, place, guest } = await openWithChannel()
    const { typesReceived } = await subscribed(story, place.id, '/partner/down')
    story.receiverFaults.add({ status: 503 })
    const { order } = await place.paid(guest)
    expect([story.chats(), typesReceived()]).toEqual([[], []])
    story.receiverFaults.clear()
    for (let minutes = 0; minutes < 5; minutes += 1) {
      await story.passes(MINUTE)
      await story.cron(EVERY_MINUTE)
      await story.settle()
    }
    expect(JSON.stringify(story.chats())).toContain(order.order_number)
    expect(new Set(typesReceived())).toContain('PAYMENT_COMPLETED')
    expect(typesReceived()[0]).toBe('NEW_ORDER')
  })
})
