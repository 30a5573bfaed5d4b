import { getTableColumns, sql, type Placeholder } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'

/** A placeholder per column, for inserts that are prepared once and run with a whole row. */
export function placeholders<T extends SQLiteTable>(
  table: T,
): { [K in keyof T['$inferInsert']]-?: Placeholder } {
  return Object.fromEntries(
    Object.keys(getTableColumns(table)).map((name) => [name, sql.placeholder(name)]),
  ) as { [K in keyof T['$inferInsert']]-?: Placeholder }
}
