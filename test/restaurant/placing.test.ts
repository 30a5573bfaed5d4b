import { describe, expect, it } from 'vitest'
import type { Asker } from '../../src/domain/actor.ts'
import type { OrderState } from '../../src/domain/order/order.ts'
import {
  accept,
  cancel,
  DAY,
  HOUR,
  MINUTE,
  openKitchen,
  POSTPAID,
  stocked,
  type Kitchen,
} from '../support/ordering.ts'
import { guest, orderOf, OWNER, STAFF, withItem } from '../support/restaurant.ts'

const KEY = { key: 'k1', fingerprint: 'f1' }
const many = (count: number) => Array.from({ length: count }, (_, n) => n)
const placing = ({ item }: Kitchen, quantity = 1) => orderOf([{ itemId: item.id, quantity }])
const byCounter = { paymentMethod: 'COUNTER' } as const

describe('placing an order again with the same key', () => {
  it('makes one order of fifty taps at once, and answers all of them the same', async () => {
    const kitchen = await openKitchen()
    const { restaurant, minsu } = kitchen
    const answers = await Promise.all(
      many(50).map(() => restaurant.execute(minsu, placing(kitchen), KEY)),
    )
    const fresh = answers.filter((answer) => answer.ok && !answer.replayed)
    expect(fresh).toHaveLength(1)
    for (const answer of answers)
      expect(answer).toEqual({ ...fresh[0], replayed: answer.ok && answer.replayed })
    expect(answers.every((answer) => answer.ok)).toBe(true)
    expect(await restaurant.rows('SELECT id FROM orders')).toHaveLength(1)
    expect(await kitchen.stock()).toEqual({ level: 100, reserved: 1 })
    const placed = (await restaurant.events()).filter(({ type }) => type === 'NEW_ORDER')
    expect(placed).toHaveLength(1)
  })

  const laterLives: [string, (kitchen: Kitchen, order: OrderState) => Promise<unknown>][] = [
    [
      'accepted with a line taken out',
      async (kitchen, order) => {
        await kitchen.paid(order)
        const unavailableLines = [{ lineId: order.lines[0]!.id, quantity: 1 }]
        return kitchen.restaurant.done(STAFF, accept(order.id, { message: '네', unavailableLines }))
      },
    ],
    ['cancelled', (kitchen, order) => kitchen.restaurant.done(kitchen.minsu, cancel(order.id))],
    ['with a longer hold', (kitchen, order) => kitchen.opened(order)],
    [
      'expired',
      async ({ restaurant }) => {
        restaurant.passes(15 * MINUTE)
        return restaurant.ringAlarm()
      },
    ],
  ]
  it.each(laterLives)('answers as it did the first time when the order is %s', async (_, live) => {
    const kitchen = await openKitchen()
    const { restaurant, minsu } = kitchen
    const command = placing(kitchen, 2)
    const first = await restaurant.execute(minsu, command, KEY)
    if (!first.ok) throw new Error(first.refusal.kind)
    await live(kitchen, first.value.order)
    expect((await kitchen.view(first.value.order)).order).not.toEqual(first.value.order)
    await restaurant.evict()
    expect(await restaurant.execute(minsu, command, KEY)).toEqual({ ...first, replayed: true })
  })

  it('refuses the key for another body and changes nothing', async () => {
    const kitchen = await openKitchen()
    await kitchen.restaurant.execute(kitchen.minsu, placing(kitchen), KEY)
    const before = await kitchen.everything()
    expect(
      await kitchen.restaurant.execute(kitchen.minsu, placing(kitchen, 2), {
        ...KEY,
        fingerprint: 'f2',
      }),
    ).toEqual({ ok: false, refusal: { kind: 'IDEMPOTENCY_KEY_REUSED' } })
    expect(await kitchen.everything()).toEqual(before)
  })

  it("takes another guest's key of the same name for another key", async () => {
    const kitchen = await openKitchen()
    for (const who of ['minsu', 'jiyoung'])
      expect(await kitchen.restaurant.execute(guest(who), placing(kitchen), KEY)).toMatchObject({
        ok: true,
        replayed: false,
      })
  })

  it('knows an account by its key on another device', async () => {
    const kitchen = await openKitchen()
    const on = (sessionId: string): Asker => ({
      role: 'CUSTOMER',
      sessionId,
      userId: 'account',
      visit: null,
    })
    await kitchen.restaurant.execute(on('phone'), placing(kitchen), KEY)
    expect(await kitchen.restaurant.execute(on('laptop'), placing(kitchen), KEY)).toMatchObject({
      replayed: true,
    })
  })

  it('remembers no refusal: the same key may succeed once there is stock', async () => {
    const kitchen = await openKitchen({}, 0)
    const { restaurant, minsu, item } = kitchen
    expect(await restaurant.execute(minsu, placing(kitchen), KEY)).toMatchObject({ ok: false })
    await restaurant.done(OWNER, stocked(item.id, 1))
    expect(await restaurant.execute(minsu, placing(kitchen), KEY)).toMatchObject({
      ok: true,
      replayed: false,
    })
  })
})

