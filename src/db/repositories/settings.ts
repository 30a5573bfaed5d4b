import { and, asc, desc, eq, gt, gte, lt, lte, or, sql, type SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { firstTimedId } from '../../domain/ids.ts'
import { SETTINGS } from '../../domain/settings/setting-rules.ts'
import { StorageUnavailableError } from '../../domain/unavailable.ts'
import { platformSettings, settingChanges } from '../schema/administration.ts'
import { users } from '../schema/users.ts'
import { once, repeatable } from '../unavailable.ts'
import { auditStatementWhere } from './audit-rows.ts'
import type { SettingChangeFilter, SettingRepository } from './setting-ports.ts'
import { changeFrom, changesFrom, rowOf } from './setting-rows.ts'

type Db = ReturnType<typeof drizzle>

const READ_WITHIN_MS = 1_000

/** The platform's settings and the proposals to change them, in D1. */
export function createSettings(database: D1Database): SettingRepository {
  const db = drizzle(database)
  return { ...reading(db), ...writing(db) }
}

const open = (now: number) =>
  and(eq(settingChanges.state, 'PROPOSED'), gt(settingChanges.expiresAt, now))
const overdue = (now: number) =>
  and(eq(settingChanges.state, 'PROPOSED'), lte(settingChanges.expiresAt, now))

type Reading = Omit<SettingRepository, 'propose' | 'decide' | 'expire'>

function reading(db: Db): Reading {
  return {
    stored: () => inTime(once(() => db.select().from(platformSettings).all())),

    async overview(now) {
      const { name, value, version, changeId, changedAt } = platformSettings
      const { proposedBy, decidedBy } = settingChanges
      const [settings, proposals] = await once(() =>
        db.batch([
          db
            .select({ name, value, version, changeId, changedAt, proposedBy, decidedBy })
            .from(platformSettings)
            .leftJoin(settingChanges, eq(settingChanges.id, platformSettings.changeId)),
          db.select().from(settingChanges).where(open(now)),
        ]),
      )
      return { settings, open: changesFrom(proposals) }
    },

    async byId(id) {
      const row = await once(() =>
        db.select().from(settingChanges).where(eq(settingChanges.id, id)).get(),
      )
      return row ? changeFrom(row) : null
    },

    async byKey(proposedBy, key) {
      const ofThis = and(
        eq(settingChanges.proposedBy, proposedBy),
        eq(settingChanges.idempotencyKey, key),
      )
      const row = await once(() => db.select().from(settingChanges).where(ofThis).get())
      const change = row ? changeFrom(row) : null
      return row && change ? { change, fingerprint: row.fingerprint } : null
    },

    async page(filter, { limit, beforeId, now }) {
      const rows = await once(() =>
        db
          .select()
          .from(settingChanges)
          .where(
            and(
              ...conditionsOf(filter, now),
              beforeId === null ? undefined : lt(settingChanges.id, beforeId),
            ),
          )
          .orderBy(desc(settingChanges.id))
          .limit(limit)
          .all(),
      )
      return changesFrom(rows)
    },

    async overdue(now, limit) {
      const rows = await once(() =>
        db
          .select()
          .from(settingChanges)
          .where(overdue(now))
          .orderBy(asc(settingChanges.expiresAt))
          .limit(limit)
          .all(),
      )
      return changesFrom(rows)
    },

    async isAdministrator(userId) {
      const found = await once(() =>
        db.get<{ is: number }>(sql`SELECT ${isAdministrator(userId)} AS "is"`),
      )
      return found.is === 1
    },
  }
}

function conditionsOf(filter: SettingChangeFilter, now: number): (SQL | undefined)[] {
  const { setting, state, proposedBy, decidedBy, from, to } = filter
  const { id, name } = settingChanges
  return [
    setting === null ? undefined : eq(name, SETTINGS[setting].key),
    state === null ? undefined : isIn(state, now),
    proposedBy === null ? undefined : eq(settingChanges.proposedBy, proposedBy),
    decidedBy === null ? undefined : eq(settingChanges.decidedBy, decidedBy),
    from === null ? undefined : gte(id, firstTimedId(from)),
    to === null ? undefined : lt(id, firstTimedId(to)),
  ]
}

function isIn(state: NonNullable<SettingChangeFilter['state']>, now: number): SQL | undefined {
  if (state === 'PROPOSED') return open(now)
  if (state === 'EXPIRED') return or(eq(settingChanges.state, 'EXPIRED'), overdue(now))
  return eq(settingChanges.state, state)
}

/** As the account is now: a token may be from before it was locked or got another role. */
const isAdministrator = (userId: string): SQL =>
  sql`EXISTS (SELECT 1 FROM ${users} WHERE ${users.id} = ${userId} AND ${users.role} = 'ADMIN'
    AND ${users.lockedAt} IS NULL AND ${users.erasedAt} IS NULL)`

const versionOf = (name: SQL | string | typeof settingChanges.name): SQL =>
  sql`coalesce((SELECT ${platformSettings.version} FROM ${platformSettings}
    WHERE ${platformSettings.name} = ${name}), 0)`

/** Straight behind the statement that may have made the change: there is no line where it made none. */
const JUST_MADE = sql`changes() > 0`

function writing(db: Db): Pick<SettingRepository, 'propose' | 'decide' | 'expire'> {
  return {
    async propose(change, { idempotencyKey, fingerprint }, audit) {
      const row = rowOf(change)
      const stands = sql`${versionOf(row.name)} = ${row.version} AND ${isAdministrator(row.proposedBy)}`
      const [, , found] = await repeatable(() =>
        db.batch([
          db
            .insert(settingChanges)
            .select(
              sql`SELECT ${row.id}, ${row.name}, ${row.before}, ${row.after}, ${row.version},
                ${row.reason}, ${row.state}, ${row.proposedBy}, ${row.proposedAt}, ${row.expiresAt},
                NULL, NULL, NULL, ${idempotencyKey}, ${fingerprint} WHERE ${stands}`,
            )
            .onConflictDoNothing(),
          auditStatementWhere(db, audit, JUST_MADE),
          db
            .select({ id: settingChanges.id })
            .from(settingChanges)
            .where(eq(settingChanges.id, row.id)),
        ]),
      )
      return found.length > 0
    },

    async decide(id, { state, by, at, note }, audit) {
      const decidable = and(
        eq(settingChanges.id, id),
        open(at),
        sql`${settingChanges.proposedBy} <> ${by}`,
        isAdministrator(by),
        state === 'APPROVED'
          ? sql`${versionOf(settingChanges.name)} = ${settingChanges.version}`
          : undefined,
      )
      const [, , , rows] = await repeatable(() =>
        db.batch([
          db
            .update(settingChanges)
            .set({ state, decidedBy: by, decidedAt: at, decisionNote: note })
            .where(decidable),
          auditStatementWhere(db, audit, JUST_MADE),
          applied(db, id),
          db.select().from(settingChanges).where(eq(settingChanges.id, id)),
        ]),
      )
      return rows[0] ? changeFrom(rows[0]) : null
    },

    async expire(id, at, audit) {
      await repeatable(() =>
        db.batch([
          db
            .update(settingChanges)
            .set({ state: 'EXPIRED', decidedAt: at })
            .where(and(eq(settingChanges.id, id), overdue(at))),
          auditStatementWhere(db, audit, JUST_MADE),
        ]),
      )
    },
  }
}

/** An approved change becomes the setting's value, once: its version moves on by one. */
const applied = (db: Db, id: string) =>
  db
    .insert(platformSettings)
    .select(
      sql`SELECT ${settingChanges.name}, ${settingChanges.after}, ${settingChanges.version} + 1,
        ${settingChanges.id}, ${settingChanges.decidedAt} FROM ${settingChanges}
        WHERE ${settingChanges.id} = ${id} AND ${settingChanges.state} = 'APPROVED'`,
    )
    .onConflictDoUpdate({
      target: platformSettings.name,
      set: {
        value: sql`excluded.value`,
        version: sql`excluded.version`,
        changeId: sql`excluded.change_id`,
        changedAt: sql`excluded.changed_at`,
      },
      setWhere: sql`${platformSettings.version} = excluded.version - 1`,
    })

/** Requests of every kind read settings: a database that hangs must not hang them all. */
async function inTime<T>(reading: Promise<T>): Promise<T> {
  const late = scheduler.wait(READ_WITHIN_MS).then((): never => {
    throw new StorageUnavailableError(new Error('no answer in time'))
  })
  return Promise.race([reading, late])
}
