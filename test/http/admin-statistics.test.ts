import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import type { z } from '@hono/zod-openapi'
import { createProjector } from '../../src/db/projector.ts'
import type { adminStatistics } from '../../src/http/schemas/admin-statistics.ts'
import { administration } from '../support/administration.ts'
import { eventsOf, NOON, orderIdIn, orderState, restaurantState } from '../support/events.ts'

type Statistics = z.output<typeof adminStatistics>
let world: Awaited<ReturnType<typeof administration>>
beforeAll(async () => {
  world = await administration()
})

const ask = (query = '', person = world.admin) => person.call<Statistics>('GET', `stats${query}`)

describe("the platform's figures over the API", () => {
  it('tell of a week of days, with the days and hours at which nothing happened', async () => {
    const { status, body } = await ask()
    expect(status).toBe(200)
    expect([body.from, body.to, body.timezone]).toEqual(['2026-11-14', '2026-11-20', 'Asia/Seoul'])
    expect(body.orders.by_day.map(({ day, orders }) => [day, orders])).toHaveLength(7)
    expect(body.orders.by_hour.map(({ hour }) => hour).slice(0, 3)).toEqual([5, 6, 7])
    expect(body.orders.by_hour).toHaveLength(24)
    expect(body).toMatchObject({ restaurant_id: null, revenue: [], points_outstanding: 0 })
  })

  it('count what was placed, for all and for one restaurant', async () => {
    const projector = createProjector(env.DB)
    for (const [n, market] of (['KR', 'JP'] as const).entries()) {
      const events = eventsOf()
      const { restaurantId } = events
      const currency = market === 'JP' ? 'JPY' : 'KRW'
      const order = orderState({
        id: orderIdIn(restaurantId),
        currency,
        status: 'COMPLETED',
        capturedAmount: 18_000,
        refundedAmount: 3_000,
        acceptedAt: NOON + 90_000,
        readyAt: NOON + 690_000,
      })
      const settings = restaurantState(restaurantId, { market, currency, name: `no. ${n}` })
      await projector.project([events.restaurant(1, settings), events.order(2, order)], NOON)
      const { body } = await ask(`?restaurant_id=${restaurantId}`)
      expect(body.orders.total).toBe(1)
      expect(body.revenue).toEqual([
        {
          market,
          currency,
          payment_method: 'CARD',
          orders: 1,
          captured_amount: 18_000,
          refunded_amount: 3_000,
          net_amount: 15_000,
        },
      ])
      expect(body.average_order).toEqual([{ currency, orders: 1, amount: 18_000 }])
      expect(body.time_to_accept).toEqual({ orders: 1, p50_seconds: 90, p95_seconds: 90 })
      expect(body.time_to_ready).toEqual({ orders: 1, p50_seconds: 600, p95_seconds: 600 })
      expect(body.points_outstanding).toBeNull()
    }
    const { body } = await ask()
    expect(body.orders.total).toBe(2)
    expect(body.restaurants.active).toBe(2)
    expect(body.orders.by_day.at(-1)).toMatchObject({
      day: '2026-11-20',
      orders: 2,
      revenue: [
        { currency: 'KRW', net_amount: 15_000 },
        { currency: 'JPY', net_amount: 15_000 },
      ],
    })
  })

  it("go by the platform's clocks, as they are set", async () => {
    await env.DB.prepare("INSERT INTO platform_settings VALUES ('timezone', ?, 1, ?, 0)")
      .bind('"America/Los_Angeles"', crypto.randomUUID())
      .run()
    world.deps.platformSettings.forget()
    const { body } = await ask()
    expect([body.timezone, body.to]).toEqual(['America/Los_Angeles', '2026-11-19'])
    await env.DB.prepare('DELETE FROM platform_settings').run()
    world.deps.platformSettings.forget()
  })

  it.each([
    ['?from=2026-01-01&to=2026-11-20', 'to', 'too_many_days'],
    ['?from=2026-11-20&to=2026-11-19', 'to', 'before_from'],
    ['?from=2026-02-30', 'from', 'invalid_format'],
    ['?restaurant_id=mine', 'restaurant_id', 'invalid_format'],
  ])('refuse %s', async (query, field, reason) => {
    const { status, body } = await ask(query)
    expect([status, body.error.details?.field, body.error.reason]).toEqual([400, field, reason])
  })

  it('are for support, marketing and administrators', async () => {
    for (const role of ['SUPPORT', 'MARKETING'] as const)
      expect((await ask('', await world.someone(role))).status).toBe(200)
    for (const role of ['CUSTOMER', 'INVENTORY'] as const)
      expect((await ask('', await world.someone(role))).status).toBe(403)
  })
})
