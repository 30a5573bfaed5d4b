import { describe, expect, it } from 'vitest'
import { endpointSecretContext } from '../../src/domain/outgoing/secret-contexts.ts'
import { createAesSecretBox } from '../../src/providers/aes-secret-box.ts'
import { WHSEC } from '../support/deliveries.ts'
import { random } from '../support/identity.ts'
import { atTable } from '../support/story-restaurant.ts'
import { CHAT_ORIGIN, MINUTE, type Story } from '../support/story.ts'

const CHANNEL = `${CHAT_ORIGIN}/chat/discord/kitchen`
const EVERY_MINUTE = '* * * * *'

/** A partner that is pushed what happens in the restaurant. */
async function subscribed(story: Story, restaurantId: string, path: string) {
  const [partnerId, id] = [crypto.randomUUID(), crypto.randomUUID()]
  const keys = JSON.parse(story.env.ENCRYPTION_KEYS) as [{ id: string; key: string }]
  const secret = await createAesSecretBox(keys, random).seal(WHSEC, endpointSecretContext(id))
  await story.env.DB.batch([
    story.env.DB.prepare(
      'INSERT INTO partners (id, name, client_id, secret_digest, created_at) VALUES (?1, ?1, ?1, ?1, 1)',
    ).bind(partnerId),
    story.env.DB.prepare(
      'INSERT INTO partner_subscriptions (id, partner_id, restaurant_id, created_at) VALUES (?1, ?1, ?2, 1)',
    ).bind(partnerId, restaurantId),
    story.env.DB.prepare(
      'INSERT INTO partner_endpoints (id, partner_id, url, secret, created_at) VALUES (?, ?, ?, ?, 1)',
    ).bind(id, partnerId, `${CHAT_ORIGIN}${path}`, secret),
  ])
  return {
    typesReceived: () =>
      story
        .received()
        .filter((received) => received.path === path)
        .map(({ body }) => (body as { type: string }).type)
        .toReversed(),
  }
}

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