describe('placing orders for the last portions', () => {
  it('gives ten portions to ten of two hundred, and names the item to the others', async () => {
    const kitchen = await openKitchen({}, 10)
    const { restaurant, item } = kitchen
    const answers = await Promise.all(
      many(200).map((n) => restaurant.execute(guest(`guest-${n}`), placing(kitchen))),
    )
    expect(answers.filter((answer) => answer.ok)).toHaveLength(10)
    const items = [{ itemId: item.id, name: item.name, available: 0 }]
    for (const answer of answers)
      if (!answer.ok) expect(answer.refusal).toEqual({ kind: 'OUT_OF_STOCK', items })
    expect(await kitchen.stock()).toEqual({ level: 10, reserved: 10 })
    const told = (await restaurant.events()).filter(({ type }) => type === 'SOLD_OUT')
    expect(told).toHaveLength(1)
  })

  it('counts two lines on one item together', async () => {
    const kitchen = await openKitchen({}, 3)
    const { restaurant, minsu, item } = kitchen
    const twice = (quantity: number) => ({ itemId: item.id, quantity })
    expect(await restaurant.execute(minsu, orderOf([twice(2), twice(2)]))).toEqual({
      ok: false,
      refusal: {
        kind: 'OUT_OF_STOCK',
        items: [{ itemId: item.id, name: item.name, available: 3 }],
      },
    })
    await restaurant.done(minsu, orderOf([twice(2), twice(1)]))
    expect(await kitchen.stock()).toEqual({ level: 3, reserved: 3 })
  })

  it('names only what is short, and holds nothing of the rest', async () => {
    const kitchen = await openKitchen({}, 1)
    const { restaurant, minsu, item } = kitchen
    const { item: other } = await withItem(restaurant, { name: '양념 치킨' })
    await restaurant.done(OWNER, stocked(other.id, 5))
    const lines = [
      { itemId: other.id, quantity: 1 },
      { itemId: item.id, quantity: 2 },
    ]
    expect(await restaurant.execute(minsu, orderOf(lines))).toMatchObject({
      refusal: { kind: 'OUT_OF_STOCK', items: [{ itemId: item.id, available: 1 }] },
    })
    expect(await restaurant.rows('SELECT sum(reserved) AS held FROM stock')).toEqual([{ held: 0 }])
  })
})

describe('numbers of orders', () => {
  it('run through a business day without gaps or repeats, refusals take none', async () => {
    const kitchen = await openKitchen({}, 30)
    const { restaurant } = kitchen
    const answers = await Promise.all(
      many(40).map((n) => restaurant.execute(guest(`guest-${n}`), placing(kitchen))),
    )
    const numbers = answers.flatMap((answer) => (answer.ok ? [answer.value.order.number] : []))
    expect(numbers.sort()).toEqual(many(30).map((n) => `A${String(n + 1).padStart(3, '0')}`))
  })

  it('start again when the business day does, at the cut-off and not at midnight', async () => {
    // Noon in Seoul; the day ends at five in the morning.
    const { restaurant, place } = await openKitchen()
    const placedAfter = async (ms: number, who: string) => {
      restaurant.passes(ms)
      const { number, businessDay } = await place(guest(who))
      return { number, businessDay }
    }
    expect(await placedAfter(0, 'a')).toEqual({ number: 'A001', businessDay: '2026-11-20' })
    expect(await placedAfter(16 * HOUR, 'b')).toEqual({ number: 'A002', businessDay: '2026-11-20' })
    expect(await placedAfter(HOUR, 'c')).toEqual({ number: 'A001', businessDay: '2026-11-21' })
    await restaurant.evict()
    expect(await placedAfter(HOUR, 'd')).toEqual({ number: 'A002', businessDay: '2026-11-21' })
    expect(await placedAfter(DAY, 'e')).toEqual({ number: 'A001', businessDay: '2026-11-22' })
  })
})

