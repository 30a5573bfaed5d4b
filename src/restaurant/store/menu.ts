import { and, asc, count, eq, isNotNull, max, sql, type SQL } from 'drizzle-orm'
import type { Category, MenuItem, MenuItemWithStock, StockLevel } from '../../domain/menu/menu.ts'
import type { Database } from './database.ts'
import type { Memory } from './memory.ts'
import { placeholders } from './placeholders.ts'
import { categories, items, stock } from './schema.ts'
import { insertion } from './statements.ts'

interface Joined {
  items: MenuItem
  stock: StockLevel | null
}
const withStock = (row: Joined): MenuItemWithStock => ({ ...row.items, stock: row.stock })

const NO_RULES = { lowAt: null, dailyPortions: null, portionsDay: null }

/** A long menu, twice. */
const MOST_REMEMBERED = 2_000

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
export function createMenuStore(db: Database, sqlite: SqlStorage, memory: Memory) {
  const known = memory.byKey<MenuItem>(MOST_REMEMBERED)
  const levels = memory.byKey<StockLevel | null>(MOST_REMEMBERED)
  const joined = () => db.select().from(items).leftJoin(stock, eq(stock.itemId, items.id))
  const byIds = joined()
    .where(sql`${items.id} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`)
    .prepare()
  const itemUpsert = db
    .insert(items)
    .values(placeholders(items))
    .onConflictDoUpdate({ target: items.id, set: whatMayChange() })
    .prepare()
  const stockUpsert = insertion(
    sqlite,
    stock,
    `ON CONFLICT (item_id) DO UPDATE SET level = excluded.level, reserved = excluded.reserved,
      low_at = excluded.low_at, daily_portions = excluded.daily_portions,
      portions_day = excluded.portions_day`,
  )
  function remember({ items: item, stock: level }: Joined): MenuItemWithStock {
    known.set(item.id, item)
    levels.set(item.id, level)
    return { ...item, stock: level }
  }
  function itemsByIds(ids: Iterable<string>): Map<string, MenuItemWithStock> {
    const wanted = new Set(ids)
    const found = new Map<string, MenuItemWithStock>()
    for (const id of wanted) {
      const item = known.known(id)
      const level = levels.known(id)
      if (item !== undefined && level !== undefined) found.set(id, { ...item, stock: level })
    }
    const others = [...wanted].filter((id) => !found.has(id))
    if (others.length > 0)
      for (const row of byIds.all({ ids: JSON.stringify(others) }))
        found.set(row.items.id, remember(row))
    return found
  }

  return {
    /** Everything on the menu, in the owner's order. */
    items: (): MenuItemWithStock[] =>
      joined()
        .where(eq(items.deleted, false))
        .orderBy(asc(items.position), asc(items.number))
        .all()
        .map(withStock),
    item(id: string): MenuItemWithStock | null {
      const item = itemsByIds([id]).get(id)
      return item === undefined || item.deleted ? null : item
    },
    /** The items among `ids` that exist, deleted ones too (a hold on one must still be given back). */
    itemsByIds,
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
      known.forget(item.id)
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
    saveStock(changed: readonly StockLevel[]): void {
      const rows = changed.map((level) => ({ ...NO_RULES, ...level }))
      stockUpsert(...rows)
      for (const row of rows) levels.set(row.itemId, row)
    },
    /** The item is not counted any more. */
    dropStock(itemId: string): void {
      db.delete(stock).where(eq(stock.itemId, itemId)).run()
      levels.set(itemId, null)
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
