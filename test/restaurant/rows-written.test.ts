import { runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import { member, openCouponKitchen } from '../support/coupon-kitchen.ts'
import { accept, openKitchen, stocked, type Kitchen } from '../support/ordering.ts'
import { guest, orderOf, OWNER, STAFF, withItem } from '../support/restaurant.ts'

interface Ran {
  text: string
  values: unknown[]
  cursor: SqlStorageCursor<Record<string, SqlStorageValue>>
}

type Restaurant = Pick<Kitchen, 'restaurant'>

/** The statements that the work runs. */
async function statementsOf(
  { restaurant }: Restaurant,
  work: () => Promise<unknown>,
): Promise<Ran[]> {
  const ran: Ran[] = []
  const sql = await runInDurableObject(restaurant.stub(), (_, state) => {
    const prototype = Object.getPrototypeOf(state.storage.sql) as SqlStorage
    const exec = Reflect.get(prototype, 'exec') as (...all: unknown[]) => Ran['cursor']
    prototype.exec = function (this: SqlStorage, ...statement: Parameters<SqlStorage['exec']>) {
      const cursor = exec.apply(this, statement)
      const [text, ...values] = statement
      ran.push({ text, values, cursor })
      return cursor
    } as SqlStorage['exec']
    return { restore: () => Reflect.set(prototype, 'exec', exec) }
  })
  try {
    await work()
  } finally {
    sql.restore()
  }
  return ran
}

/** Rows that the work writes: what a restaurant is billed for, and most of what a command costs. */
async function rowsWritten(kitchen: Restaurant, work: () => Promise<unknown>): Promise<number> {
  const ran = await statementsOf(kitchen, work)
  return ran.reduce((sum, { cursor }) => sum + cursor.rowsWritten, 0)
}

async function atTable(settings: Parameters<typeof openKitchen>[0] = {}) {
  const kitchen = await openKitchen(settings)
  const { restaurant } = kitchen
  const items = [kitchen.item]
  for (const name of ['양념 치킨', '콜라']) {
    const { item } = await withItem(restaurant, { name })
    await restaurant.done(OWNER, stocked(item.id, 100))
    items.push(item)
  }
  await restaurant.done(OWNER, { type: 'create-table', name: 'A1' })
  const order = (who: string, key = 'k') =>
    restaurant.execute(
      guest(who),
      orderOf(
        items.map((item) => ({ itemId: item.id, quantity: 1 })),
        {
          table: { name: 'A1' },
          ...(settings.paymentPolicy === 'POSTPAID' && { paymentMethod: 'COUNTER' as const }),
        },
      ),
      { key, fingerprint: 'f' },
    )
  await order('first')
  return { kitchen, restaurant, order }
}

describe('what a command writes', () => {
  it('is at most fourteen rows for an order of three counted items at a table', async () => {
    const { kitchen, order } = await atTable()
    const rows = await rowsWritten(kitchen, () => order('second'))
    expect(rows).toBeGreaterThan(8)
    expect(rows).toBeLessThanOrEqual(14)
  })

  it('is no more where payment comes after, and nothing else waits to be published', async () => {
    const { kitchen, restaurant, order } = await atTable({
      paymentPolicy: 'POSTPAID',
      paymentMethods: ['COUNTER'],
      tableAccess: 'OPEN',
    })
    const { seq } = (await restaurant.events()).at(-1)!
    await kitchen.report({ kind: 'published', epoch: 1, fromSeq: 1, toSeq: seq })
    await kitchen.later(2_000)
    expect(await kitchen.agenda('publish')).toEqual([])
    const rows = await rowsWritten(kitchen, () => order('second'))
    expect(rows).toBeGreaterThan(8)
    expect(rows).toBeLessThanOrEqual(14)
  })

  it('takes one read and one for each thing written where the object is awake', async () => {
    const { kitchen, restaurant, order } = await atTable({
      paymentPolicy: 'POSTPAID',
      paymentMethods: ['COUNTER'],
      tableAccess: 'OPEN',
    })
    await order('second')
    const statements = await statementsOf(kitchen, () => order('third'))
    // Seen before? Then number, stock, order, its deadlines, event.
    expect(statements).toHaveLength(6)
    const reads = statements.filter(({ text }) => text.startsWith('SELECT'))
    expect(reads).toHaveLength(1)
    const [plan] = await restaurant.rows(
      `EXPLAIN QUERY PLAN ${reads[0]!.text}`,
      ...(reads[0]!.values as string[]),
    )
    expect(plan?.detail).toMatch(/COVERING INDEX orders_by_owner_and_key/)
  })

  it('takes no search through all orders or events', async () => {
    const { kitchen, restaurant, order } = await atTable()
    await restaurant.evict()
    const statements = await statementsOf(kitchen, () => order('second'))
    const plans = await Promise.all(
      statements
        .filter(({ text }) => /orders|events/.test(text))
        .map(({ text, values }) =>
          restaurant.rows(`EXPLAIN QUERY PLAN ${text}`, ...(values as string[])),
        ),
    )
    const steps = plans.flat().map(({ detail }) => String(detail))
    expect(steps).toContainEqual(expect.stringContaining('orders_by_owner_and_key'))
    expect(steps.filter((step) => step.startsWith('SCAN'))).toEqual([])
  })

  it('is not paid for by lists: those of a guest and of a day take no search either', async () => {
    const { kitchen, restaurant } = await atTable()
    const lists = await statementsOf(kitchen, async () => {
      await restaurant.read(guest('first'), { type: 'own-orders', limit: 20, beforeId: null })
      await restaurant.read(OWNER, { type: 'statistics', day: '2026-11-20' })
    })
    const steps = await Promise.all(
      lists.map(({ text, values }) =>
        restaurant.rows(`EXPLAIN QUERY PLAN ${text}`, ...(values as string[])),
      ),
    )
    const details = steps.flat().map(({ detail }) => String(detail))
    expect(details).toContainEqual(expect.stringContaining('orders_by_owner_and_key (owner=?'))
    expect(details).toContainEqual(
      expect.stringMatching(/orders USING PRIMARY KEY \(id>\? AND id</),
    )
    expect(details.filter((detail) => detail.startsWith('SCAN orders'))).toEqual([])
  })

  it('is nothing when the same order comes again', async () => {
    const { kitchen, order } = await atTable()
    expect(await rowsWritten(kitchen, () => order('first'))).toBe(0)
  })

  it('is little for the steps of the kitchen', async () => {
    const { kitchen, restaurant, order } = await atTable()
    const placed = await order('second')
    if (!placed.ok) throw new Error(placed.refusal.kind)
    const { id } = placed.value.order
    await kitchen.paid(placed.value.order, guest('second'))
    const steps = [
      accept(id),
      { type: 'ready-order', orderId: id },
      { type: 'complete-order', orderId: id },
    ] as const
    const counts: number[] = []
    for (const step of steps) {
      const rows = await rowsWritten(kitchen, () => restaurant.done<never>(STAFF, step as never))
      counts.push(rows)
    }
    const [accepting, making, serving] = counts
    // Of every counted item its level, and an entry in the log of stock.
    expect(accepting).toBeLessThanOrEqual(11)
    expect(making).toBeLessThanOrEqual(4)
    expect(serving).toBeLessThanOrEqual(4)
  })
})

describe('what coupons write', () => {
  it('is at most eight rows for a claim with its key', async () => {
    const kitchen = await openCouponKitchen()
    await kitchen.claim(member('first'), 'WELCOME', 'k')
    const rows = await rowsWritten(kitchen, () => kitchen.claim(member('ana'), 'WELCOME', 'k'))
    expect(rows).toBeGreaterThan(5)
    expect(rows).toBeLessThanOrEqual(8)
  })

  it('is at most six rows more for an order that takes one, and none for others', async () => {
    const kitchen = await openCouponKitchen()
    await kitchen.place(member('first'))
    const plain = await rowsWritten(kitchen, () => kitchen.place(member('ben')))
    const taking = await rowsWritten(kitchen, () => kitchen.placeWith(member('ana')))
    expect(taking).toBeGreaterThan(plain)
    expect(taking - plain).toBeLessThanOrEqual(6)
  })

  it('takes no search through all coupons or claims', async () => {
    const kitchen = await openCouponKitchen({ perUserLimit: 5 })
    const { restaurant } = kitchen
    await restaurant.evict()
    const ran = await statementsOf(kitchen, async () => {
      await kitchen.claim(member('ana'))
      const order = await kitchen.placeWith(member('ana'))
      await kitchen.paid(order, member('ana'))
      await restaurant.read(member('ana'), {
        type: 'own-claims',
        ...{ status: null, limit: 20, beforeId: null },
      })
      await kitchen.stats()
    })
    const plans = await Promise.all(
      ran
        .filter(({ text }) => text.includes('coupon'))
        .map(({ text, values }) =>
          restaurant.rows(`EXPLAIN QUERY PLAN ${text}`, ...(values as string[])),
        ),
    )
    const steps = plans.flat().map(({ detail }) => String(detail))
    for (const index of ['coupon_claims_by_holder', 'coupon_claims_by_coupon'])
      expect(steps).toContainEqual(expect.stringContaining(index))
    expect(steps.filter((step) => /^SCAN (coupon|claim|orders|order)/.test(step))).toEqual([])
  })
})
