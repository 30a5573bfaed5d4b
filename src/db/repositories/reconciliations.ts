import { and, asc, count, desc, eq, isNull, lt, max, or, sql, type SQL } from 'drizzle-orm'
import { drizzle, type DrizzleD1Database } from 'drizzle-orm/d1'
import type { ReconciliationRun } from '../../domain/reconciliation/run.ts'
import {
  reconciliationDifferences as differences,
  reconciliationRuns as runs,
} from '../schema/reconciliation.ts'
import { once, repeatable } from '../unavailable.ts'
import { auditStatementWhere, there } from './audit-rows.ts'
import type { ReconciliationRepository } from './reconciliation-ports.ts'
import type { Versioned } from './wallet-ports.ts'

type Db = DrizzleD1Database
type Row = typeof runs.$inferSelect

/** Runs of reconciliation and what they have found, in D1. */
export function createReconciliations(database: D1Database): ReconciliationRepository {
  const db = drizzle(database)
  return { ...runWriting(db), ...runReading(db), ...found(db) }
}

const stateOf = (row: Row): Versioned<ReconciliationRun> => {
  const { version, command: _, ...state } = row
  return { state, version }
}

function runWriting(db: Db): Pick<ReconciliationRepository, 'start' | 'advance' | 'sweep'> {
  return {
    async start(run, command, audit) {
      const values = { ...run, command, version: 1 }
      const underWay = and(eq(runs.kind, run.kind), isNull(runs.finishedAt))
      const [, standing] = await repeatable(() =>
        db.batch([
          db.insert(runs).values(values).onConflictDoNothing(),
          db
            .select()
            .from(runs)
            .where(command === null ? underWay : or(eq(runs.command, command), underWay)),
          ...(audit ? [auditStatementWhere(db, audit, there(runs, eq(runs.id, run.id)))] : []),
        ]),
      )
      const told = standing.find((row) => row.command === command) ?? standing[0]
      if (told === undefined) throw new Error(`reconciliation ${run.id} was not stored`)
      return stateOf(told).state
    },

    async advance({ state: { id, kind: _, ...state }, version }) {
      const moved = await repeatable(() =>
        db
          .update(runs)
          .set({ ...state, version: version + 1 })
          .where(and(eq(runs.id, id), eq(runs.version, version)))
          .run(),
      )
      return moved.meta.changes > 0
    },

    async sweep({ light, rest }) {
      const changes = and(eq(runs.kind, 'CHANGES'), lt(runs.finishedAt, light))
      const [past, resolved] = await repeatable(() =>
        db.batch([
          db.delete(runs).where(or(changes, lt(runs.finishedAt, rest))),
          db.delete(differences).where(lt(differences.resolvedAt, rest)),
        ]),
      )
      return past.meta.changes + resolved.meta.changes
    },
  }
}

function runReading(db: Db): Pick<ReconciliationRepository, 'lastAsOf' | 'unfinished' | 'page'> {
  return {
    async lastAsOf() {
      const newest = db.select({ asOf: max(runs.asOf) }).from(runs)
      const row = await once(() => newest.where(sql`${runs.finishedAt} IS NOT NULL`).get())
      return row?.asOf ?? null
    },

    async unfinished() {
      const open = db
        .select()
        .from(runs)
        .where(isNull(runs.finishedAt))
        .orderBy(asc(runs.kind), asc(runs.id))
      return (await once(() => open.all())).map(stateOf)
    },

    async page({ limit, beforeId }) {
      const newest = db
        .select()
        .from(runs)
        .where(beforeId === null ? undefined : lt(runs.id, beforeId))
        .orderBy(desc(runs.id))
        .limit(limit)
      return (await once(() => newest.all())).map((row) => stateOf(row).state)
    },
  }
}

function found(db: Db): Pick<ReconciliationRepository, 'note' | 'open'> {
  return {
    async note({ runId, owners, found }, { mintId, now }) {
      const rows = found.map((difference) => ({ ...difference, id: mintId() }))
      const given = JSON.stringify(rows)
      const seen = sql`EXISTS (SELECT 1 FROM json_each(${given}) f
        WHERE f.value ->> 'subject' = ${differences.subject}
          AND f.value ->> 'kind' = ${differences.kind})`
      const owned = sql`${differences.owner} IN (SELECT value FROM json_each(${JSON.stringify(owners)}))`
      const [known] = await repeatable(() =>
        db.batch([
          written(db, given, runId, now).returning(),
          db
            .update(differences)
            .set({ resolvedAt: now })
            .where(and(owned, isNull(differences.resolvedAt), sql`NOT ${seen}`)),
        ]),
      )
      const minted = new Set(rows.map(({ id }) => id))
      return known.filter(({ id }) => minted.has(id))
    },

    async open(limit) {
      const open = isNull(differences.resolvedAt)
      const [rows, [counted]] = await once(() =>
        db.batch([
          db
            .select()
            .from(differences)
            .where(open)
            .orderBy(asc(differences.firstSeenAt), asc(differences.id))
            .limit(limit),
          db.select({ count: count() }).from(differences).where(open),
        ]),
      )
      return { differences: rows, count: counted?.count ?? 0 }
    },
  }
}

/** One row per open difference: what is known already only hears of its new figures. */
const written = (db: Db, given: string, runId: string, now: number) => {
  const field = (name: string): SQL => sql.raw(`value ->> '${name}'`)
  return db
    .insert(differences)
    .select(
      sql`SELECT ${field('id')}, ${field('owner')}, ${field('subject')}, ${field('kind')},
        ${field('expected')}, ${field('actual')}, ${field('detail')}, ${runId}, ${now}, ${now}, NULL
        FROM json_each(${given}) WHERE true`,
    )
    .onConflictDoUpdate({
      target: [differences.subject, differences.kind],
      targetWhere: isNull(differences.resolvedAt),
      set: {
        owner: sql`excluded.owner`,
        expected: sql`excluded.expected`,
        actual: sql`excluded.actual`,
        detail: sql`excluded.detail`,
        runId: sql`excluded.run_id`,
        lastSeenAt: sql`excluded.last_seen_at`,
      },
    })
}
