import { describe, expect, it } from 'vitest'
import type { Commands } from '../../src/domain/commands.ts'
import {
  guest,
  openRestaurantObject,
  orderOf,
  OWNER,
  STAFF,
  withItem,
  type TestRestaurant,
} from '../support/restaurant.ts'

const adjusted = (
  itemId: string,
  change: Commands['adjust-stock']['input']['change'],
  reason = '재고 실사',
) => ({ type: 'adjust-stock', itemId, change, reason }) as const

const POSTPAID = { paymentPolicy: 'POSTPAID', paymentMethods: ['COUNTER'] } as const

async function counted(level: number | null) {
  const restaurant = await openRestaurantObject({ ...POSTPAID, maxUnpaidPerGuest: 100 })
  const { item } = await withItem(restaurant)
  if (level !== null) await restaurant.done(STAFF, adjusted(item.id, { set: level }))
  const order = (quantity: number) =>
    restaurant.execute(
      guest('minsu'),
      orderOf([{ itemId: item.id, quantity }], { paymentMethod: 'COUNTER' }),
    )
  return { restaurant, item, order }
}

const levelOf = async (restaurant: TestRestaurant) =>
  (await restaurant.read(STAFF, { type: 'stock-levels' }))[0]?.stock

const placedId = (outcome: Awaited<ReturnType<TestRestaurant['execute']>>): string => {
  if (!outcome.ok) throw new Error(outcome.refusal.kind)
  return (outcome.value as { order: { id: string } }).order.id
}

describe('correcting stock', () => {
  it('writes who, when, why, before and after', async () => {
    const { restaurant, item } = await counted(10)
    restaurant.passes(1_000)
    await restaurant.done(OWNER, adjusted(item.id, { delta: -3 }, '폐기'))
    await restaurant.done(guest('no-account'), adjusted(item.id, { set: null }))
    const rows = await restaurant.rows(
      'SELECT item_id, at, by, reason, level_before, level_after FROM stock_movements ORDER BY id',
    )
    const at = restaurant.now()
    expect(rows).toMatchObject([
      { at: at - 1_000, by: 'staff', reason: '재고 실사', level_before: null, level_after: 10 },
      { item_id: item.id, at, by: 'owner', reason: '폐기', level_before: 10, level_after: 7 },
      { by: 'no-account', level_before: 7, level_after: null },
    ])
  })

  it('never goes below what orders hold, and then writes nothing', async () => {
    const { restaurant, item, order } = await counted(5)
    await order(3)
    expect(await restaurant.execute(STAFF, adjusted(item.id, { delta: -3 }))).toEqual({
      ok: false,
      refusal: { kind: 'STOCK_BELOW_RESERVED', itemId: item.id, reserved: 3, level: 2 },
    })
    expect(await levelOf(restaurant)).toMatchObject({ level: 5, reserved: 3 })
    expect(await restaurant.rows('SELECT id FROM stock_movements')).toHaveLength(1)
  })

  it('tells guests when the last portion went and when there is one again', async () => {
    const { restaurant, item } = await counted(1)
    for (const delta of [-1, -0, 4]) await restaurant.done(STAFF, adjusted(item.id, { delta }))
    const said = (await restaurant.events()).slice(-2).map(({ type }) => type)
    expect(said).toEqual(['SOLD_OUT', 'MENU_CHANGED'])
  })

  it('is done once for one key', async () => {
    const { restaurant, item } = await counted(10)
    const key = { key: 'k', fingerprint: 'f' }
    const first = await restaurant.execute(STAFF, adjusted(item.id, { delta: -1 }), key)
    const again = await restaurant.execute(STAFF, adjusted(item.id, { delta: -1 }), key)
    expect(again).toEqual({ ...first, replayed: true })
    expect(await levelOf(restaurant)).toMatchObject({ level: 9 })
  })
})

describe('starting to count', () => {
  it('holds what open orders want already, so that their ends fit', async () => {
    const { restaurant, item, order } = await counted(null)
    const cancelled = placedId(await order(2))
    const accepted = placedId(await order(3))
    const made = placedId(await order(4))
    await restaurant.done(STAFF, { type: 'accept-order', ...ACCEPTANCE, orderId: made })
    expect(await restaurant.execute(STAFF, adjusted(item.id, { set: 4 }))).toMatchObject({
      refusal: { kind: 'STOCK_BELOW_RESERVED', reserved: 5 },
    })
    await restaurant.done(STAFF, adjusted(item.id, { set: 6 }))
    expect(await levelOf(restaurant)).toMatchObject({ level: 6, reserved: 5 })
    await restaurant.done(guest('minsu'), {
      type: 'cancel-order',
      orderId: cancelled,
      reason: null,
    })
    await restaurant.done(STAFF, { type: 'accept-order', ...ACCEPTANCE, orderId: accepted })
    expect(await levelOf(restaurant)).toMatchObject({ level: 3, reserved: 0 })
  })

  it('may stop under open orders and start again', async () => {
    const { restaurant, item, order } = await counted(5)
    const held = placedId(await order(2))
    await restaurant.done(STAFF, adjusted(item.id, { set: null }))
    expect(await levelOf(restaurant)).toBeNull()
    await order(1)
    await restaurant.done(STAFF, adjusted(item.id, { set: 3 }))
    expect(await levelOf(restaurant)).toMatchObject({ level: 3, reserved: 3 })
    await restaurant.done(guest('minsu'), { type: 'cancel-order', orderId: held, reason: null })
    expect(await levelOf(restaurant)).toMatchObject({ level: 3, reserved: 1 })
  })
})

const ACCEPTANCE = { estimatedTimeMinutes: 10, message: null, unavailableLines: [] } as const

describe('the last portions', () => {
  it('go to as many orders as there are, however many come at once', async () => {
    const { restaurant, order } = await counted(10)
    const outcomes = await Promise.all(Array.from({ length: 30 }, () => order(1)))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(10)
    expect(await levelOf(restaurant)).toMatchObject({ level: 10, reserved: 10 })
  })

  it('stay held for an order of an item that was taken off the menu', async () => {
    const { restaurant, item, order } = await counted(5)
    const held = placedId(await order(2))
    await restaurant.done(OWNER, { type: 'delete-item', itemId: item.id })
    await restaurant.done(guest('minsu'), { type: 'cancel-order', orderId: held, reason: null })
    expect(await restaurant.rows('SELECT level, reserved FROM stock')).toEqual([
      { level: 5, reserved: 0 },
    ])
  })
})
