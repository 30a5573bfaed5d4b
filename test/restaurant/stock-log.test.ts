import { describe, expect, it } from 'vitest'
import type { Queries } from '../../src/domain/queries.ts'
import { MOVEMENTS_READ } from '../../src/restaurant/store/stock-log.ts'
import {
  accept,
  cancel,
  MINUTE,
  openKitchen,
  POSTPAID,
  reject,
  stocked,
} from '../support/ordering.ts'
import { OWNER, STAFF, withItem } from '../support/restaurant.ts'

const COUNTER = { paymentMethod: 'COUNTER' } as const
type Filter = Queries['stock-movements']['input']['filter']
const ANY: Filter = { itemId: null, kind: null, by: null, orderId: null, from: null, before: null }

async function logged(level = 50) {
  const kitchen = await openKitchen({ ...POSTPAID, acceptDeadlineSeconds: 600 }, level)
  const { restaurant, item, minsu } = kitchen
  const page = (filter: Partial<Filter> = {}, limit = 100, beforeId: number | null = null) =>
    restaurant.read(STAFF, {
      type: 'stock-movements',
      filter: { ...ANY, ...filter },
      limit,
      beforeId,
    })
  return {
    ...kitchen,
    page,
    /** Kind, before and after, newest first. */
    moves: async (filter: Partial<Filter> = {}) =>
      (await page(filter)).movements.map((made) => [made.kind, made.levelBefore, made.levelAfter]),
    order: (quantity: number) => kitchen.place(minsu, quantity, COUNTER),
    adjust: (delta: number) =>
      restaurant.done(OWNER, {
        type: 'adjust-stock',
        itemId: item.id,
        change: { delta },
        reason: '폐기',
      }),
  }
}

describe('the log of stock', () => {
  it('has what was sold: to which order, and who accepted it', async () => {
    const { restaurant, order, page, item } = await logged()
    const { id: orderId, number: reason } = await order(3)
    await restaurant.done(STAFF, accept(orderId))
    const { movements, nextBefore } = await page()
    expect(movements[0]).toEqual({
      id: 2,
      itemId: item.id,
      itemName: '후라이드 치킨',
      at: restaurant.now(),
      by: 'staff',
      kind: 'SOLD',
      reason,
      orderId,
      levelBefore: 50,
      levelAfter: 47,
    })
    expect(nextBefore).toBeNull()
  })

  it('has nothing of what was only held', async () => {
    const { restaurant, order, moves, minsu } = await logged()
    await restaurant.done(minsu, cancel((await order(3)).id))
    await restaurant.done(STAFF, reject((await order(2)).id))
    await order(1)
    expect(await moves()).toEqual([['ADJUSTED', null, 50]])
  })

  it('has of an order with lines taken out what was made', async () => {
    const { restaurant, order, moves } = await logged()
    const { id, lines } = await order(5)
    const [line] = lines
    await restaurant.done(
      STAFF,
      accept(id, { unavailableLines: [{ lineId: line!.id, quantity: 2 }] }),
    )
    expect(await moves({ kind: 'SOLD' })).toEqual([['SOLD', 50, 47]])
  })

  it('has the lines of one dish as one, and each dish by itself', async () => {
    const { restaurant, minsu, item, page } = await logged()
    const { item: cola } = await withItem(restaurant, { name: '콜라' })
    const { item: water } = await withItem(restaurant, { name: '물' })
    await restaurant.done(STAFF, stocked(cola.id, 10))
    const line = (itemId: string, quantity: number) => ({ itemId, quantity, options: [] })
    const { order } = await restaurant.done(minsu, {
      type: 'place-order',
      table: null,
      lines: [line(item.id, 1), line(cola.id, 2), line(water.id, 1), line(item.id, 3)],
      paymentMethod: 'COUNTER',
      expectedTotal: null,
      specialRequests: null,
    })
    await restaurant.done(STAFF, accept(order.id))
    const { movements } = await page({ orderId: order.id })
    expect(movements.map(({ itemName, levelAfter }) => [itemName, levelAfter])).toEqual([
      ['콜라', 8],
      ['후라이드 치킨', 46],
    ])
  })

  it('says that the deadline accepted it', async () => {
    const { restaurant, order, page, later } = await logged()
    await restaurant.done(OWNER, {
      type: 'edit-restaurant',
      changes: { acceptDeadlineOutcome: 'AUTO_ACCEPT' },
    })
    await order(1)
    await later(11 * MINUTE)
    expect((await page({ by: 'system' })).movements).toMatchObject([{ kind: 'SOLD', by: 'system' }])
  })

  it('has nothing of what is not counted', async () => {
    const { restaurant, order, item, moves } = await logged()
    await restaurant.done(STAFF, stocked(item.id, null))
    await restaurant.done(STAFF, accept((await order(3)).id))
    expect(await moves()).toEqual([
      ['ADJUSTED', 50, null],
      ['ADJUSTED', null, 50],
    ])
  })
})

