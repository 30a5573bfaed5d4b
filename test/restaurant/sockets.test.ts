import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { Asker } from '../../src/domain/actor.ts'
import { publicSeq } from '../../src/domain/events.ts'
import { eventMessage } from '../../src/restaurant/socket-messages.ts'
import { crowdsToldBy } from '../support/crowds.ts'
import { EVERY_WAY, openKitchen } from '../support/ordering.ts'
import { guest, OWNER, STAFF } from '../support/restaurant.ts'
import {
  clientOf,
  connect,
  dining,
  hibernate,
  refusalOf,
  seqsOf,
  someone,
  typesOf,
  upgrade,
} from '../support/sockets.ts'

describe('how many sockets are open', () => {
  it('is told when one is opened, and when one has ended', async () => {
    const restaurant = await dining()
    const told = () => crowdsToldBy(restaurant.id.slice(-12))
    const order = await restaurant.place(someone())
    const guestOf = await restaurant.seated()
    const own = await restaurant.place(guestOf)
    expect(told()).toEqual([])
    const board = await connect(restaurant, STAFF)
    expect(told()).toMatchObject([{ staff: 1, guests: 0 }])
    restaurant.passes(30_000)
    await connect(restaurant, guestOf, { orderId: own.id })
    expect(told()[1]).toMatchObject({ staff: 1, guests: 1 })
    // Too soon to tell again.
    await connect(restaurant, STAFF, { orderId: order.id })
    expect(told()).toHaveLength(2)
    restaurant.passes(30_000)
    board.socket.close(1000)
    await board.closed
    expect(told()[2]).toMatchObject({ staff: 1, guests: 1 })
  })
})

describe('opening a socket', () => {
  it('shows the board what is open', async () => {
    const restaurant = await dining()
    const order = await restaurant.place(someone())
    const board = await connect(restaurant, STAFF)
    expect(await board.heard()).toMatchObject([
      {
        type: 'SNAPSHOT',
        restaurant: { name: '맛있는 치킨집', open: true },
        orders: [{ order_id: order.id, status: 'PENDING', rings: true }],
      },
    ])
  })

  it('shows guests their own orders alone', async () => {
    const restaurant = await dining()
    const [mine, others] = [await restaurant.seated(), await restaurant.seated()]
    const order = await restaurant.place(mine)
    await restaurant.place(others)
    const client = await connect(restaurant, mine, { orderId: order.id })
    const [snapshot] = await client.heard()
    expect(snapshot?.orders?.map(({ order_id: id }) => id)).toEqual([order.id])
  })

  it('shows the order asked for, even of an earlier visit', async () => {
    const restaurant = await dining()
    const member: Asker = { ...(await restaurant.seated()), role: 'CUSTOMER', userId: 'member' }
    const early = await restaurant.place({ ...member, visit: null })
    const client = await connect(restaurant, member, { orderId: early.id })
    const [snapshot] = await client.heard()
    expect(snapshot?.orders?.map(({ order_id: id }) => id)).toEqual([early.id])
  })

  it('does not know another guest’s order, nor one that does not exist', async () => {
    const restaurant = await dining()
    const order = await restaurant.place(someone())
    const refused = await upgrade(restaurant, someone(), { orderId: order.id })
    expect(refusalOf(refused)).toEqual({ kind: 'NOT_FOUND', what: 'order' })
    const orderId = restaurant.id
    expect(refusalOf(await upgrade(restaurant, STAFF, { orderId })).kind).toBe('NOT_FOUND')
  })

  it('opens the board to staff only, and by the restaurant’s id only', async () => {
    const restaurant = await dining()
    expect(refusalOf(await upgrade(restaurant, someone())).kind).toBe('NOT_FOUND')
    const order = await restaurant.place(someone())
    const wrong = await upgrade(restaurant, STAFF, { restaurantId: order.id })
    expect(refusalOf(wrong)).toEqual({ kind: 'NOT_FOUND', what: 'restaurant' })
  })

  it('is refused to a session and to a visit that have ended', async () => {
    const restaurant = await dining()
    const visitor = await restaurant.seated()
    const order = await restaurant.place(visitor)
    const wish = { orderId: order.id }
    await restaurant.done(OWNER, {
      type: 'reset-table',
      tableId: restaurant.table.id,
      force: 'void',
    })
    expect(refusalOf(await upgrade(restaurant, visitor, wish)).kind).toBe('VISIT_ENDED')
    const { sessionId } = visitor
    const forgetAfter = restaurant.now() + 1_000_000
    await restaurant.done(OWNER, { type: 'end-session', sessionId, forgetAfter })
    expect(refusalOf(await upgrade(restaurant, guest(sessionId), wish))).toEqual({
      kind: 'UNAUTHENTICATED',
      reason: 'SESSION_ENDED',
    })
  })

  it('spends its ticket once', async () => {
    const restaurant = await dining()
    const ticket = { id: crypto.randomUUID(), expiresAt: restaurant.now() + 30_000 }
    expect((await upgrade(restaurant, STAFF, { ticket })).status).toBe(101)
    expect(refusalOf(await upgrade(restaurant, STAFF, { ticket })).kind).toBe('UNAUTHENTICATED')
  })

  it('does not spend the ticket of a refused upgrade', async () => {
    const restaurant = await dining()
    const ticket = { id: crypto.randomUUID(), expiresAt: restaurant.now() + 30_000 }
    await upgrade(restaurant, STAFF, { ticket, orderId: restaurant.id })
    expect((await upgrade(restaurant, STAFF, { ticket })).status).toBe(101)
  })
})

