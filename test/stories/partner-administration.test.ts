import { env } from 'cloudflare:workers'
import { drizzle } from 'drizzle-orm/d1'
import { describe, expect, it } from 'vitest'
import { createDeliveries } from '../../src/db/repositories/deliveries.ts'
import { feedEvents } from '../../src/db/schema/feed.ts'
import { deliverTo } from '../../src/usecases/outgoing/deliver-to.ts'
import { administration, aDelivery, storeDeliveries } from '../support/administration.ts'

/** A partner with an endpoint, which has missed so many events. */
async function behind(missed: number) {
  const world = await administration()
  const deps = Object.assign(world.deps, { deliveries: createDeliveries(env.DB) })
  const partner = await world.create()
  const path = `integrations/partners/${partner.id}/endpoints`
  const { body: endpoint } = await world.admin.call<{ id: string }>('POST', path, {
    url: 'https://hooks.example.com/',
  })
  const rows = Array.from({ length: missed }, (_, n) =>
    aDelivery({ destinationId: endpoint.id, createdAt: deps.now() + n }),
  )
  for (const [seq, { eventId, restaurantId, createdAt }] of rows.entries())
    await drizzle(env.DB)
      .insert(feedEvents)
      .values({
        ...{ restaurantId, epoch: 1, seq: seq + 1, id: eventId, type: 'NEW_ORDER' },
        ...{ occurredAt: createdAt, data: '{}' },
      })
  await storeDeliveries(...rows)
  const retry = () =>
    world.admin.call<{ retried: number }>('POST', 'integrations/outbox/retry', {
      filter: { partner_id: partner.id },
    })
  const send = () => deliverTo(deps, endpoint.id, 10_000)
  const arrived = () => world.pushed.map(({ request }) => request.headers.get('webhook-id'))
  return { world, partner, endpoint, rows, retry, send, arrived }
}

describe('what an endpoint has missed', () => {
  it('arrives once after it is sent again, however often that is asked', async () => {
    const { rows, retry, send, arrived } = await behind(5)
    const told = await Promise.all([retry(), retry(), retry()])
    expect(told.reduce((sum, { body }) => sum + body.retried, 0)).toBe(5)
    await Promise.all([send(), send()])
    await retry()
    await send()
    expect(arrived().toSorted()).toEqual(rows.map(({ eventId }) => eventId).toSorted())
  })

  it('is not sent to a partner that was disabled meanwhile', async () => {
    const { world, partner, rows, retry, send, arrived } = await behind(2)
    await retry()
    await world.admin.call('DELETE', `integrations/partners/${partner.id}`)
    await send()
    expect(arrived()).toEqual([])
    const { body } = await world.admin.call<{ items: object[] }>(
      'GET',
      `integrations/outbox?partner_id=${partner.id}`,
    )
    expect(body.items).toHaveLength(rows.length)
    for (const item of body.items)
      expect(item).toMatchObject({ state: 'SKIPPED', last_error: 'PARTNER_DISABLED' })
  })
})
