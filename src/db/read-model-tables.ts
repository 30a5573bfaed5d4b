import { sql, type SQL } from 'drizzle-orm'
import type { drizzle } from 'drizzle-orm/d1'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { compile, given, rowsFromJson, writtenColumns } from './json-rows.ts'
import type { ReadModelRows } from './read-model-rows.ts'
import { categoryIndex, orderItems, productIndex } from './schema/catalogue.ts'
import { claimIndex, couponIndex } from './schema/coupons.ts'
import { orderIndex, restaurantIndex } from './schema/order-index.ts'

type Db = ReturnType<typeof drizzle>
/** Events only move rows forward; a rebuild also mends a row of the same number. */
export type Wins = '>' | '>='

interface Copied {
  table: SQLiteTable & Record<'epoch' | 'seq' | 'generation', SQLiteColumn>
  key: SQLiteColumn[]
  /** What no event changes: naming a column writes its indexes anew. */
  fixed: readonly string[]
}

/** The tables of the read model, and what tells their rows apart. */
export const COPIES = {
  orders: {
    table: orderIndex,
    key: [orderIndex.id],
    fixed: [
      'restaurantId',
      'userId',
      'sessionId',
      'businessDay',
      'number',
      'tableId',
      'currency',
      'placedAt',
    ],
  },
  orderItems: {
    table: orderItems,
    key: [orderItems.orderId, orderItems.itemId],
    fixed: ['restaurantId', 'placedAt'],
  },
  restaurants: { table: restaurantIndex, key: [restaurantIndex.id], fixed: [] },
  // The row's number is the table's own to give.
  products: { table: productIndex, key: [productIndex.id], fixed: ['restaurantId'] },
  categories: { table: categoryIndex, key: [categoryIndex.id], fixed: ['restaurantId'] },
  coupons: { table: couponIndex, key: [couponIndex.id], fixed: ['restaurantId', 'createdAt'] },
  claims: {
    table: claimIndex,
    key: [claimIndex.id],
    fixed: ['restaurantId', 'couponId', 'holder', 'claimedAt'],
  },
} as const satisfies Record<keyof ReadModelRows, Copied>

export type Copy = keyof typeof COPIES

/** The texts of the hot path are built once: building them anew cost more than the rest of it. */
export function writingTexts(db: Db): Record<Copy, Record<Wins, string>> {
  const texts = Object.entries(COPIES).map(([name, copied]) => [
    name,
    { '>': compile(upsert(db, copied, '>')), '>=': compile(upsert(db, copied, '>=')) },
  ])
  return Object.fromEntries(texts) as Record<Copy, Record<Wins, string>>
}

const upsert = (db: Db, { table, key, fixed }: Copied, wins: Wins) =>
  db
    .insert(table)
    .select(rowsFromJson(table))
    .onConflictDoUpdate({
      target: key,
      set: columnsToSet(table, key, wins === '>' ? fixed : []),
      setWhere: sql`(excluded.epoch, excluded.seq) ${sql.raw(wins)} (${table.epoch}, ${table.seq})`,
    })

function columnsToSet(
  table: Copied['table'],
  key: readonly SQLiteColumn[],
  fixed: readonly string[],
): Record<string, SQL> {
  const columns = Object.entries(writtenColumns(table)).filter(
    ([name, column]) =>
      name !== 'rowId' && !key.some((part) => part.name === column.name) && !fixed.includes(name),
  )
  return Object.fromEntries(
    columns.map(([name, column]) => [
      name,
      name === 'generation' ? sql`max(${table.generation}, excluded.generation)` : given(column),
    ]),
  )
}