describe('hearing of changes', () => {
  it('tells the board everything, by numbers without a gap', async () => {
    const restaurant = await dining()
    const board = await connect(restaurant, STAFF)
    const [snapshot] = await board.heard()
    const order = await restaurant.place(await restaurant.seated())
    await restaurant.accept(order.id)
    await restaurant.soldOut(true)
    const heard = await board.heard()
    expect(typesOf(heard)).toEqual(['VISIT_CHANGED', 'NEW_ORDER', 'STATUS_CHANGED', 'SOLD_OUT'])
    expect(seqsOf(heard)).toEqual([1, 2, 3, 4].map((n) => snapshot!.seq + n))
    expect(heard[1]).toMatchObject({ order_id: order.id, status: 'PENDING', rings: true })
  })

  it('tells guests of their own orders and of the menu', async () => {
    const restaurant = await dining()
    const [mine, others] = [await restaurant.seated(), await restaurant.seated()]
    const order = await restaurant.place(mine)
    const client = await connect(restaurant, mine, { orderId: order.id })
    await client.heard()
    const another = await restaurant.place(others)
    await restaurant.accept(another.id)
    await restaurant.accept(order.id)
    await restaurant.soldOut(true)
    await restaurant.soldOut(false)
    const heard = await client.heard()
    expect(typesOf(heard)).toEqual(['STATUS_CHANGED', 'SOLD_OUT', 'MENU_CHANGED'])
    expect(heard[0]).toMatchObject({ order_id: order.id, status: 'ACCEPTED' })
    expect(heard[1]).toMatchObject({ item: { id: restaurant.item.id, is_available: false } })
  })

  it('tells staff who watch one order of that one', async () => {
    const restaurant = await dining()
    const [order, another] = [await restaurant.place(someone()), await restaurant.place(someone())]
    const client = await connect(restaurant, STAFF, { orderId: order.id })
    await client.heard()
    await restaurant.accept(another.id)
    await restaurant.seated()
    await restaurant.accept(order.id)
    expect(await client.heard()).toMatchObject([{ type: 'STATUS_CHANGED', order_id: order.id }])
  })

  it('tells somebody once who is concerned twice', async () => {
    const restaurant = await dining()
    const board = await connect(restaurant, STAFF)
    await board.heard()
    await restaurant.place(STAFF)
    expect(typesOf(await board.heard())).toEqual(['NEW_ORDER'])
  })

  it('says nothing of a command that was refused', async () => {
    const restaurant = await dining()
    const order = await restaurant.place(someone())
    await restaurant.accept(order.id)
    const board = await connect(restaurant, STAFF)
    await board.heard()
    const refused = await restaurant.execute(STAFF, {
      type: 'reject-order',
      orderId: order.id,
      reason: '재료 소진',
      soldOutItemIds: [restaurant.item.id],
    })
    expect(refused.ok).toBe(false)
    expect(await board.heard()).toEqual([])
  })

  it('reaches a socket whose object has slept', async () => {
    const restaurant = await dining()
    const mine = await restaurant.seated()
    const order = await restaurant.place(mine)
    const board = await connect(restaurant, STAFF)
    const client = await connect(restaurant, mine, { orderId: order.id })
    await Promise.all([board.heard(), client.heard()])
    await hibernate(restaurant)
    await restaurant.accept(order.id)
    expect(typesOf(await board.heard())).toEqual(['STATUS_CHANGED'])
    expect(typesOf(await client.heard())).toEqual(['STATUS_CHANGED'])
    await restaurant.place(someone())
    expect(typesOf(await client.heard())).toEqual([])
  })

  it('survives a socket that cannot be sent to', async () => {
    const restaurant = await dining()
    const [broken, board] = [await connect(restaurant, STAFF), await connect(restaurant, OWNER)]
    await board.heard()
    await runInDurableObject(restaurant.stub(), (_, state) => {
      const [socket] = state.getWebSockets(`session:${STAFF.sessionId}`)
      socket!.send = () => {
        throw new TypeError('the peer is gone')
      }
    })
    await restaurant.place(someone())
    expect(typesOf(await board.heard())).toEqual(['NEW_ORDER'])
    expect((await broken.closed).code).toBe(1011)
  })
})

