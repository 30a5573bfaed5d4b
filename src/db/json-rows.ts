import { getTableColumns, sql, type SQL } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'

/** D1 takes strings up to 2 MB; several rows of one order each are far below. */
const MAX_CHARS = 500_000

/** What the SQL text below takes as its one parameter. */
const NO_ROWS = '[]'

/** Without those that the database makes of the others. */
export const writtenColumns = (table: SQLiteTable): Record<string, SQLiteColumn> =>
  Object.fromEntries(
    Object.entries(getTableColumns(table)).filter(([, column]) => column.generated === undefined),
  )

/**
 * Rows as `SELECT … FROM json_each(?)`, columns in the table's order: one parameter however many rows
 * (D1 takes a hundred parameters at most). For `insert(table).select(…)`, by `compile`.
 */
export function rowsFromJson(table: SQLiteTable): SQL {
  const columns = Object.keys(writtenColumns(table)).map((name) =>
    sql.raw(`json_extract(value, '$.${name}')`),
  )
  // `WHERE true` lets SQLite tell the upsert's ON from a join's.
  return sql`SELECT ${sql.join(columns, sql`, `)} FROM json_each(${NO_ROWS}) WHERE true`
}

/** The text of a query whose one parameter is rows as JSON: built once, bound to every batch of rows. */
export function compile(query: { toSQL(): { sql: string; params: unknown[] } }): string {
  const { sql: text, params } = query.toSQL()
  if (params.length !== 1 || params[0] !== NO_ROWS)
    throw new Error(`expected rows as the one parameter of: ${text}`)
  return text
}

/** The rows as JSON in portions that each fit one parameter; a row is never split. */
export function portions(rows: readonly object[]): string[] {
  if (rows.length === 0) return []
  // Nearly always one. Made of its rows' texts, it would be copied once more.
  const whole = JSON.stringify(rows)
  if (whole.length <= MAX_CHARS) return [whole]
  const all: string[][] = []
  let size = Infinity
  for (const row of rows) {
    const text = JSON.stringify(row)
    if (size + text.length > MAX_CHARS) {
      all.push([])
      size = 0
    }
    all.at(-1)?.push(text)
    size += text.length
  }
  return all.map((texts) => `[${texts.join(',')}]`)
}

/** The given value of a column inside `ON CONFLICT DO UPDATE`. */
export const given = (column: { name: string }): SQL => sql.raw(`excluded."${column.name}"`)
