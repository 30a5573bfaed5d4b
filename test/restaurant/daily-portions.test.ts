import { describe, expect, it } from 'vitest'
import type { RestaurantSettings } from '../../src/domain/restaurant/settings.ts'
import {
  accept,
  DAY,
  HOUR,
  MINUTE,
  openKitchen,
  POSTPAID,
  stocked,
  type Kitchen,
} from '../support/ordering.ts'
import { OWNER, STAFF, withItem } from '../support/restaurant.ts'

const COUNTER = { paymentMethod: 'COUNTER' } as const
/** From noon to the cut-off of the next business day. */
const TO_MORNING = 17 * HOUR

/** Twenty portions a day of the one dish, of which `level` are there today. */
async function daily(settings: Partial<RestaurantSettings> = {}, level = 20) {
  const kitchen = await openKitchen(
    { ...POSTPAID, acceptDeadlineSeconds: 86_400, ...settings },
    level,
  )
  const { restaurant, item } = kitchen
  const rules = (changes: { lowAt?: number | null; dailyPortions?: number | null }) =>
    restaurant.done(STAFF, { type: 'edit-stock-rules', itemId: item.id, changes })
  await rules({ dailyPortions: 20 })
  return {
    ...kitchen,
    rules,
    order: (quantity: number) => kitchen.place(kitchen.minsu, quantity, COUNTER),
    days: () =>
      restaurant.rows(
        "SELECT at, by, reason, level_before, level_after FROM stock_movements WHERE kind = 'DAILY'",
      ),
  }
}

const dueOf = async ({ agenda }: Pick<Kitchen, 'agenda'>) =>
  (await agenda('daily-portions')).map(({ due }) => due)

describe('daily portions', () => {
  it('leave what there is today as it was counted', async () => {
    const { stock, days } = await daily({}, 7)
    expect(await stock()).toEqual({ level: 7, reserved: 0 })
    expect(await days()).toEqual([])
  })

  it('are there from the cut-off on, before the first command that comes then', async () => {
    const { restaurant, order, stock, days } = await daily({}, 3)
    await restaurant.done(STAFF, accept((await order(3)).id))
    restaurant.passes(TO_MORNING - 3)
    await expect(order(1)).rejects.toThrow('OUT_OF_STOCK')
    // Each order is placed a millisecond later.
    await order(20)
    expect(await stock()).toEqual({ level: 20, reserved: 20 })
    expect(await days()).toEqual([
      {
        at: restaurant.now(),
        by: 'system',
        reason: '2026-11-21',
        level_before: 0,
        level_after: 20,
      },
    ])
  })

  it('come by the alarm alone, into an object that slept', async () => {
    const { restaurant, order, stock } = await daily({}, 3)
    await restaurant.done(STAFF, accept((await order(2)).id))
    restaurant.passes(TO_MORNING)
    await restaurant.evict()
    expect(await restaurant.ringAlarm()).toBe(true)
    expect(await stock()).toEqual({ level: 20, reserved: 0 })
  })

  it('come once a day, however often the object wakes', async () => {
    const { restaurant, order, stock, days, later } = await daily()
    await later(TO_MORNING)
    await restaurant.done(STAFF, accept((await order(5)).id))
    for (let look = 0; look < 4; look += 1) {
      await restaurant.evict()
      await restaurant.ringAlarm()
      await later(HOUR)
    }
    expect(await stock()).toEqual({ level: 15, reserved: 0 })
    expect(await days()).toHaveLength(1)
  })

  it('of days that were slept through never were', async () => {
    const { restaurant, stock, days, later } = await daily({}, 4)
    await restaurant.evict()
    await later(5 * DAY)
    expect(await stock()).toEqual({ level: 20, reserved: 0 })
    expect(await days()).toMatchObject([{ reason: '2026-11-25', level_before: 4 }])
  })

  it('include what orders of the day before still hold', async () => {
    const { restaurant, order, stock, later } = await daily({}, 8)
    const held = await order(6)
    await later(TO_MORNING)
    expect(await stock()).toEqual({ level: 20, reserved: 6 })
    await restaurant.done(STAFF, accept(held.id))
    expect(await stock()).toEqual({ level: 14, reserved: 0 })
  })

  it('never fall below what is held', async () => {
    const { order, stock, later } = await daily({}, 30)
    await order(30)
    await later(TO_MORNING)
    expect(await stock()).toEqual({ level: 30, reserved: 30 })
  })

  it('bring a sold-out dish back, and tell everyone', async () => {
    const { restaurant, order, later, item } = await daily({}, 2)
    await restaurant.done(STAFF, accept((await order(2)).id))
    const { seq } = (await restaurant.events()).at(-1)!
    await later(TO_MORNING)
    expect(await restaurant.events(seq)).toMatchObject([
      { type: 'MENU_CHANGED', subject: { item: { id: item.id, stock: { level: 20 } } } },
    ])
  })

  it('do not undo a mark that staff made', async () => {
    const { restaurant, item, later } = await daily({}, 2)
    await restaurant.done(STAFF, {
      type: 'mark-sold-out',
      itemId: item.id,
      soldOut: true,
      until: null,
    })
    await later(TO_MORNING)
    const { soldOut, stock } = await restaurant.read(STAFF, { type: 'item', itemId: item.id })
    expect([soldOut, stock?.level]).toEqual([true, 20])
  })

  it('are not given to a dish that is off the menu, but once it is back', async () => {
    const kitchen = await daily({}, 2)
    const { restaurant, item, later, stock } = kitchen
    await restaurant.done(OWNER, { type: 'delete-item', itemId: item.id })
    await later(TO_MORNING)
    expect(await stock()).toEqual({ level: 2, reserved: 0 })
    expect(await dueOf(kitchen)).toEqual([])
    const { options: _, image: __, ...back } = item
    const categories = [{ name: '치킨', names: {}, items: [{ ...back, options: [], image: null }] }]
    await restaurant.done(OWNER, {
      type: 'import-menu',
      mode: 'merge',
      document: { currency: null, categories },
    })
    expect(await stock()).toEqual({ level: 20, reserved: 0 })
  })
})