describe('coming back with the last number', () => {
  it('tells what was missed, then goes on, with no gap and nothing twice', async () => {
    const restaurant = await dining()
    const first = await connect(restaurant, STAFF)
    const [snapshot] = await first.heard()
    await restaurant.place(someone())
    const [known] = await first.heard()
    first.socket.close(1000)
    await restaurant.soldOut(true)
    await restaurant.soldOut(false)
    const second = await connect(restaurant, STAFF, { after: known!.seq })
    await restaurant.place(someone())
    const heard = await second.heard()
    expect(typesOf(heard)).toEqual(['SOLD_OUT', 'MENU_CHANGED', 'NEW_ORDER'])
    expect(seqsOf(heard)).toEqual([2, 3, 4].map((n) => snapshot!.seq + n))
  })

  it('has no gap when it comes back in the midst of changes', async () => {
    const restaurant = await dining()
    const [snapshot] = await (await connect(restaurant, STAFF)).heard()
    const changing = Array.from({ length: 20 }, (_, n) => restaurant.soldOut(n % 2 === 0))
    const client = await connect(restaurant, STAFF, { after: snapshot!.seq })
    await Promise.all(changing)
    const heard = await client.heard()
    expect(heard.length).toBeGreaterThan(1)
    expect(seqsOf(heard)).toEqual(heard.map((_, n) => snapshot!.seq + 1 + n))
  })

  it('says nothing to a client that has missed nothing', async () => {
    const restaurant = await dining()
    const [snapshot] = await (await connect(restaurant, STAFF)).heard()
    expect(await (await connect(restaurant, STAFF, { after: snapshot!.seq })).heard()).toEqual([])
  })

  it('leaves out of a guest’s past what is not theirs', async () => {
    const restaurant = await dining()
    const mine = someone()
    const order = await restaurant.place(mine)
    await restaurant.place(someone())
    const heard = await (await connect(restaurant, mine, { orderId: order.id, after: 0 })).heard()
    const ordersHeard = heard.flatMap(({ order_id: id }) => id ?? [])
    expect(ordersHeard).toEqual([order.id])
    expect(typesOf(heard)).not.toContain('TABLE_CHANGED')
  })

  it.each([
    ['of a later time', (last: number) => last + 1],
    ['of another epoch', (last: number) => publicSeq(2, last)],
  ])('starts anew from a number %s', async (_, from) => {
    const restaurant = await dining()
    const [snapshot] = await (await connect(restaurant, STAFF)).heard()
    const client = await connect(restaurant, STAFF, { after: from(snapshot!.seq) })
    expect(await client.heard()).toMatchObject([{ type: 'SNAPSHOT', seq: snapshot!.seq }])
  })

  it('starts anew when what was missed is no longer kept', async () => {
    const restaurant = await dining()
    await restaurant.rows('DELETE FROM events WHERE seq <= 2')
    const kept = await connect(restaurant, STAFF, { after: 2 })
    expect(seqsOf(await kept.heard())[0]).toBe(3)
    const lost = await connect(restaurant, STAFF, { after: 1 })
    expect(typesOf(await lost.heard())).toEqual(['SNAPSHOT'])
  })

  it('starts anew when very much was missed', async () => {
    const restaurant = await dining()
    for (let n = 0; n < 151; n += 1) await restaurant.soldOut(n % 2 === 0)
    const [snapshot] = await (await connect(restaurant, STAFF)).heard()
    const last = snapshot!.seq
    const little = await connect(restaurant, STAFF, { after: last - 150 })
    expect(await little.heard()).toHaveLength(150)
    const much = await connect(restaurant, STAFF, { after: last - 151 })
    expect(typesOf(await much.heard())).toEqual(['SNAPSHOT'])
  })
})

it('an object that was never set up refuses, and stays empty', async () => {
  const stub = env.RESTAURANTS.getByName('0123456789ab')
  const response = await stub.fetch('https://restaurant/socket', {
    headers: { upgrade: 'websocket', 'x-ordersync-socket': '{}' },
  })
  expect(refusalOf(response)).toEqual({ kind: 'NOT_FOUND', what: 'restaurant' })
  expect(() => clientOf(response)).toThrow()
  const tables = await runInDurableObject(stub, (_, { storage }) =>
    storage.sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'orders'").toArray(),
  )
  expect(tables).toEqual([])
})

describe('what a guest may do with an order whose points are being taken', () => {
  it('is told as it is: points hold nothing up', async () => {
    const { restaurant, place } = await openKitchen(EVERY_WAY)
    const minsu = { ...someone(), role: 'CUSTOMER', userId: 'minsu' } as const
    await place(minsu, 1, { pointsAmount: 5_000 })
    const placed = (await restaurant.events()).find(({ type }) => type === 'NEW_ORDER')!
    expect(eventMessage(placed, minsu)).toMatchObject({
      order: { allowed_actions: ['cancel', 'pay'] },
    })
  })
})
