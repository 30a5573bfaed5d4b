import { getTableColumns, getTableName } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'

type Stored = SqlStorageValue

/** What the platform allows a statement to have. */
const MAX_PARAMETERS = 100

/** A field of the schema with its column, and how the two are made of each other. */
interface Field {
  name: string
  column: string
  quoted: string
  /** Null where a value is stored as it is. */
  toStored: ((value: unknown) => Stored) | null
  fromStored: ((stored: Stored) => unknown) | null
}

/**
 * Statements of the way that every order takes: made from the same schema as drizzle's, but once.
 * Drizzle walks through its columns at every run (decision 26).
 */
function fieldsOf(table: SQLiteTable): Field[] {
  return Object.entries(getTableColumns(table)).map(([name, column]) => {
    const mapped = column.dataType === 'json' || column.dataType === 'boolean'
    return {
      name,
      column: column.name,
      quoted: `"${column.name}"`,
      toStored: mapped ? (value) => column.mapToDriverValue(value) as Stored : null,
      fromStored: mapped ? (stored) => column.mapFromDriverValue(stored) : null,
    }
  })
}

/** Adds the values of a row to those that a statement is run with. */
function encode(fields: readonly Field[], row: object, values: Stored[]): void {
  for (const { name, toStored } of fields) {
    const value = (row as Record<string, unknown>)[name] ?? null
    values.push(toStored === null || value === null ? (value as Stored) : toStored(value))
  }
}

/** Inserts whole rows, by one statement where they are few; `onConflict` is the statement's end. */
export function insertion<T extends SQLiteTable>(
  sql: SqlStorage,
  table: T,
  onConflict = '',
): (...rows: Required<T['$inferInsert']>[]) => void {
  const fields = fieldsOf(table)
  const names = fields.map(({ quoted }) => quoted).join(', ')
  const marks = `(${fields.map(() => '?').join(', ')})`
  const most = Math.floor(MAX_PARAMETERS / fields.length)
  const texts = Array.from({ length: most + 1 }, (_, rows) => {
    const values = Array<string>(rows).fill(marks).join(', ')
    return `INSERT INTO "${getTableName(table)}" (${names}) VALUES ${values} ${onConflict}`
  })
  return (...rows) => {
    for (let at = 0; at < rows.length; at += most) {
      const some = rows.slice(at, at + most)
      const values: Stored[] = []
      for (const row of some) encode(fields, row, values)
      sql.exec(texts[some.length] ?? '', ...values)
    }
  }
}

/** Writes all fields of the row with the id but those that are named. */
export function update<T extends SQLiteTable, K extends keyof T['$inferSelect'] & string>(
  sql: SqlStorage,
  table: T,
  without: readonly K[],
): (id: string, row: Omit<T['$inferSelect'], K>) => void {
  const left: readonly string[] = without
  const fields = fieldsOf(table).filter(({ name }) => !left.includes(name))
  const settings = fields.map(({ quoted }) => `${quoted} = ?`).join(', ')
  const text = `UPDATE "${getTableName(table)}" SET ${settings} WHERE id = ?`
  return (id, row) => {
    const values: Stored[] = []
    encode(fields, row, values)
    sql.exec(text, ...values, id)
  }
}

/** The first row that fits. */
export function selection<T extends SQLiteTable>(
  sql: SqlStorage,
  table: T,
  where: string,
): (...values: string[]) => T['$inferSelect'] | null {
  const all = selectionOfAll(sql, table, where)
  return (...values) => all(...values)[0] ?? null
}

/** All rows that fit; an order may stand behind the condition. */
export function selectionOfAll<T extends SQLiteTable>(
  sql: SqlStorage,
  table: T,
  where: string,
): (...values: string[]) => T['$inferSelect'][] {
  const fields = fieldsOf(table)
  const names = fields.map(({ quoted }) => quoted).join(', ')
  const text = `SELECT ${names} FROM "${getTableName(table)}" WHERE ${where}`
  const toRow = (row: Record<string, Stored>): T['$inferSelect'] => {
    const read: Record<string, unknown> = {}
    for (const { name, column, fromStored } of fields) {
      const stored = row[column] ?? null
      read[name] = fromStored === null || stored === null ? stored : fromStored(stored)
    }
    return read
  }
  // Its iterators cost several calls into the runtime, this costs one.
  return (...values) =>
    sql
      .exec<Record<string, Stored>>(text, ...values)
      .toArray()
      .map(toRow)
}