describe('orders that nobody has paid', () => {
  it('are two per guest; the third waits until one is paid', async () => {
    const kitchen = await openKitchen()
    const first = await kitchen.place()
    await kitchen.place()
    const third = () => kitchen.restaurant.execute(kitchen.minsu, placing(kitchen))
    expect(await third()).toEqual({
      ok: false,
      refusal: { kind: 'TOO_MANY_UNPAID_ORDERS', limit: 2, per: 'GUEST' },
    })
    await kitchen.paid(first)
    expect(await third()).toMatchObject({ ok: true })
  })

  it('hold under parallel taps', async () => {
    const kitchen = await openKitchen()
    const answers = await Promise.all(
      many(20).map(() => kitchen.restaurant.execute(kitchen.minsu, placing(kitchen))),
    )
    expect(answers.filter((answer) => answer.ok)).toHaveLength(2)
  })

  it('are two per account, whatever the device', async () => {
    const kitchen = await openKitchen()
    const on = (sessionId: string): Asker => ({
      role: 'CUSTOMER',
      sessionId,
      userId: 'account',
      visit: null,
    })
    await kitchen.place(on('phone'))
    await kitchen.place(on('laptop'))
    expect(await kitchen.restaurant.execute(on('tablet'), placing(kitchen))).toMatchObject({
      refusal: { kind: 'TOO_MANY_UNPAID_ORDERS' },
    })
  })

  it('are six per visit', async () => {
    const kitchen = await openKitchen()
    const { restaurant } = kitchen
    await restaurant.done(OWNER, { type: 'create-table', name: 'A1' })
    const table = { name: 'A1' }
    for (const n of many(6)) await kitchen.place(guest(`guest-${n}`), 1, { table })
    expect(await restaurant.execute(guest('seventh'), { ...placing(kitchen), table })).toEqual({
      ok: false,
      refusal: { kind: 'TOO_MANY_UNPAID_ORDERS', limit: 6, per: 'VISIT' },
    })
  })

  it('are not counted where payment comes after the meal', async () => {
    const { place } = await openKitchen(POSTPAID)
    for (const _ of many(5)) await place(undefined, 1, byCounter)
  })
})

describe('a hold that has run out', () => {
  it('frees its portion before the next order asks for it, though no alarm rang', async () => {
    const kitchen = await openKitchen({}, 1)
    const held = await kitchen.place()
    expect(await kitchen.restaurant.execute(guest('jiyoung'), placing(kitchen))).toMatchObject({
      refusal: { kind: 'OUT_OF_STOCK' },
    })
    kitchen.restaurant.passes(15 * MINUTE)
    const next = await kitchen.place(guest('jiyoung'))
    expect(next.number).toBe('A002')
    expect((await kitchen.view(held)).order).toMatchObject({
      status: 'EXPIRED',
      endReason: 'NOT_PAID_IN_TIME',
    })
  })

  it('is over for whoever asks, also after an eviction', async () => {
    const kitchen = await openKitchen()
    const held = await kitchen.place()
    kitchen.restaurant.passes(15 * MINUTE - 2)
    expect((await kitchen.view(held)).order.status).toBe('PENDING')
    await kitchen.restaurant.evict()
    kitchen.restaurant.passes(2)
    expect((await kitchen.view(held)).order.status).toBe('EXPIRED')
    expect(await kitchen.stock()).toEqual({ level: 100, reserved: 0 })
  })

  it('counts no more against the guest', async () => {
    const kitchen = await openKitchen()
    await kitchen.place()
    await kitchen.place()
    kitchen.restaurant.passes(16 * MINUTE)
    await kitchen.place()
  })

  it('wakes the object by itself', async () => {
    const kitchen = await openKitchen()
    await kitchen.place()
    kitchen.restaurant.passes(15 * MINUTE)
    await kitchen.restaurant.ringAlarm()
    expect(await kitchen.restaurant.rows('SELECT status FROM orders')).toEqual([
      { status: 'EXPIRED' },
    ])
  })
})

