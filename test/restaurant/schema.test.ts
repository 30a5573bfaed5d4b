import { runInDurableObject } from 'cloudflare:test'
import { getTableColumns, getTableName } from 'drizzle-orm'
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core'
import { describe, expect, it } from 'vitest'
import * as schema from '../../src/restaurant/store/schema.ts'
import { openRestaurantObject } from '../support/restaurant.ts'

const tables: readonly SQLiteTable[] = Object.values(schema)

interface Column {
  name: string
  type: string
  notnull: number
  pk: number
}

describe("drizzle's picture of the object's tables", () => {
  it('names every table that the migrations make', async () => {
    const restaurant = await openRestaurantObject()
    const made = await restaurant.rows(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf_*'",
    )
    expect(made.map(({ name }) => name).sort()).toEqual(
      [...tables.map(getTableName), 'migrations'].sort(),
    )
  })

  it.each(tables.map((table) => [getTableName(table), table] as const))(
    'has the columns of %s',
    async (name, table) => {
      const restaurant = await openRestaurantObject()
      const made = await runInDurableObject(restaurant.stub(), (_, state) =>
        state.storage.sql
          .exec<Record<string, SqlStorageValue> & Column>(`PRAGMA table_info(${name})`)
          .toArray(),
      )
      const compound = getTableConfig(table).primaryKeys.flatMap(({ columns }) =>
        columns.map((column) => column.name),
      )
      const pictured = Object.values(getTableColumns(table)).map((column) => ({
        name: column.name,
        type: column.getSQLType().toUpperCase(),
        required: column.notNull,
        key: column.primary || compound.includes(column.name),
      }))
      expect(
        made.map((column) => ({
          name: column.name,
          type: column.type,
          required: column.notnull === 1 || column.pk > 0,
          key: column.pk > 0,
        })),
      ).toEqual(pictured)
    },
  )
})
