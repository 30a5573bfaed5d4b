import { and, eq, inArray, lt, sql, type SQL } from 'drizzle-orm'
import type { drizzle } from 'drizzle-orm/d1'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { RebuildRows, RebuildSection } from '../domain/rebuilding.ts'
import { categoryRow, productRow } from './catalogue-rows.ts'
import { claimRow, couponRow } from './coupon-rows.ts'
import { given } from './json-rows.ts'
import { orderItemRows } from './order-item-rows.ts'
import type { Origin } from './origin.ts'
import { noRows, orderRow, type ReadModelRows } from './read-model-rows.ts'
import { categoryIndex, orderItems, productIndex } from './schema/catalogue.ts'
import { claimIndex, couponIndex } from './schema/coupons.ts'
import { orderIndex, projectionState } from './schema/order-index.ts'

type Db = ReturnType<typeof drizzle>

interface Swept {
  table: SQLiteTable &
    Record<'restaurantId' | 'epoch' | 'seq' | 'generation' | 'updatedAt', SQLiteColumn>
  /** Holds the ids that a page is made of. */
  id: SQLiteColumn
}

const SWEPT: Record<RebuildSection, readonly Swept[]> = {
  orders: [
    { table: orderIndex, id: orderIndex.id },
    { table: orderItems, id: orderItems.orderId },
  ],
  categories: [{ table: categoryIndex, id: categoryIndex.id }],
  items: [{ table: productIndex, id: productIndex.id }],
  coupons: [{ table: couponIndex, id: couponIndex.id }],
  claims: [{ table: claimIndex, id: claimIndex.id }],
}

/** The page as rows, and the ids that it is made of. */
export function rebuiltRows(
  page: RebuildRows,
  from: Origin,
): { rows: ReadModelRows; ids: string[] } {
  const rows = noRows()
  switch (page.section) {
    case 'orders':
      rows.orders = page.orders.map((view) => orderRow(view, from))
      rows.orderItems = page.orders.flatMap(({ order }) => orderItemRows(order, from))
      return { rows, ids: rows.orders.map(({ id }) => id) }
    case 'categories':
      rows.categories = page.categories.map((category) => categoryRow(category, from))
      return { rows, ids: rows.categories.map(({ id }) => id) }
    case 'items':
      rows.products = page.items.map((item) => productRow(item, from))
      return { rows, ids: rows.products.map(({ id }) => id) }
    case 'coupons':
      rows.coupons = page.coupons.map((coupon) => couponRow(coupon, from))
      return { rows, ids: rows.coupons.map(({ id }) => id) }
    case 'claims':
      rows.claims = page.claims.map((claim) => claimRow(claim, from))
      return { rows, ids: rows.claims.map(({ id }) => id) }
  }
}

/** Notes the number of a rebuild's first page; its later pages and repeats leave it as it is. */
export const beginGeneration = (db: Db, from: Origin) =>
  db
    .insert(projectionState)
    .values({
      restaurantId: from.restaurantId,
      epoch: from.epoch,
      seq: 0,
      updatedAt: from.now,
      generation: from.generation,
      generationEpoch: from.epoch,
      generationSeq: from.seq,
    })
    .onConflictDoUpdate({
      target: projectionState.restaurantId,
      set: {
        generation: given(projectionState.generation),
        generationEpoch: given(projectionState.generationEpoch),
        generationSeq: given(projectionState.generationSeq),
      },
      setWhere: sql`excluded.generation > ${projectionState.generation}`,
    })

/** Rows that an event has moved further meanwhile were seen all the same: the sweep spares them. */
export const markSeen = (
  db: Db,
  section: RebuildSection,
  ids: readonly string[],
  generation: number,
) =>
  SWEPT[section].map(({ table, id }) =>
    db
      .update(table)
      .set({ generation: sql`${generation}` })
      .where(
        and(
          inArray(id, sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`),
          lt(table.generation, generation),
        ),
      ),
  )

/** Removes what the rebuild did not see, and gives what it removed: counts would hold triggers' rows too. */
export const sweeping = (
  db: Db,
  section: RebuildSection,
  restaurantId: string,
  generation: number,
) =>
  SWEPT[section].map(({ table }) =>
    db
      .delete(table)
      .where(isGhost(table, restaurantId, generation))
      .returning({ generation: table.generation }),
  )

/**
 * Not seen by the rebuild although it would have been: the row claims a number that the first page
 * already included. What came in while the pages were read has higher ones.
 */
const isGhost = (
  table: Swept['table'],
  restaurantId: string,
  generation: number,
): SQL | undefined =>
  and(
    eq(table.restaurantId, restaurantId),
    lt(table.generation, generation),
    sql`(${table.epoch}, ${table.seq}) <= (
      SELECT ${projectionState.generationEpoch}, ${projectionState.generationSeq}
      FROM ${projectionState}
      WHERE ${projectionState.restaurantId} = ${restaurantId}
        AND ${projectionState.generation} = ${generation}
    )`,
  )

/** A finished rebuild of everything has brought every row at least to the number that it began with. */
export const catchUp = (db: Db, restaurantId: string, generation: number, now: number) =>
  db
    .update(projectionState)
    .set({
      epoch: projectionState.generationEpoch,
      seq: projectionState.generationSeq,
      updatedAt: now,
    })
    .where(
      and(
        eq(projectionState.restaurantId, restaurantId),
        eq(projectionState.generation, generation),
        sql`(${projectionState.generationEpoch}, ${projectionState.generationSeq})
          > (${projectionState.epoch}, ${projectionState.seq})`,
      ),
    )
