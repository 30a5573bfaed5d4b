import { and, eq, inArray, lt, sql, type SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { compile, given, portions, rowsFromJson } from './json-rows.ts'
import {
  latestPer,
  orderRow,
  restaurantRow,
  rowsOf,
  type OrderRow,
  type Origin,
} from './read-model-rows.ts'
import type { Projector } from './repositories/ports.ts'
import { orderIndex, projectionState, restaurantIndex } from './schema/order-index.ts'
import { once, repeatable } from './unavailable.ts'

type Db = ReturnType<typeof drizzle>
/** Events only move rows forward; a rebuild also mends a row of the same number. */
type Wins = '>' | '>='

/** Writes the D1 read model. */
export function createProjector(database: D1Database): Projector {
  const db = drizzle(database)
  const texts = compiled(db)
  const write = (text: string, rows: readonly object[]): D1PreparedStatement[] =>
    portions(rows).map((json) => database.prepare(text).bind(json))
  const statement = (query: { toSQL(): { sql: string; params: unknown[] } }) => {
    const { sql: text, params } = query.toSQL()
    return database.prepare(text).bind(...params)
  }
  return {
    async project(events, now) {
      if (events.length === 0) return
      const { orders, restaurants } = rowsOf(events, now)
      const states = latestPer(events, (event) => event.restaurantId).map((event) => ({
        restaurantId: event.restaurantId,
        epoch: event.epoch,
        seq: event.seq,
        updatedAt: now,
        ...NEVER_REBUILT,
      }))
      await inOneBatch(database, [
        ...write(texts.orders['>'], orders),
        ...write(texts.restaurants['>'], restaurants),
        ...write(texts.states, states),
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
      await inOneBatch(database, [
        statement(beginGeneration(db, from)),
        ...write(texts.orders['>='], rows),
        ...write(texts.restaurants['>='], [restaurantRow(restaurant, from)]),
        statement(markSeen(db, rows, generation)),
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
async function inOneBatch(
  database: D1Database,
  statements: readonly D1PreparedStatement[],
): Promise<void> {
  await repeatable(() => database.batch([...statements]))
}

/** The texts of the hot path are built once: building them anew cost more than the rest of it. */
const compiled = (db: Db) => ({
  orders: { '>': compile(writeOrders(db, '>')), '>=': compile(writeOrders(db, '>=')) },
  restaurants: {
    '>': compile(writeRestaurants(db, '>')),
    '>=': compile(writeRestaurants(db, '>=')),
  },
  states: compile(moveStates(db)),
})

const moves = (table: typeof orderIndex | typeof restaurantIndex, wins: Wins): SQL =>
  sql`(excluded.epoch, excluded.seq) ${sql.raw(wins)} (${table.epoch}, ${table.seq})`

const writeOrders = (db: Db, wins: Wins) =>
  db
    .insert(orderIndex)
    .select(rowsFromJson(orderIndex))
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
    })

const writeRestaurants = (db: Db, wins: Wins) =>
  db
    .insert(restaurantIndex)
    .select(rowsFromJson(restaurantIndex))
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
    })

const moveStates = (db: Db) =>
  db
    .insert(projectionState)
    .select(rowsFromJson(projectionState))
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
const beginGeneration = (db: Db, from: Origin) =>
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
const markSeen = (db: Db, rows: readonly OrderRow[], generation: number) =>
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
