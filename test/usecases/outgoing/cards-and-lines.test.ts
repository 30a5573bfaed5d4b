import { describe, expect, it } from 'vitest'
import { DISCORD, deliveryWorld, orderEvents, owedTo } from '../../support/deliveries.ts'

const LINE = {
  id: 'line',
  ...{ itemId: 'chicken', itemNumber: 1, name: '후라이드', options: [] },
  ...{ unitPrice: 18_000, quantity: 2, total: 36_000, unavailableQuantity: 0 },
}
const PAID = {
  paymentStatus: 'PAID',
  lines: [LINE],
  totalAmount: 36_000,
  userId: 'member',
} as const
const TO_DISCORD = {
  cardsByDefault: ['discord'] as const,
  secrets: { 'discord-webhook': DISCORD },
}

describe('the card of an order', () => {
  it('goes to the channel once, however many events the order has and however often they come', async () => {
    const { owe, deliver, world } = deliveryWorld(TO_DISCORD)
    const { restaurantId, orderId, event, settings } = orderEvents(PAID)
    await owe(settings({}))
    const channel = `${restaurantId}:discord`
    const paid = event('PAYMENT_COMPLETED')
    expect(await owe(event('NEW_ORDER', { paymentStatus: 'UNPAID' }))).toEqual([])
    expect(await owe(paid)).toEqual([channel])
    expect(await owe(paid, event('STATUS_CHANGED', { status: 'ACCEPTED' }))).toEqual([])
    expect(await deliver(channel)).toEqual({ sent: 1, failed: 0 })
    expect(await deliver(channel)).toEqual({ sent: 0, failed: 0 })
    expect(world.arrived).toHaveLength(1)
    expect(world.arrived[0]!.url).toBe(DISCORD)
    expect(await owedTo(channel)).toMatchObject([
      {
        destinationKind: 'DISCORD',
        dedupeKey: `order:${orderId}`,
        state: 'DONE',
        eventId: paid.id,
      },
    ])
    const { embeds, allowed_mentions } = JSON.parse(world.arrived[0]!.body) as {
      embeds: { title: string; description: string }[]
      allowed_mentions: unknown
    }
    expect(embeds[0]!.title).toContain('A001')
    expect(embeds[0]!.description).toContain('후라이드 × 2  ₩36,000')
    expect(allowed_mentions).toEqual({ parse: [] })
  })

  it("goes to the deployment's channel where the restaurant has none", async () => {
    const discordWebhookUrl = 'https://discord.com/api/webhooks/9/deployment'
    const { owe, deliver, world } = deliveryWorld({ ...TO_DISCORD, discordWebhookUrl, secrets: {} })
    const { restaurantId, event } = orderEvents(PAID)
    await owe(event('PAYMENT_COMPLETED'))
    await deliver(`${restaurantId}:discord`)
    expect(world.arrived.map(({ url }) => url)).toEqual([discordWebhookUrl])
  })

  it('goes where the restaurant wants it, and nowhere where it wants none', async () => {
    const { owe } = deliveryWorld(TO_DISCORD)
    for (const [orderCards, sinks] of [
      [
        ['slack', 'email'],
        ['slack', 'email'],
      ],
      [[], []],
      [null, ['discord']],
    ] as const) {
      const { restaurantId, event, settings } = orderEvents(PAID)
      await owe(settings({ orderCards }))
      expect((await owe(event('PAYMENT_COMPLETED'))).toSorted()).toEqual(
        sinks.map((sink) => `${restaurantId}:${sink}`).toSorted(),
      )
    }
  })

  it('waits for every channel of a restaurant whose settings have not arrived, which then says which', async () => {
    const { owe, deliver, world } = deliveryWorld({
      ...{ restaurant: { orderCards: ['discord'] }, secrets: TO_DISCORD.secrets },
    })
    const { restaurantId, event } = orderEvents(PAID)
    const owed = await owe(event('PAYMENT_COMPLETED'))
    expect(owed).toHaveLength(3)
    for (const channel of owed) await deliver(channel)
    expect(world.arrived).toHaveLength(1)
    expect(await owedTo(`${restaurantId}:slack`)).toMatchObject([
      { state: 'SKIPPED', lastError: 'NOT_WANTED' },
    ])
  })

  it('is skipped, visibly, where there is no address', async () => {
    const { owe, deliver } = deliveryWorld({ restaurant: { orderCards: ['slack'] } })
    const { restaurantId, event, settings } = orderEvents(PAID)
    await owe(settings({ orderCards: ['slack'] }), event('PAYMENT_COMPLETED'))
    await deliver(`${restaurantId}:slack`)
    expect(await owedTo(`${restaurantId}:slack`)).toMatchObject([
      { state: 'SKIPPED', lastError: 'NOT_CONFIGURED' },
    ])
  })

  it('rests as long as Discord says in its body', async () => {
    const { owe, deliver, world } = deliveryWorld(TO_DISCORD)
    const { restaurantId, event } = orderEvents(PAID)
    await owe(event('PAYMENT_COMPLETED'))
    world.answer = () => Response.json({ retry_after: 64.57, global: false }, { status: 429 })
    await deliver(`${restaurantId}:discord`)
    expect(await owedTo(`${restaurantId}:discord`)).toMatchObject([
      { state: 'PENDING', attempts: 0, nextAt: world.now + 64_570 },
    ])
  })

  it('is no try while the restaurant does not answer', async () => {
    const { owe, deliver, world, deps } = deliveryWorld(TO_DISCORD)
    const { restaurantId, event } = orderEvents(PAID)
    await owe(event('PAYMENT_COMPLETED'))
    const { restaurants } = deps
    deps.restaurants = () => ({ query: () => Promise.reject(new Error('no answer')) }) as never
    await expect(deliver(`${restaurantId}:discord`)).rejects.toThrow('no answer')
    expect(await owedTo(`${restaurantId}:discord`)).toMatchObject([
      { state: 'PENDING', attempts: 0 },
    ])
    deps.restaurants = restaurants
    world.now += 60_000
    expect(await deliver(`${restaurantId}:discord`)).toEqual({ sent: 1, failed: 0 })
  })
})

describe('the lines of an order', () => {
  it('go to the data platform once, under a key that every try has', async () => {
    const { owe, deliver, world } = deliveryWorld({ dataPlatform: true })
    const { restaurantId, orderId, event } = orderEvents(PAID)
    const paid = event('PAYMENT_COMPLETED')
    await owe(paid)
    await owe(paid)
    world.answer = () => new Response(null, { status: 502 })
    await deliver('platform')
    world.answer = () => new Response()
    world.now += 60_000
    await deliver('platform')
    await deliver('platform')
    expect(world.arrived).toHaveLength(2)
    const [first, second] = world.arrived
    expect(first!.headers.get('idempotency-key')).toBe(second!.headers.get('idempotency-key'))
    expect(second!.headers.get('authorization')).toBe('Bearer platform-key')
    expect(JSON.parse(second!.body)).toEqual({
      order_id: orderId,
      restaurant_id: restaurantId,
      lines: [
        {
          ...{ user_id: 'member', menu_id: 'chicken', quantity: 2, amount: 36_000 },
          ordered_at: new Date(
            paid.subject.kind === 'order' ? paid.subject.order.placedAt : 0,
          ).toISOString(),
        },
      ],
    })
  })

  it('are not owed where there is no platform', async () => {
    const { owe } = deliveryWorld()
    expect(await owe(orderEvents(PAID).event('PAYMENT_COMPLETED'))).not.toContain('platform')
  })
})