describe('what waits for the morning', () => {
  it('is entered once, and only while some dish has daily portions', async () => {
    const kitchen = await daily()
    const { restaurant, item, rules } = kitchen
    const morning = restaurant.now() + TO_MORNING
    expect(await dueOf(kitchen)).toEqual([morning])
    const { item: other } = await withItem(restaurant, { name: '콜라' })
    await restaurant.done(STAFF, stocked(other.id, 5))
    const changes = { dailyPortions: 50 }
    await restaurant.done(STAFF, { type: 'edit-stock-rules', itemId: other.id, changes })
    await rules({ dailyPortions: null })
    expect(await dueOf(kitchen)).toEqual([morning])
    await restaurant.done(STAFF, stocked(other.id, null))
    expect(await dueOf(kitchen)).toEqual([])
    expect(await restaurant.read(STAFF, { type: 'stock-levels', itemId: item.id })).toMatchObject([
      { stock: { dailyPortions: null, portionsDay: null } },
    ])
  })

  it('follows the cut-off and the zone', async () => {
    const kitchen = await daily()
    const { restaurant } = kitchen
    const edit = (changes: Partial<RestaurantSettings>) =>
      restaurant.done(OWNER, { type: 'edit-restaurant', changes })
    await edit({ businessDayCutoffHour: 3 })
    expect(await dueOf(kitchen)).toEqual([restaurant.now() + TO_MORNING - 2 * HOUR])
    await edit({ timezone: 'Asia/Tokyo' })
    expect(await dueOf(kitchen)).toEqual([restaurant.now() + TO_MORNING - 2 * HOUR])
    await edit({ timezone: 'Asia/Bangkok' })
    expect(await dueOf(kitchen)).toEqual([restaurant.now() + TO_MORNING])
  })

  it('has come already where another cut-off says that a new day runs', async () => {
    const { restaurant, stock, days } = await daily({ businessDayCutoffHour: 13 }, 3)
    await restaurant.done(OWNER, {
      type: 'edit-restaurant',
      changes: { businessDayCutoffHour: 5 },
    })
    expect(await stock()).toEqual({ level: 20, reserved: 0 })
    expect(await days()).toMatchObject([{ reason: '2026-11-20' }])
  })

  it('does not come twice for a day that is made to begin once more', async () => {
    const { restaurant, order, stock, days, later } = await daily()
    await later(TO_MORNING)
    await restaurant.done(STAFF, accept((await order(5)).id))
    const edit = (businessDayCutoffHour: number) =>
      restaurant.done(OWNER, { type: 'edit-restaurant', changes: { businessDayCutoffHour } })
    await edit(8)
    await later(4 * HOUR)
    await edit(5)
    await later(MINUTE)
    expect(await stock()).toEqual({ level: 15, reserved: 0 })
    expect(await days()).toHaveLength(1)
  })

  it.each([
    // Berlin: 2:00 does not come on 28 March 2027; 2:00 comes twice on 31 October.
    ['skipped', Date.UTC(2027, 2, 27, 11), Date.UTC(2027, 2, 28, 1)],
    ['shown twice', Date.UTC(2027, 9, 30, 10), Date.UTC(2027, 9, 31, 0)],
  ])('comes once in a night in which the cut-off is %s', async (_, noon, morning) => {
    const kitchen = await daily({ timezone: 'Europe/Berlin', businessDayCutoffHour: 2 }, 3)
    const { restaurant, rules, later, days } = kitchen
    await later(noon - restaurant.now())
    await rules({ dailyPortions: 21 })
    const before = (await days()).length
    expect(await dueOf(kitchen)).toEqual([morning])
    await later(morning - restaurant.now() - 1)
    expect(await days()).toHaveLength(before)
    for (let minutes = 0; minutes < 180; minutes += 40) await later(minutes === 0 ? 1 : 40 * MINUTE)
    expect(await days()).toHaveLength(before + 1)
  })
})
