import { runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import type { Asker } from '../../src/domain/actor.ts'
import { OWNER, STAFF } from '../support/restaurant.ts'
import {
  clientOf,
  connect,
  dining,
  hibernate,
  refusalOf,
  someone,
  typesOf,
  upgrade,
  type Heard,
} from '../support/sockets.ts'

describe('acknowledging', () => {
  const LAG = 200

  it('is owed: who is too far behind is closed, and comes back with its number', async () => {
    const restaurant = await dining()
    const client = await connect(restaurant, STAFF)
    const attentive = await connect(restaurant, OWNER)
    const [snapshot] = await client.heard()
    attentive.acknowledge(snapshot!.seq)
    for (let n = 1; n < LAG; n += 1) await restaurant.soldOut(n % 2 === 1)
    const heard = await client.heard()
    expect(heard).toHaveLength(LAG - 1)
    const last = heard.at(-1)!.seq
    attentive.acknowledge(last)
    await attentive.heard()
    await restaurant.soldOut(false)
    expect(await client.closed).toEqual({ code: 4008, reason: 'LAGGING' })
    expect(typesOf(await attentive.heard())).toEqual(['MENU_CHANGED'])
    const back = await connect(restaurant, STAFF, { after: last })
    expect(typesOf(await back.heard())).toEqual(['MENU_CHANGED'])
  })

  it('is remembered while the object sleeps', async () => {
    const restaurant = await dining()
    const client = await connect(restaurant, STAFF)
    for (let n = 1; n < LAG; n += 1) await restaurant.soldOut(n % 2 === 1)
    client.acknowledge((await client.heard()).at(-1)!.seq)
    await client.heard()
    await hibernate(restaurant)
    for (let n = 1; n < 5; n += 1) await restaurant.soldOut(n % 2 === 0)
    expect(await client.heard()).toHaveLength(4)
  })

  it('does not count for what was not sent yet', async () => {
    const restaurant = await dining()
    const client = await connect(restaurant, STAFF)
    await client.heard()
    client.acknowledge(Number.MAX_SAFE_INTEGER)
    client.say('{"ack":1e999}')
    await client.heard()
    for (let n = 0; n < LAG; n += 1) await restaurant.soldOut(n % 2 === 0)
    expect((await client.closed).code).toBe(4008)
  })
})

describe('what clients say', () => {
  it.each(['', 'hello', '[]', 'null', '7', '{"ack":"1"}', '{"ack":null}', '{"type":"drop"}'])(
    'is ignored when it means nothing: %s',
    async (text) => {
      const restaurant = await dining()
      const client = await connect(restaurant, STAFF)
      await client.heard()
      client.say(text)
      await restaurant.place(someone())
      expect(typesOf(await client.heard())).toEqual(['NEW_ORDER'])
    },
  )

  it('is a ping in any spelling', async () => {
    const restaurant = await dining()
    const client = await connect(restaurant, STAFF)
    const pong = new Promise((resolve) => {
      client.socket.addEventListener('message', ({ data }) => {
        if (data === '{"type":"pong"}') resolve(data)
      })
    })
    client.say('{ "type": "ping" }')
    expect(await pong).toBe('{"type":"pong"}')
  })

  it('ends the socket when it is binary', async () => {
    const client = await connect(await dining(), STAFF)
    client.say(new ArrayBuffer(8))
    expect((await client.closed).code).toBe(1003)
  })

  it('ends the socket when it is huge', async () => {
    const client = await connect(await dining(), STAFF)
    client.say(`{"ack":1,"x":"${'x'.repeat(100_000)}"}`)
    expect((await client.closed).code).toBe(1009)
  })
})

describe('the end of a socket', () => {
  it('comes with the end of its session', async () => {
    const restaurant = await dining()
    const [ended, other] = [await connect(restaurant, STAFF), await connect(restaurant, OWNER)]
    await other.heard()
    await hibernate(restaurant)
    const { sessionId } = STAFF
    await restaurant.done(OWNER, { type: 'end-session', sessionId, forgetAfter: restaurant.now() })
    expect(await ended.closed).toEqual({ code: 4001, reason: 'SESSION_ENDED' })
    expect(await other.heard()).toEqual([])
  })

  it('comes with the end of the visit, once the last of it is told', async () => {
    const restaurant = await dining()
    const [mine, others] = [await restaurant.seated(), someone()]
    const order = await restaurant.place(mine)
    const elsewhere = await restaurant.place(others)
    const client = await connect(restaurant, mine, { orderId: order.id })
    const stays = await connect(restaurant, others, { orderId: elsewhere.id })
    await Promise.all([client.heard(), stays.heard()])
    const told = new Promise<Heard>((resolve) => {
      client.socket.addEventListener('message', ({ data }) => {
        resolve(JSON.parse(data as string) as Heard)
      })
    })
    await restaurant.done(OWNER, {
      type: 'reset-table',
      tableId: restaurant.table.id,
      force: 'void',
    })
    expect(await told).toMatchObject({ order_id: order.id, status: 'CANCELLED' })
    expect(await client.closed).toEqual({ code: 4003, reason: 'VISIT_ENDED' })
    expect(await stays.heard()).toEqual([])
  })

  it('comes by the alarm when the token runs out, for the shortest first', async () => {
    const restaurant = await dining()
    const long = await connect(restaurant, OWNER, { expiresAt: restaurant.now() + 90_000 })
    const short = await connect(restaurant, STAFF, { expiresAt: restaurant.now() + 30_000 })
    await hibernate(restaurant)
    await restaurant.place(someone())
    const alarmAt = () =>
      runInDurableObject(restaurant.stub(), (_, { storage }) => storage.getAlarm())
    restaurant.passes(29_000)
    await restaurant.place(someone())
    restaurant.passes(1_000)
    expect(await alarmAt()).not.toBeNull()
    await restaurant.ringAlarm()
    expect(await short.closed).toEqual({ code: 4002, reason: 'TOKEN_EXPIRED' })
    await long.heard()
    restaurant.passes(60_000)
    await restaurant.ringAlarm()
    expect((await long.closed).code).toBe(4002)
  })

  it('has its alarm, though nothing else is due', async () => {
    const restaurant = await dining()
    const before = await runInDurableObject(restaurant.stub(), (_, s) => s.storage.getAlarm())
    await connect(restaurant, STAFF, { expiresAt: restaurant.now() + 500 })
    const after = await runInDurableObject(restaurant.stub(), (_, s) => s.storage.getAlarm())
    // Alarms ring on marks a quarter of a second apart.
    expect(after).toBeLessThan(Date.now() + 751)
    expect(before === null || before > after!).toBe(true)
  })

  it('comes with a token that ran out, before anything more is told', async () => {
    const restaurant = await dining()
    const client = await connect(restaurant, STAFF, { expiresAt: restaurant.now() + 1_000 })
    const messages: unknown[] = []
    await client.heard()
    client.socket.addEventListener('message', ({ data }) => messages.push(data))
    restaurant.passes(1_000)
    await restaurant.place(someone())
    expect((await client.closed).code).toBe(4002)
    expect(messages).toEqual([])
  })

  it('comes when the client says goodbye, and is answered', async () => {
    const restaurant = await dining()
    const client = await connect(restaurant, STAFF)
    await client.heard()
    client.socket.close(4444, 'enough')
    expect((await client.closed).code).toBe(4444)
    const left = await runInDurableObject(restaurant.stub(), (_, s) => s.getWebSockets().length)
    expect(left).toBe(0)
  })

  it('comes for the longest silent of a session that opens too many', async () => {
    const restaurant = await dining()
    const clients = []
    for (let n = 0; n < 6; n += 1) clients.push(await connect(restaurant, STAFF))
    const [first, second] = clients
    restaurant.passes(1_000)
    first!.acknowledge((await first!.heard())[0]!.seq)
    await first!.heard()
    await connect(restaurant, STAFF)
    expect(await second!.closed).toEqual({ code: 4009, reason: 'TOO_MANY_SOCKETS' })
    await restaurant.place(someone())
    expect(typesOf(await first!.heard())).toEqual(['NEW_ORDER'])
  })

  it('makes room at a crowded table only where somebody has long been silent', async () => {
    const restaurant = await dining()
    const party = await Promise.all(Array.from({ length: 11 }, () => restaurant.seated()))
    const asMember = (visitor: Asker): Asker => ({ ...visitor, role: 'CUSTOMER', userId: 'parent' })
    const { id: orderId } = await restaurant.place(asMember(party[0]!))
    const watch = (visitor: Asker) => upgrade(restaurant, asMember(visitor), { orderId })
    // Held on to: a socket that nobody refers to any more is closed.
    const present = []
    for (const visitor of party.slice(0, 10))
      for (let n = 0; n < 6; n += 1) present.push(clientOf(await watch(visitor)))
    const late = party[10]!
    expect(refusalOf(await watch(late)).kind).toBe('TEMPORARILY_UNAVAILABLE')
    restaurant.passes(120_000)
    expect((await watch(late)).status).toBe(101)
    const gone = await Promise.race(present.map(({ closed }) => closed))
    expect(gone.reason).toBe('TOO_MANY_SOCKETS')
  })
})