describe('a page of the log', () => {
  it('is what fits all the filters', async () => {
    const { restaurant, order, adjust, moves, item } = await logged()
    const { item: cola } = await withItem(restaurant, { name: '콜라' })
    await restaurant.done(STAFF, stocked(cola.id, 10))
    restaurant.passes(MINUTE)
    const from = restaurant.now()
    await adjust(-1)
    const { id: orderId } = await order(2)
    await restaurant.done(STAFF, accept(orderId))
    const before = restaurant.now()
    restaurant.passes(MINUTE)
    await adjust(5)
    const [up, sold, down, colas, first] = await moves()
    expect([up, sold, down, colas, first]).toEqual([
      ['ADJUSTED', 47, 52],
      ['SOLD', 49, 47],
      ['ADJUSTED', 50, 49],
      ['ADJUSTED', null, 10],
      ['ADJUSTED', null, 50],
    ])
    expect(await moves({ itemId: item.id })).toEqual([up, sold, down, first])
    expect(await moves({ itemId: cola.id })).toEqual([colas])
    expect(await moves({ kind: 'SOLD' })).toEqual([sold])
    expect(await moves({ orderId })).toEqual([sold])
    expect(await moves({ by: 'owner' })).toEqual([up, down, first])
    expect(await moves({ from })).toEqual([up, sold, down])
    expect(await moves({ before })).toEqual([down, colas, first])
    expect(await moves({ by: 'owner', from, before, itemId: item.id })).toEqual([down])
    expect(await moves({ by: 'nobody' })).toEqual([])
  })

  it('goes on where the one before ended, while new ones come', async () => {
    const { adjust, page } = await logged()
    for (let n = 0; n < 10; n += 1) await adjust(-1)
    const seen: number[] = []
    let beforeId: number | null = null
    do {
      const { movements, nextBefore } = await page({}, 3, beforeId)
      seen.push(...movements.map(({ id }) => id))
      beforeId = nextBefore
      if (seen.length < 5) await adjust(1)
    } while (beforeId !== null)
    expect(seen).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
  })

  it('reads so many at most, and says where it goes on', async () => {
    const { restaurant, tamper, page, item } = await logged()
    await tamper(
      `INSERT INTO stock_movements (item_id, at, by, reason, level_before, level_after, kind)
       WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
       SELECT ?, ?, 'staff', '', 1, 1, 'ADJUSTED' FROM n`,
      MOVEMENTS_READ + 10,
      item.id,
      restaurant.now(),
    )
    const first = await page({ by: 'owner' }, 20)
    expect(first.movements).toEqual([])
    expect(first.nextBefore).toBe(12)
    const second = await page({ by: 'owner' }, 20, first.nextBefore)
    expect(second).toMatchObject({ movements: [{ id: 1 }], nextBefore: null })
    // Older ones than those that were read cannot be of that time.
    const later = { by: 'owner', from: restaurant.now() + 1 }
    expect((await page(later, 20)).nextBefore).toBeNull()
  })

  it('knows no dish of another restaurant', async () => {
    const { restaurant } = await logged()
    const { item: others } = await logged()
    for (const type of ['stock-movements', 'stock-levels'] as const) {
      const filter = { ...ANY, itemId: others.id }
      const wanted = { type, filter, itemId: others.id, limit: 10, beforeId: null } as const
      expect(await restaurant.query(STAFF, wanted)).toEqual({
        ok: false,
        refusal: { kind: 'NOT_FOUND', what: 'item' },
      })
    }
  })
})
