import { and, desc, eq, inArray, lt, ne, notExists, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { ALERT_KINDS, WATCHED } from '../../domain/alerts/rule.ts'
import { firstTimedId } from '../../domain/ids.ts'
import {
  alertChannels,
  alertChanges,
  alertMessages,
  alertRules,
  alertStates,
} from '../schema/administration.ts'
import { restaurantIndex } from '../schema/order-index.ts'
import { portions } from '../json-rows.ts'
import { once, repeatable } from '../unavailable.ts'
import type { AlertBook, AlertRepository, KnownRule } from './alert-ports.ts'
import { auditStatementWhere, there } from './audit-rows.ts'

/** Evaluations are one after the other: each is written where the last is still the one it was made on. */
const UNMOVED = `(SELECT coalesce(max(evaluated_at), 0) FROM alert_states) = ?1`

const WRITE_CHANGES = `INSERT INTO alert_changes (id, kind, subject_id, news, value, at)
  SELECT value ->> 'id', value ->> 'kind', value ->> 'subjectId', value ->> 'news', value ->> 'value',
    value ->> 'at' FROM json_each(?2) WHERE ${UNMOVED}`
const WRITE_MESSAGES = `INSERT INTO alert_messages
    (id, channel_id, kind, subject_id, news, value, attempts, next_at, created_at)
  SELECT value ->> 'id', value ->> 'channelId', value ->> 'kind', value ->> 'subjectId',
    value ->> 'news', value ->> 'value', 0, ?3, ?3 FROM json_each(?2) WHERE ${UNMOVED}`
const WRITE_STANDINGS = `INSERT INTO alert_states
    (kind, subject_id, state, turning_since, since, value, told_at, evaluated_at)
  SELECT value ->> 'kind', value ->> 'subjectId', value ->> 'state', value ->> 'turningSince',
    value ->> 'since', value ->> 'value', value ->> 'toldAt', value ->> 'evaluatedAt'
  FROM json_each(?2) WHERE ${UNMOVED}
  ON CONFLICT (kind, subject_id) DO UPDATE SET state = excluded.state,
    turning_since = excluded.turning_since, since = excluded.since, value = excluded.value,
    told_at = excluded.told_at, evaluated_at = excluded.evaluated_at`
/** Restaurants of which there is nothing to remember. */
const FORGET_SILENT = `DELETE FROM alert_states
  WHERE subject_id <> '' AND state = 'OK' AND turning_since IS NULL`

/** Rules, where each stands and what was said of it, in D1. */
export function createAlerts(database: D1Database): AlertRepository {
  const db = drizzle(database)
  return { ...evaluating(database, db), ...ruling(db), ...history(db) }
}

type Db = ReturnType<typeof drizzle>

function evaluating(database: D1Database, db: Db): Pick<AlertRepository, 'book' | 'save'> {
  return {
    async book() {
      const [stored, standings, channels] = await once(() =>
        db.batch([
          db.select().from(alertRules),
          db.select().from(alertStates),
          db.select().from(alertChannels).where(ne(alertChannels.sealed, '')),
        ]),
      )
      return { rules: ALERT_KINDS.map((kind) => ruleFrom(stored, kind)), standings, channels }
    },

    async save(book, { standings, changes, messages }, now) {
      const last = lastOf(book)
      const write = (text: string, rows: string, ...more: number[]) =>
        database.prepare(text).bind(last, rows, ...more)
      const [written] = (
        await repeatable(() =>
          database.batch([
            write(WRITE_CHANGES, JSON.stringify(changes)),
            ...portions(messages).map((rows) => write(WRITE_MESSAGES, rows, now)),
            write(WRITE_STANDINGS, JSON.stringify(standings)),
            database.prepare(FORGET_SILENT),
          ]),
        )
      ).slice(-2)
      return (written?.meta.changes ?? 0) > 0
    },
  }
}

function ruling(db: Db): Pick<AlertRepository, 'setRules'> {
  return {
    async setRules(wanted) {
      const [first, ...others] = wanted.flatMap(({ rule, before, audit }) => {
        const { kind } = rule
        const ofKind = db.select().from(alertRules).where(eq(alertRules.kind, kind))
        const unmoved =
          before === 0
            ? notExists(ofKind)
            : there(alertRules, and(eq(alertRules.kind, kind), eq(alertRules.changedAt, before)))
        const setting = db
          .insert(alertRules)
          .values(rule)
          .onConflictDoUpdate({
            target: alertRules.kind,
            set: rule,
            setWhere: eq(alertRules.changedAt, before),
          })
          .returning({ kind: alertRules.kind })
        return [auditStatementWhere(db, audit, unmoved), setting] as const
      })
      if (first === undefined) return true
      const answers: readonly unknown[] = await repeatable(() => db.batch([first, ...others]))
      return answers.every((answer, at) => at % 2 === 0 || (answer as unknown[]).length > 0)
    },
  }
}

function history(db: Db): Pick<AlertRepository, 'changes' | 'namesOf' | 'sweep'> {
  return {
    changes: ({ limit, beforeId }) =>
      once(() =>
        db
          .select()
          .from(alertChanges)
          .where(beforeId === null ? undefined : lt(alertChanges.id, beforeId))
          .orderBy(desc(alertChanges.id))
          .limit(limit)
          .all(),
      ),

    async namesOf(restaurantIds) {
      const { id, name } = restaurantIndex
      const given = sql`(SELECT value FROM json_each(${JSON.stringify(restaurantIds)}))`
      const rows = await once(() =>
        db
          .select({ id, name })
          .from(restaurantIndex)
          .where(sql`${id} IN ${given}`)
          .all(),
      )
      return new Map(rows.map((row) => [row.id, row.name]))
    },

    async sweep(before, limit) {
      const { id, createdAt, nextAt } = alertMessages
      const messages = db
        .select({ id })
        .from(alertMessages)
        .where(and(lt(createdAt, before.messages), sql`${nextAt} IS NULL`))
        .limit(limit)
      const changes = db
        .select({ id: alertChanges.id })
        .from(alertChanges)
        .where(lt(alertChanges.id, firstTimedId(before.changes)))
        .limit(limit)
      const [swept, forgotten] = await repeatable(() =>
        db.batch([
          db.delete(alertMessages).where(inArray(id, messages)),
          db.delete(alertChanges).where(inArray(alertChanges.id, changes)),
        ]),
      )
      return { messages: swept.meta.changes, changes: forgotten.meta.changes }
    },
  }
}

const lastOf = ({ standings }: Pick<AlertBook, 'standings'>): number =>
  standings.reduce((latest, { evaluatedAt }) => Math.max(latest, evaluatedAt), 0)

const ruleFrom = (
  stored: readonly (typeof alertRules.$inferSelect)[],
  kind: KnownRule['kind'],
): KnownRule =>
  stored.find((rule) => rule.kind === kind) ?? { kind, ...WATCHED[kind].rule, changedAt: 0 }
