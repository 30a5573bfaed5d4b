import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { restaurantKeyOf } from '../../src/domain/ids.ts'

type Row = Record<string, SqlStorageValue>

const tablesOf = (sql: SqlStorage): string[] =>
  sql
    .exec<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf_*'",
    )
    .toArray()
    .map(({ name }) => name)

const objectOf = (restaurantId: string) => env.RESTAURANTS.getByName(restaurantKeyOf(restaurantId))

/** Everything an object has, as a restore would bring it back. */
export const copyOf = (restaurantId: string): Promise<Map<string, Row[]>> =>
  runInDurableObject(
    objectOf(restaurantId),
    (_, state) =>
      new Map(
        tablesOf(state.storage.sql).map((table) => [
          table,
          state.storage.sql.exec<Row>(`SELECT * FROM ${table}`).toArray(),
        ]),
      ),
  )

/** The object as it was then, and started anew. */
export async function putBack(restaurantId: string, copy: ReadonlyMap<string, readonly Row[]>) {
  await runInDurableObject(objectOf(restaurantId), (_, { storage }) => {
    storage.transactionSync(() => {
      for (const table of tablesOf(storage.sql)) storage.sql.exec(`DELETE FROM ${table}`)
      for (const [table, rows] of copy)
        for (const row of rows) {
          const marks = Object.keys(row).map(() => '?')
          storage.sql.exec(
            `INSERT INTO ${table} (${Object.keys(row).join()}) VALUES (${marks.join()})`,
            ...Object.values(row),
          )
        }
    })
  })
  await evictDurableObject(objectOf(restaurantId))
}
