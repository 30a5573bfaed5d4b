import { runInDurableObject } from 'cloudflare:test'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/restaurant/store/database.ts'
import { items, orders, stock } from '../../src/restaurant/store/schema.ts'
import { insertion, selection, update } from '../../src/restaurant/store/statements.ts'
import { openKitchen } from '../support/ordering.ts'

const inObject = async (
  work: (storage: DurableObjectStorage, ids: { item: string; order: string }) => void,
) => {
  const kitchen = await openKitchen()
  const order = await kitchen.place()
  await runInDurableObject(kitchen.restaurant.stub(), (_, { storage }) =>
    work(storage, { item: kitchen.item.id, order: order.id }),
  )
}

describe('statements made once from the schema', () => {
  it('read what drizzle reads, flags and documents among it', () =>
    inObject((storage, { item, order }) => {
      const db = openDatabase(storage)
      const { sql } = storage
      expect(selection(sql, items, 'id = ?')(item)).toEqual(
        db.select().from(items).where(eq(items.id, item)).get(),
      )
      expect(selection(sql, orders, 'id = ? AND status = ?')(order, 'PENDING')).toEqual(
        db.select().from(orders).where(eq(orders.id, order)).get(),
      )
      expect(selection(sql, orders, 'id = ?')('none')).toBeNull()
    }))

  it('write what drizzle reads back', () =>
    inObject((storage, { item }) => {
      const db = openDatabase(storage)
      const row = db.select().from(items).where(eq(items.id, item)).get()!
      const other = { ...row, id: 'other', number: 99, soldOut: true, tags: ['매움', "'"] }
      insertion(storage.sql, items)(other)
      expect(db.select().from(items).where(eq(items.id, 'other')).get()).toEqual(other)
      expect(db.select().from(items).where(eq(items.id, item)).get()).toEqual(row)
    }))

  it('write over what stands where they say so', () =>
    inObject((storage, { item }) => {
      const replace = insertion(
        storage.sql,
        stock,
        'ON CONFLICT (item_id) DO UPDATE SET level = excluded.level',
      )
      replace({
        itemId: item,
        level: 50,
        reserved: 7,
        lowAt: null,
        dailyPortions: null,
        portionsDay: null,
      })
      expect(selection(storage.sql, stock, 'item_id = ?')(item)).toEqual({
        itemId: item,
        level: 50,
        reserved: 1,
        lowAt: null,
        dailyPortions: null,
        portionsDay: null,
      })
    }))

  it('change one row, but not what is left out', () =>
    inObject((storage, { order }) => {
      const read = selection(storage.sql, orders, 'id = ?')
      const before = read(order)!
      const lines = before.lines.map((line) => ({ ...line, unavailableQuantity: 1 }))
      update(storage.sql, orders, ['id', 'number'])(order, {
        ...before,
        lines,
        holdExtended: true,
        message: null,
      })
      expect(read(order)).toEqual({ ...before, lines, holdExtended: true, message: null })
    }))
})
