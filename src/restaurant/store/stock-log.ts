import { and, desc, eq, gte, lt, type SQL } from 'drizzle-orm'
import type { MovementFilter, StockMovement } from '../../domain/stock/movement.ts'
import type { Database } from './database.ts'
import { stockMovements } from './schema.ts'
import { insertion } from './statements.ts'

/**
 * A page reads through at most so many movements, however few of them fit. An index for each filter
 * would be a row more for every item of every order that is accepted.
 */
export const MOVEMENTS_READ = 10_000

/** Every change of a level, numbered as it happened. */
export function createStockLog(db: Database, sqlite: SqlStorage) {
  const append = insertion(sqlite, stockMovements)
  const newest = (beforeId: number | null) =>
    db
      .select()
      .from(stockMovements)
      .where(beforeId === null ? undefined : lt(stockMovements.id, beforeId))
      .orderBy(desc(stockMovements.id))

  return {
    note(movements: readonly Omit<StockMovement, 'id'>[]): void {
      // Without a number SQLite gives the next.
      const unnumbered = null as unknown as number
      append(...movements.map((movement) => ({ ...movement, id: unnumbered })))
    },
    /** Newest first; `nextBefore`: where the next page goes on, null after the oldest that may fit. */
    page(
      filter: MovementFilter,
      limit: number,
      beforeId: number | null,
    ): { movements: StockMovement[]; nextBefore: number | null } {
      const read = newest(beforeId).limit(MOVEMENTS_READ).as('stock_movements')
      const movements = db
        .select()
        .from(read)
        .where(and(...conditions(filter)))
        .orderBy(desc(read.id))
        .limit(limit)
        .all()
      const last = movements.at(-1)
      if (movements.length === limit && last !== undefined)
        return { movements, nextBefore: last.id }
      const oldest = newest(beforeId)
        .limit(1)
        .offset(MOVEMENTS_READ - 1)
        .get()
      const more = oldest !== undefined && oldest.at >= (filter.from ?? -Infinity)
      return { movements, nextBefore: more ? oldest.id : null }
    },
  }
}

function conditions({ itemId, kind, by, orderId, from, before }: MovementFilter): SQL[] {
  const { at, ...fields } = stockMovements
  return [
    ...(itemId === null ? [] : [eq(fields.itemId, itemId)]),
    ...(kind === null ? [] : [eq(fields.kind, kind)]),
    ...(by === null ? [] : [eq(fields.by, by)]),
    ...(orderId === null ? [] : [eq(fields.orderId, orderId)]),
    ...(from === null ? [] : [gte(at, from)]),
    ...(before === null ? [] : [lt(at, before)]),
  ]
}
