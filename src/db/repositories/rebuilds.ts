import { and, asc, count, eq, gt, inArray, isNull, lt, max, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { auditEntries } from '../schema/administration.ts'
import { rebuildRestaurants, rebuildRuns } from '../schema/rebuilds.ts'
import { restaurants } from '../schema/restaurants.ts'
import { once, repeatable } from '../unavailable.ts'
import { auditStatementWhere, there } from './audit-rows.ts'
import type { RebuildRepository, RebuildRun } from './ports.ts'

type Db = ReturnType<typeof drizzle>

/** Runs of rebuilding and how far each restaurant of them is, in D1. */
export function createRebuildRepository(database: D1Database): RebuildRepository {
  const db = drizzle(database)
  return { ...runs(db), ...firstPages(db), ...steps(db) }
}

/** `movedAt` of what waits for its first message: longer ago than anything, so the cron takes it too. */
const UNSENT = 0

const STEP = {
  rebuildId: rebuildRestaurants.runId,
  restaurantId: rebuildRestaurants.restaurantId,
  afterId: rebuildRestaurants.afterId,
}

function runs(db: Db): Pick<RebuildRepository, 'start' | 'byId'> {
  const byId = async (id: string): Promise<RebuildRun | null> => {
    const row = await once(() =>
      db
        .select({
          id: rebuildRuns.id,
          projection: rebuildRuns.projection,
          generation: rebuildRuns.generation,
          startedAt: rebuildRuns.startedAt,
          restaurantsTotal: count(rebuildRestaurants.restaurantId),
          restaurantsDone: count(rebuildRestaurants.doneAt),
          rowsWritten: sql<number>`coalesce(sum(${rebuildRestaurants.rowsWritten}), 0)`,
          rowsSwept: sql<number>`coalesce(sum(${rebuildRestaurants.rowsSwept}), 0)`,
          lastDoneAt: max(rebuildRestaurants.doneAt),
        })
        .from(rebuildRuns)
        .leftJoin(rebuildRestaurants, eq(rebuildRestaurants.runId, rebuildRuns.id))
        .where(eq(rebuildRuns.id, id))
        .groupBy(rebuildRuns.id)
        .get(),
    )
    if (row === undefined) return null
    const { lastDoneAt, ...run } = row
    return run.restaurantsDone < run.restaurantsTotal
      ? { ...run, state: 'RUNNING', finishedAt: null }
      : { ...run, state: 'DONE', finishedAt: lastDoneAt ?? run.startedAt }
  }
  return {
    byId,

    async start(id, projection, now, { restaurantId, audit }) {
      const generation = sql<number>`(SELECT coalesce(max(generation), 0) + 1 FROM rebuild_runs)`
      const told = and(eq(auditEntries.subject, 'projection'), eq(auditEntries.subjectId, id))
      await repeatable(() =>
        db.batch([
          db
            .insert(rebuildRuns)
            .values({ id, projection, generation, startedAt: now })
            .onConflictDoNothing(),
          db
            .insert(rebuildRestaurants)
            .select(
              sql`SELECT ${id}, ${restaurants.id}, NULL, 0, 0, ${UNSENT}, NULL FROM ${restaurants}
                WHERE ${restaurants.initializedAt} IS NOT NULL
                AND (${restaurantId} IS NULL OR ${restaurants.id} = ${restaurantId})`,
            )
            .onConflictDoNothing(),
          // A run is told of once, however often it is asked for.
          ...(audit ? [auditStatementWhere(db, audit, sql`NOT ${there(auditEntries, told)}`)] : []),
        ]),
      )
      const run = await byId(id)
      if (run === null) throw new Error(`rebuild ${id} was not stored`)
      return run
    },
  }
}

function firstPages(db: Db): Pick<RebuildRepository, 'takeUnsent' | 'noteSent'> {
  return {
    async takeUnsent(id, afterRestaurantId, limit, takenAt) {
      const unsent = db
        .select({ restaurantId: rebuildRestaurants.restaurantId })
        .from(rebuildRestaurants)
        .where(
          and(
            eq(rebuildRestaurants.runId, id),
            gt(rebuildRestaurants.restaurantId, afterRestaurantId ?? ''),
            eq(rebuildRestaurants.movedAt, UNSENT),
          ),
        )
        .orderBy(asc(rebuildRestaurants.restaurantId))
        .limit(limit)
      const taken = await once(() =>
        db
          .update(rebuildRestaurants)
          .set({ movedAt: takenAt })
          .where(
            and(eq(rebuildRestaurants.runId, id), inArray(rebuildRestaurants.restaurantId, unsent)),
          )
          .returning(STEP)
          .all(),
      )
      return taken.toSorted((a, b) => (a.restaurantId < b.restaurantId ? -1 : 1))
    },

    async noteSent(id, takenAt, now) {
      const unmoved = and(eq(rebuildRestaurants.runId, id), eq(rebuildRestaurants.movedAt, takenAt))
      await repeatable(() =>
        db.update(rebuildRestaurants).set({ movedAt: now }).where(unmoved).run(),
      )
    },
  }
}

function steps(db: Db): Pick<RebuildRepository, 'takeStalled' | 'advance' | 'owed'> {
  return {
    async takeStalled({ movedBefore, startedAfter }, limit, now) {
      const stalled = db
        .select({ rowid: sql`rebuild_restaurants.rowid` })
        .from(rebuildRestaurants)
        .innerJoin(rebuildRuns, eq(rebuildRuns.id, rebuildRestaurants.runId))
        .where(
          and(
            isNull(rebuildRestaurants.doneAt),
            lt(rebuildRestaurants.movedAt, movedBefore),
            gt(rebuildRuns.startedAt, startedAfter),
          ),
        )
        .orderBy(asc(rebuildRestaurants.movedAt))
        .limit(limit)
      return once(() =>
        db
          .update(rebuildRestaurants)
          .set({ movedAt: now })
          .where(inArray(sql`rowid`, stalled))
          .returning(STEP)
          .all(),
      )
    },

    async advance({ rebuildId, restaurantId, afterId }, { rowsWritten, rowsSwept, next }, now) {
      await repeatable(() =>
        db
          .update(rebuildRestaurants)
          .set({
            afterId: next,
            rowsWritten: sql`${rebuildRestaurants.rowsWritten} + ${rowsWritten}`,
            rowsSwept: sql`${rebuildRestaurants.rowsSwept} + ${rowsSwept}`,
            movedAt: now,
            doneAt: next === null ? now : null,
          })
          .where(
            and(
              eq(rebuildRestaurants.runId, rebuildId),
              eq(rebuildRestaurants.restaurantId, restaurantId),
              // Only from the page it is at: a repeat finds it moved on.
              sql`${rebuildRestaurants.afterId} IS ${afterId}`,
              isNull(rebuildRestaurants.doneAt),
            ),
          )
          .run(),
      )
    },

    async owed(rebuildId, restaurantId) {
      const row = await once(() =>
        db
          .select(STEP)
          .from(rebuildRestaurants)
          .where(
            and(
              eq(rebuildRestaurants.runId, rebuildId),
              eq(rebuildRestaurants.restaurantId, restaurantId),
              isNull(rebuildRestaurants.doneAt),
            ),
          )
          .get(),
      )
      return row ?? null
    },
  }
}
