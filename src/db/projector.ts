import { and, eq, inArray, lt, sql, type SQL } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import { drizzle } from 'drizzle-orm/d1'
import { given, portions, selectRows } from './json-rows.ts'
import {
  latestPer,
  orderRow,
  restaurantRow,
  rowsOf,
  type OrderRow,
  type Origin,
  type RestaurantRow,
} from './read-model-rows.ts'
import type { Projector } from './repositories/ports.ts'
import { orderIndex, projectionState, restaurantIndex } from './schema/order-index.ts'
import { once, repeatable } from './unavailable.ts'

type Db = ReturnType<typeof drizzle>
type Statement = BatchItem<'sqlite'>
/** Events only move rows forward; a rebuild also mends a row of the same number. */
type Wins = '>' | '>='

/** Writes the D1 read model. */
export function createProjector(database: D1Database): Projector {
  const db = drizzle(database)
  return {
    async project(events, now) {
      if (events.length === 0) return
      const { orders, restaurants } = rowsOf(events, now)
      await inOneBatch(db, [
        ...writeOrders(db, orders, '>'),
        ...writeRestaurants(db, restaurants, '>'),
        moveStates(
          db,
          latestPer(events, (event) => event.restaurantId).map((event) => ({
            restaurantId: event.restaurantId,
            epoch: event.epoch,
            seq: event.seq,
            updatedAt: now,
            ...NEVER_REBUILT,
          })),
        ),
      ])
    },

    async states(restaurantIds) {
      const asked = sql`(SELECT value FROM json_each(${JSON.stringify(restaurantIds)}))`
      return once(() =>
        db
          .select({
            restaurantId: projectionState.restaurantId,
            epoch: projectionState.epoch,
            seq: projectionState.seq,
            updatedAt: projectionState.updatedAt,
          })
          .from(projectionState)
          .where(inArray(projectionState.restaurantId, asked))
          .all(),
      )
    },

    async writeRebuilt({ restaurant, orders, epoch, asOfSeq, generation, now }) {
      const from: Origin = { restaurantId: restaurant.id, epoch, seq: asOfSeq, generation, now }
      const rows = orders.map((view) => orderRow(view, from))
      await inOneBatch(db, [
        beginGeneration(db, from),
        ...writeOrders(db, rows, '>='),
        ...writeRestaurants(db, [restaurantRow(restaurant, from)], '>='),
        markSeen(db, rows, generation),
      ])
    },

    async sweepGenerations(restaurantId, generation, now) {
      const [swept] = await repeatable(() =>
        db.batch([
          db.delete(orderIndex).where(isGhost(restaurantId, generation)),
          catchUp(db, restaurantId, generation, now),
        ]),
      )
      return swept.meta.changes
    },
  }
}

const NEVER_REBUILT = { generation: 0, generationEpoch: 0, generationSeq: 0 }

/** Every statement here may be repeated: rows move forward or stay. */
async function inOneBatch(db: Db, statements: readonly Statement[]): Promise<void> {
  const [first, ...rest] = statements
  if (first === undefined) return
  await repeatable(() => db.batch([first, ...rest]))
}

const moves = (table: typeof orderIndex | typeof restaurantIndex, wins: Wins): SQL =>
  sql`(excluded.epoch, excluded.seq) ${sql.raw(wins)} (${table.epoch}, ${table.seq})`

const writeOrders = (db: Db, rows: readonly OrderRow[], wins: Wins): Statement[] =>
  portions(rows).map((portion) =>
    db
      .insert(orderIndex)
      .select(selectRows(orderIndex, portion))
      .onConflictDoUpdate({
        target: orderIndex.id,
        set: {
          restaurantId: given(orderIndex.restaurantId),
          userId: given(orderIndex.userId),
          sessionId: given(orderIndex.sessionId),
          status: given(orderIndex.status),
          paymentStatus: given(orderIndex.paymentStatus),
          businessDay: given(orderIndex.businessDay),
          number: given(orderIndex.number),
          tableId: given(orderIndex.tableId),
          totalAmount: given(orderIndex.totalAmount),
          currency: given(orderIndex.currency),
          placedAt: given(orderIndex.placedAt),
          state: given(orderIndex.state),
          payments: given(orderIndex.payments),
          refunds: given(orderIndex.refunds),
          epoch: given(orderIndex.epoch),
          seq: given(orderIndex.seq),
          updatedAt: given(orderIndex.updatedAt),
        },
        setWhere: moves(orderIndex, wins),
      }),
  )

const writeRestaurants = (db: Db, rows: readonly RestaurantRow[], wins: Wins): Statement[] =>
  portions(rows).map((portion) =>
    db
      .insert(restaurantIndex)
      .select(selectRows(restaurantIndex, portion))
      .onConflictDoUpdate({
        target: restaurantIndex.id,
        set: {
          name: given(restaurantIndex.name),
          settings: given(restaurantIndex.settings),
          epoch: given(restaurantIndex.epoch),
          seq: given(restaurantIndex.seq),
          generation: sql`max(${restaurantIndex.generation}, excluded.generation)`,
          updatedAt: given(restaurantIndex.updatedAt),
        },
        setWhere: moves(restaurantIndex, wins),
      }),
  )

const moveStates = (db: Db, rows: readonly (typeof projectionState.$inferInsert)[]): Statement =>
  db
    .insert(projectionState)
    .select(selectRows(projectionState, rows))
    .onConflictDoUpdate({
      target: projectionState.restaurantId,
      set: {
        epoch: given(projectionState.epoch),
        seq: given(projectionState.seq),
        updatedAt: given(projectionState.updatedAt),
      },
      setWhere: sql`(excluded.epoch, excluded.seq) > (${projectionState.epoch}, ${projectionState.seq})`,
    })

/** Notes the number of a rebuild's first page; its later pages and repeats leave it as it is. */
const beginGeneration = (db: Db, from: Origin): Statement =>
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
const markSeen = (db: Db, rows: readonly OrderRow[], generation: number): Statement =>
  db
    .update(orderIndex)
    .set({ generation })
    .where(
      and(
        inArray(
          orderIndex.id,
          sql`(SELECT value FROM json_each(${JSON.stringify(rows.map((row) => row.id))}))`,
        ),
        lt(orderIndex.generation, generation),
      ),
    )

/**
 * Not seen by the rebuild although it would have been: the row claims a number that the first page
 * already included. Orders placed while the pages were read have higher ones.
 */
const isGhost = (restaurantId: string, generation: number): SQL | undefined =>
  and(
    eq(orderIndex.restaurantId, restaurantId),
    lt(orderIndex.generation, generation),
    sql`(${orderIndex.epoch}, ${orderIndex.seq}) <= (
      SELECT ${projectionState.generationEpoch}, ${projectionState.generationSeq}
      FROM ${projectionState}
      WHERE ${projectionState.restaurantId} = ${restaurantId}
        AND ${projectionState.generation} = ${generation}
    )`,
  )

/** A finished rebuild has brought every row at least to the number that it began with. */
const catchUp = (db: Db, restaurantId: string, generation: number, now: number) =>
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
