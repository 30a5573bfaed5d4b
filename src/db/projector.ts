import { inArray, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { PROJECTIONS } from '../domain/rebuilding.ts'
import {
  owedDestinations,
  owingStatements,
  PARTNERS_ALONE,
  type OutgoingSettings,
} from './delivery-rows.ts'
import { arrivedStatements, feedRowStatements } from './feed-rows.ts'
import { compile, given, portions, rowsFromJson } from './json-rows.ts'
import type { Origin } from './origin.ts'
import { latestPer, restaurantRow, rowsOf, type ReadModelRows } from './read-model-rows.ts'
import { COPIES, writingTexts, type Copy, type Wins } from './read-model-tables.ts'
import { beginGeneration, catchUp, markSeen, rebuiltRows, sweeping } from './rebuilt-rows.ts'
import type { Projector } from './repositories/ports.ts'
import { projectionState } from './schema/order-index.ts'
import { once, repeatable } from './unavailable.ts'

type Db = ReturnType<typeof drizzle>

/** A statement takes half a megabyte of rows at most; more than these are several batches. */
const STATEMENTS_PER_BATCH = 24

/** Writes the D1 read model. */
export function createProjector(
  database: D1Database,
  outgoing: OutgoingSettings = PARTNERS_ALONE,
): Projector {
  const db = drizzle(database)
  const texts = writingTexts(db)
  const statesText = compile(moveStates(db))
  const write = (text: string, rows: readonly object[]): D1PreparedStatement[] =>
    portions(rows).map((json) => database.prepare(text).bind(json))
  const writeAll = (rows: ReadModelRows, wins: Wins): D1PreparedStatement[] =>
    Object.keys(COPIES).flatMap((name) => write(texts[name as Copy][wins], rows[name as Copy]))
  const statement = (query: { toSQL(): { sql: string; params: unknown[] } }) => {
    const { sql: text, params } = query.toSQL()
    return database.prepare(text).bind(...params)
  }
  return {
    async project(events, now) {
      if (events.length === 0) return []
      const states = latestPer(events, (event) => event.restaurantId).map((event) => ({
        restaurantId: event.restaurantId,
        epoch: event.epoch,
        seq: event.seq,
        updatedAt: now,
        ...NEVER_REBUILT,
      }))
      // How far the restaurant is comes last: only what is written may be counted as had.
      const written = await inBatches(
        database,
        [
          ...writeAll(rowsOf(events, now), '>'),
          ...feedRowStatements(database, events),
          ...owingStatements(database, events, now, outgoing),
        ],
        [...arrivedStatements(database, events, now), ...write(statesText, states)],
      )
      return owedDestinations(written)
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

    async writeRebuilt({ restaurant, page, epoch, asOfSeq, generation, now }) {
      const from: Origin = { restaurantId: restaurant.id, epoch, seq: asOfSeq, generation, now }
      const { rows, ids } = rebuiltRows(page, from)
      rows.restaurants = [restaurantRow(restaurant, from)]
      await inBatches(database, [
        statement(beginGeneration(db, from)),
        ...writeAll(rows, '>='),
        ...markSeen(db, page.section, ids, generation).map(statement),
      ])
      return ids.length
    },

    async sweepGenerations(restaurantId, generation, projection, now) {
      const sweeps = PROJECTIONS[projection].flatMap((section) =>
        sweeping(db, section, restaurantId, generation),
      )
      const swept = await inBatches(database, [
        ...sweeps.map(statement),
        ...(projection === 'all' ? [statement(catchUp(db, restaurantId, generation, now))] : []),
      ])
      return swept.slice(0, sweeps.length).reduce((rows, { results }) => rows + results.length, 0)
    },
  }
}

const NEVER_REBUILT = { generation: 0, generationEpoch: 0, generationSeq: 0 }

/** Every statement here may be repeated: rows move forward or stay. The last ones stand together. */
async function inBatches(
  database: D1Database,
  statements: readonly D1PreparedStatement[],
  together: readonly D1PreparedStatement[] = [],
): Promise<D1Result[]> {
  const batches: D1PreparedStatement[][] = []
  for (let at = 0; at < statements.length; at += STATEMENTS_PER_BATCH)
    batches.push(statements.slice(at, at + STATEMENTS_PER_BATCH))
  const last = batches.at(-1)
  if (last !== undefined && last.length + together.length <= STATEMENTS_PER_BATCH)
    last.push(...together)
  else if (together.length > 0) batches.push([...together])
  const results: D1Result[] = []
  for (const batch of batches) results.push(...(await repeatable(() => database.batch(batch))))
  return results
}

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
