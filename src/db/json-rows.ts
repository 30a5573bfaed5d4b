import { getTableColumns, sql, type SQL } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'

/** D1 takes strings up to 2 MB; several rows of one order each are far below. */
const MAX_CHARS = 500_000

/**
 * The rows as `SELECT … FROM json_each(?)`, columns in the table's order: one parameter however many
 * rows (D1 takes a hundred parameters at most). For `insert(table).select(…)`.
 */
export function selectRows<T extends SQLiteTable>(
  table: T,
  rows: readonly T['$inferInsert'][],
): SQL {
  const columns = Object.keys(getTableColumns(table)).map((name) =>
    sql.raw(`json_extract(value, '$.${name}')`),
  )
  // `WHERE true` lets SQLite tell the upsert's ON from a join's.
  return sql`SELECT ${sql.join(columns, sql`, `)} FROM json_each(${JSON.stringify(rows)}) WHERE true`
}

/** The rows in portions that each fit one parameter; a row is never split. */
export function portions<R>(rows: readonly R[]): R[][] {
  const all: R[][] = []
  let size = Infinity
  for (const row of rows) {
    const chars = JSON.stringify(row).length
    if (size + chars > MAX_CHARS) {
      all.push([])
      size = 0
    }
    all.at(-1)?.push(row)
    size += chars
  }
  return all
}

/** The given value of a column inside `ON CONFLICT DO UPDATE`. */
export const given = (column: { name: string }): SQL => sql.raw(`excluded."${column.name}"`)
