import { eq, gt } from 'drizzle-orm'
import type { Category, MenuItemWithStock } from '../../domain/menu/menu.ts'
import type { Database } from './database.ts'
import { categories, items, stock } from './schema.ts'

/** The menu's rows in id order, removed ones too, for a rebuild of the read model. */
export function createRebuildPages(db: Database) {
  return {
    categoriesAfter: (id: string | null, limit: number): (Category & { deleted: boolean })[] =>
      db
        .select()
        .from(categories)
        .where(id === null ? undefined : gt(categories.id, id))
        .orderBy(categories.id)
        .limit(limit)
        .all(),
    itemsAfter: (id: string | null, limit: number): MenuItemWithStock[] =>
      db
        .select()
        .from(items)
        .leftJoin(stock, eq(stock.itemId, items.id))
        .where(id === null ? undefined : gt(items.id, id))
        .orderBy(items.id)
        .limit(limit)
        .all()
        .map((row) => ({ ...row.items, stock: row.stock })),
  }
}