describe('an object that is evicted between commands', () => {
  it('answers like one that stayed in memory', async () => {
    const lives = [false, true].map(async (evicting) => {
      const kitchen = await openKitchen({}, 5)
      const { restaurant } = kitchen
      const told: unknown[] = []
      const step = async <T>(work: Promise<T>): Promise<T> => {
        const value = await work
        if (evicting) await restaurant.evict()
        return value
      }
      const first = await step(kitchen.place())
      const payment = await step(kitchen.opened(first))
      const attempt = await step(kitchen.claimed(payment))
      await step(kitchen.settle(payment, attempt))
      await step(restaurant.done(STAFF, accept(first.id)))
      const second = await step(kitchen.place(guest('jiyoung'), 4))
      told.push(first.number, second.number, (await kitchen.view(first)).order.status)
      restaurant.passes(15 * MINUTE)
      await step(restaurant.ringAlarm())
      told.push((await kitchen.view(second)).order.status, await kitchen.stock())
      const events = await restaurant.events()
      told.push(events.map(({ seq, type }) => [seq, type]))
      return told
    })
    const [stayed, evicted] = await Promise.all(lives)
    expect(evicted).toEqual(stayed)
  })
})

describe('a refused command', () => {
  const refusals: [string, string, (kitchen: Kitchen) => [Asker, object]][] = [
    ['an unknown item', 'NOT_FOUND', () => [guest('x'), orderOf([{ itemId: 'no', quantity: 1 }])]],
    ['another total', 'PRICE_CHANGED', (k) => [guest('x'), { ...placing(k), expectedTotal: 1 }]],
    ['too many', 'OUT_OF_STOCK', (k) => [guest('x'), placing(k, 999)]],
    ['an unknown table', 'NOT_FOUND', (k) => [guest('x'), { ...placing(k), table: { name: 'Z' } }]],
    [
      'a method not taken',
      'PAYMENT_METHOD_NOT_ACCEPTED',
      (k) => [guest('x'), { ...placing(k), ...byCounter }],
    ],
    ['the third unpaid', 'TOO_MANY_UNPAID_ORDERS', (k) => [k.minsu, placing(k)]],
    ['an order not there', 'NOT_FOUND', () => [STAFF, accept('no')]],
  ]
  it.each(refusals)('writes nothing: %s', async (_, kind, make) => {
    const kitchen = await openKitchen()
    await kitchen.place()
    await kitchen.place()
    const before = await kitchen.everything()
    const [asker, command] = make(kitchen)
    const answer = await kitchen.restaurant.execute(asker, command as never, KEY)
    expect(answer).toMatchObject({ ok: false, refusal: { kind } })
    expect(await kitchen.everything()).toEqual(before)
  })

  it('comes with the new price when the guest saw another', async () => {
    const kitchen = await openKitchen()
    const answer = await kitchen.restaurant.execute(kitchen.minsu, {
      ...placing(kitchen),
      expectedTotal: 17_000,
    })
    expect(answer).toMatchObject({
      refusal: { kind: 'PRICE_CHANGED', quote: { totalAmount: 18_000 } },
    })
  })
})

describe('a command that breaks half-way', () => {
  it('leaves nothing behind, and the alarm armed', async () => {
    const kitchen = await openKitchen()
    const { restaurant } = kitchen
    const held = await kitchen.place()
    await kitchen.tamper(`CREATE TRIGGER broken BEFORE INSERT ON events WHEN NEW.type = 'NEW_ORDER'
      BEGIN SELECT RAISE(ABORT, 'the disk is on fire'); END`)
    const before = await kitchen.everything()
    await expect(restaurant.execute(guest('jiyoung'), placing(kitchen), KEY)).rejects.toThrow(
      'the disk is on fire',
    )
    expect(await kitchen.everything()).toEqual(before)
    expect(await kitchen.alarm()).not.toBeNull()

    await kitchen.tamper('DROP TRIGGER broken')
    expect((await kitchen.place(guest('jiyoung'))).number).toBe('A002')
    restaurant.passes(15 * MINUTE - 1)
    await restaurant.ringAlarm()
    expect((await kitchen.view(held)).order.status).toBe('EXPIRED')
  })
})
