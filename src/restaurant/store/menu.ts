import { and, asc, count, eq, isNotNull, max, sql, type SQL } from 'drizzle-orm'
import type { Category, MenuItem, MenuItemWithStock, StockLevel } from '../../domain/menu/menu.ts'
import type { Database } from './database.ts'
import { placeholders } from './placeholders.ts'
import { categories, items, stock, stockMovements } from './schema.ts'

interface Joined {
  items: MenuItem
  stock: StockLevel | null
}
const withStock = (row: Joined): MenuItemWithStock => ({ ...row.items, stock: row.stock })

const CATEGORY = {
  id: categories.id,
  name: categories.name,
  names: categories.names,
  position: categories.position,
}

/** The parts of the menu. Deleted rows stay: an import may bring them back. */
export function createCategoryStore(db: Database) {
  return {
    categories: (): Category[] =>
      db
        .select(CATEGORY)
        .from(categories)
        .where(eq(categories.deleted, false))
        .orderBy(asc(categories.position), asc(categories.id))
        .all(),
    category(id: string): Category | null {
      return (
        db
          .select(CATEGORY)
          .from(categories)
          .where(and(eq(categories.id, id), eq(categories.deleted, false)))
          .get() ?? null
      )
    },
    /** Of the ids, those of categories that were removed. */
    removedCategories: (ids: readonly string[]): Category[] =>
      db
        .select(CATEGORY)
        .from(categories)
        .where(
          and(
            eq(categories.deleted, true),
            sql`${categories.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
          ),
        )
        .all(),
    saveCategory(category: Category & { deleted: boolean }): void {
      db.insert(categories)
        .values(category)
        .onConflictDoUpdate({ target: categories.id, set: category })
        .run()
    },
  }
}

/** Items and the levels of what is counted. Deleted rows stay: numbers are never reused. */
export function createMenuStore(db: Database) {
  const joined = () => db.select().from(items).leftJoin(stock, eq(stock.itemId, items.id))
  const byIds = joined()
    .where(sql`${items.id} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`)
    .prepare()
  const itemUpsert = db
    .insert(items)
    .values(placeholders(items))
    .onConflictDoUpdate({ target: items.id, set: whatMayChange() })
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
    /** How many items of the category are on the menu, and where the last one stands. */
    siblings(categoryId: string): { items: number; lastPosition: number | null } {
      const row = db
        .select({ items: count(), lastPosition: max(items.position) })
        .from(items)
        .where(and(eq(items.categoryId, categoryId), eq(items.deleted, false)))
        .get()
      return row ?? { items: 0, lastPosition: null }
    },
    nextNumber: (): number =>
      (db
        .select({ last: max(items.number) })
        .from(items)
        .get()?.last ?? 0) + 1,
    saveItem({ stock: _, ...item }: MenuItemWithStock): void {
      itemUpsert.run({ ...item })
    },
    /** Files that any item shows or showed. */
    images: (): Set<string> =>
      new Set(
        db
          .selectDistinct({ image: items.image })
          .from(items)
          .where(isNotNull(items.image))
          .all()
          .flatMap(({ image }) => image ?? []),
      ),
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

/** All but key and number: naming the number would rewrite its index. */
function whatMayChange(): Record<string, SQL> {
  const { id: _i, number: _n, ...rest } = placeholders(items)
  return Object.fromEntries(
    Object.keys(rest).map((field) => [
      field,
      sql.raw(`excluded.${items[field as keyof typeof rest].name}`),
    ]),
  )
}
