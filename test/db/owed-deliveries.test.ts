import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { newRestaurantId } from '../support/identity.ts'
import { deliveryWorld, orderEvents, owedTo } from '../support/deliveries.ts'

const end = (table: string, column: string, where: string, id: string) =>
  env.DB.prepare(`UPDATE ${table} SET ${column} = 1 WHERE ${where} = ?`).bind(id).run()

describe('who is owed a push of an event', () => {
  it.each([
    ['all restaurants, all types', {}, true],
    ['this restaurant', { restaurantId: 'this' }, true],
    ['another restaurant', { restaurantId: newRestaurantId() }, false],
    ['its type', { types: ['NEW_ORDER', 'STATUS_CHANGED'] }, true],
    ['other types', { types: ['NEW_ORDER'] }, false],
    ['no types', { types: [] }, false],
    ['this restaurant, other types', { restaurantId: 'this', types: ['SOLD_OUT'] }, false],
  ])('who subscribes to %s: %o', async (_, subscription, isOwed) => {
    const { owe, endpoint } = deliveryWorld()
    const { restaurantId, event } = orderEvents()
    const named = { ...subscription } as { restaurantId?: string; types?: readonly string[] }
    const { id } = await endpoint({
      ...named,
      ...(named.restaurantId === 'this' && { restaurantId }),
    })
    const owed = await owe(event('STATUS_CHANGED'))
    expect(owed.includes(id)).toBe(isOwed)
    expect(await owedTo(id)).toHaveLength(isOwed ? 1 : 0)
  })

  it.each([
    ['an endpoint that is disabled', 'partner_endpoints', 'disabled_at', 'id'],
    ['a partner that is disabled', 'partners', 'disabled_at', 'partner'],
    ['a subscription that has ended', 'partner_subscriptions', 'ended_at', 'partner'],
  ])('nobody by %s', async (_, table, column, by) => {
    const { owe, endpoint } = deliveryWorld()
    const { restaurantId, event } = orderEvents()
    const { id, partnerId } = await endpoint({ restaurantId })
    const where = table === 'partner_subscriptions' ? 'partner_id' : 'id'
    await end(table, column, where, by === 'id' ? id : partnerId)
    expect(await owe(event('STATUS_CHANGED'))).not.toContain(id)
  })

  it('is one push, though several subscriptions cover it and the event comes again', async () => {
    const { owe, endpoint, world } = deliveryWorld()
    const { restaurantId, event } = orderEvents()
    const { id, partnerId } = await endpoint({ restaurantId })
    await env.DB.prepare(
      'INSERT INTO partner_subscriptions (id, partner_id, created_at) VALUES (?, ?, 1)',
    )
      .bind(crypto.randomUUID(), partnerId)
      .run()
    const changed = event('STATUS_CHANGED')
    expect((await owe(changed, changed)).filter((owed) => owed === id)).toEqual([id])
    world.now += 1_000
    expect(await owe(changed)).toEqual([])
    expect(await owedTo(id)).toMatchObject([
      {
        ...{ destinationKind: 'PUSH', dedupeKey: changed.id, eventId: changed.id },
        ...{ state: 'PENDING', attempts: 0, createdAt: world.now - 1_000 },
      },
    ])
    await env.DB.prepare('UPDATE partner_subscriptions SET ended_at = 1 WHERE partner_id = ?')
      .bind(partnerId)
      .run()
  })

  it('is nobody of what is not shown outside', async () => {
    const { owe, endpoint } = deliveryWorld()
    const { restaurantId, event } = orderEvents()
    await endpoint({ restaurantId })
    expect(await owe(event('ORDER_UNSEEN'))).toEqual([])
  })

  it('keeps what is owed in the order of the events', async () => {
    const { owe, endpoint } = deliveryWorld()
    const { restaurantId, event } = orderEvents()
    const { id } = await endpoint({ restaurantId })
    const events = Array.from({ length: 20 }, () => event('STATUS_CHANGED'))
    await owe(...events.toReversed())
    expect((await owedTo(id)).map(({ eventId }) => eventId)).toEqual(events.map((made) => made.id))
  })
})

describe('the sweep of deliveries', () => {
  it('takes done and skipped ones after a week, dead ones after thirty days, others never', async () => {
    const { owe, endpoint, deps, world } = deliveryWorld()
    const { restaurantId, event } = orderEvents()
    const { id } = await endpoint({ restaurantId })
    await owe(...Array.from({ length: 4 }, () => event('STATUS_CHANGED')))
    const ids = (await owedTo(id)).map((delivery) => delivery.id)
    const states = ['DONE', 'SKIPPED', 'DEAD', 'PENDING']
    for (const [index, state] of states.entries())
      await env.DB.prepare('UPDATE deliveries SET state = ?, settled_at = ? WHERE id = ?')
        .bind(state, state === 'PENDING' ? null : world.now, ids[index])
        .run()
    const left = async (days: number) => {
      const at = world.now + days * 24 * 3600_000 + 1
      await deps.deliveries.sweep(
        { done: at - 7 * 24 * 3600_000, dead: at - 30 * 24 * 3600_000 },
        10,
      )
      return (await owedTo(id)).map(({ state }) => state)
    }
    expect(await left(6)).toEqual(states)
    expect(await left(7)).toEqual(['DEAD', 'PENDING'])
    expect(await left(29)).toEqual(['DEAD', 'PENDING'])
    expect(await left(30)).toEqual(['PENDING'])
  })
})

describe('the questions of the outbox', () => {
  it.each([
    [
      'what is due at a destination',
      `SELECT id FROM deliveries WHERE destination_id = 'x' AND state = 'PENDING' AND next_at <= 1 ORDER BY next_at, id LIMIT 20`,
      'deliveries_due',
    ],
    [
      'the sweep',
      `SELECT id FROM deliveries WHERE state = 'DONE' AND id < 'x' AND settled_at < 1`,
      'deliveries_state',
    ],
  ])('%s is answered by an index', async (_, text, index) => {
    const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${text}`).all<{ detail: string }>()
    expect(results.map(({ detail }) => detail).join('; ')).toContain(index)
  })
})
