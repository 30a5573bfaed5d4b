import { and, asc, eq, max, sql } from 'drizzle-orm'
import type { Category, MenuItem, MenuItemWithStock, StockLevel } from '../../domain/menu/menu.ts'
import type { Database } from './database.ts'
import { placeholders } from './placeholders.ts'
import { categories, items, stock, stockMovements } from './schema.ts'

interface Joined {
  items: MenuItem
  stock: StockLevel | null
}
const withStock = (row: Joined): MenuItemWithStock => ({ ...row.items, stock: row.stock })

/** Categories, items and the levels of what is counted. Deleted rows stay: numbers are never reused. */
export function createMenuStore(db: Database) {
  const joined = () => db.select().from(items).leftJoin(stock, eq(stock.itemId, items.id))
  const byIds = joined()
    .where(sql`${items.id} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`)
    .prepare()

  const stockUpsert = db
    .insert(stock)
    .values(placeholders(stock))
    .onConflictDoUpdate({
      target: stock.itemId,
      set: { level: sql`excluded.level`, reserved: sql`excluded.reserved` },
    })
    .prepare()

  return {
    categories: (): Category[] =>
      db
        .select({ id: categories.id, name: categories.name, position: categories.position })
        .from(categories)
        .where(eq(categories.deleted, false))
        .orderBy(asc(categories.position), asc(categories.id))
        .all(),
    category(id: string): Category | null {
      return (
        db
          .select({ id: categories.id, name: categories.name, position: categories.position })
          .from(categories)
          .where(and(eq(categories.id, id), eq(categories.deleted, false)))
          .get() ?? null
      )
    },
    saveCategory(category: Category & { deleted: boolean }): void {
      db.insert(categories)
        .values(category)
        .onConflictDoUpdate({ target: categories.id, set: category })
        .run()
    },
    /** Everything on the menu, in the owner's order. */
    items: (): MenuItemWithStock[] =>
      joined()
        .where(eq(items.deleted, false))
        .orderBy(asc(items.position), asc(items.number))
        .all()
        .map(withStock),
    item(id: string): MenuItemWithStock | null {
      const row = byIds.get({ ids: JSON.stringify([id]) })
      return row === undefined || row.items.deleted ? null : withStock(row)
    },
    /** The items among `ids` that exist, deleted ones too (a hold on one must still be given back). */
    itemsByIds(ids: Iterable<string>): Map<string, MenuItemWithStock> {
      const rows = byIds.all({ ids: JSON.stringify([...new Set(ids)]) })
      return new Map(rows.map((row) => [row.items.id, withStock(row)]))
    },
    nextNumber: (): number =>
      (db
        .select({ last: max(items.number) })
        .from(items)
        .get()?.last ?? 0) + 1,
    saveItem({ stock: _, ...item }: MenuItemWithStock): void {
      db.insert(items).values(item).onConflictDoUpdate({ target: items.id, set: item }).run()
    },
    saveStock(level: StockLevel): void {
      stockUpsert.run({ ...level })
    },
    /** The item is not counted any more. */
    dropStock(itemId: string): void {
      db.delete(stock).where(eq(stock.itemId, itemId)).run()
    },
    noteMovement(movement: Omit<typeof stockMovements.$inferInsert, 'id'>): void {
      db.insert(stockMovements).values(movement).run()
    },
  }
}
