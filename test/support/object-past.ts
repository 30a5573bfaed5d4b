import type { PointInTime } from '../../src/restaurant/point-in-time.ts'

type Row = Record<string, SqlStorageValue>
export type Rows = ReadonlyMap<string, readonly Row[]>

const tablesOf = (sql: SqlStorage): string[] =>
  sql
    .exec<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf_*'",
    )
    .toArray()
    .map(({ name }) => name)

export const rowsOf = (sql: SqlStorage): Rows =>
  new Map(tablesOf(sql).map((table) => [table, sql.exec<Row>(`SELECT * FROM ${table}`).toArray()]))

export function putRows(storage: DurableObjectStorage, rows: Rows): void {
  storage.transactionSync(() => {
    for (const table of tablesOf(storage.sql)) storage.sql.exec(`DELETE FROM ${table}`)
    for (const [table, kept] of rows)
      for (const row of kept) {
        const marks = Object.keys(row).map(() => '?')
        storage.sql.exec(
          `INSERT INTO ${table} (${Object.keys(row).join()}) VALUES (${marks.join()})`,
          ...Object.values(row),
        )
      }
  })
}

const pasts = new Map<string, { at: number; rows: Rows }[]>()

export function keepPast(key: string, at: number, rows: Rows): void {
  pasts.set(key, [...(pasts.get(key) ?? []), { at, rows }])
}

/** Plays what storage does in production, where a test has kept moments; else what it does locally. */
export function pastOf(ctx: DurableObjectState, real: PointInTime): PointInTime {
  const moments = pasts.get(ctx.id.name ?? '')
  if (moments === undefined) return real
  return {
    bookmarkAt: (at) => {
      const index = moments.findLastIndex((moment) => moment.at <= at)
      return Promise.resolve(index === -1 ? null : String(index))
    },
    goBackTo: async (bookmark) => {
      putRows(ctx.storage, moments[Number(bookmark)]!.rows)
      await ctx.storage.sync()
      ctx.abort('restored to an earlier state')
    },
  }
}
