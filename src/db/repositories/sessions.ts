import {
  and,
  asc,
  desc,
  eq,
  exists,
  getTableColumns,
  gt,
  gte,
  inArray,
  isNull,
  lt,
  notExists,
  sql,
} from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { alias } from 'drizzle-orm/sqlite-core'
import {
  endedGuestSessions,
  refreshTokens,
  sessionRevocations,
  sessions,
} from '../schema/sessions.ts'
import { databaseRestores } from '../schema/restores.ts'
import { memberships } from '../schema/restaurants.ts'
import { users } from '../schema/users.ts'
import { once, repeatable } from '../unavailable.ts'
import { endingStatements, sessionsOf } from './ending-sessions.ts'
import type { NewSession, Session, SessionRepository } from './ports.ts'

/** Nobody looks through more log-ins than these. */
const MOST_LISTED = 200

type Row = typeof sessions.$inferSelect

/** A restored database has forgotten who logged out: every log-in from before it has ended. */
const ENDED_AT = sql<number | null>`coalesce(${sessions.endedAt}, (SELECT max(restored.marked_at)
  FROM database_restores restored WHERE restored.marked_at > ${sessions.createdAt}))`.as('ended_at')
const COLUMNS = { ...getTableColumns(sessions), endedAt: ENDED_AT }

const toSession = ({ visitId, visitTableId, lastUsedAt, ...session }: Row): Session => ({
  ...session,
  lastUsedAt: lastUsedAt ?? session.createdAt,
  visit: visitId && visitTableId ? { visitId, tableId: visitTableId } : null,
})

const toRow = ({ visit, ...session }: NewSession): typeof sessions.$inferInsert => ({
  ...session,
  visitId: visit?.visitId ?? null,
  visitTableId: visit?.tableId ?? null,
})

type Db = ReturnType<typeof drizzle>

const changesOf = (results: readonly { meta: { changes: number } }[]): number =>
  results.reduce((sum, result) => sum + result.meta.changes, 0)

/** Log-ins, their refresh tokens, and log-outs, in D1. */
export function createSessionRepository(database: D1Database): SessionRepository {
  const db = drizzle(database)
  return {
    ...lives(db),
    ...openOnes(db),
    ...ends(db),
    ...guestEnds(db),
    ...revocations(db),
    ...sweeping(db),
  }
}

/** A log-in and its refresh tokens. */
function lives(
  db: Db,
): Pick<SessionRepository, 'insert' | 'byId' | 'refreshByDigest' | 'rotate' | 'bindVisit'> {
  return {
    async insert(session, refresh) {
      await repeatable(() =>
        db.batch([
          db.insert(sessions).values(toRow(session)).onConflictDoNothing(),
          db.insert(refreshTokens).values(refresh).onConflictDoNothing(),
        ]),
      )
    },

    async byId(id) {
      const row = await once(() =>
        db.select(COLUMNS).from(sessions).where(eq(sessions.id, id)).get(),
      )
      return row ? toSession(row) : null
    },

    async refreshByDigest(digest) {
      const row = await once(() =>
        db.select().from(refreshTokens).where(eq(refreshTokens.digest, digest)).get(),
      )
      return row ?? null
    },

    async rotate(digest, usedAt, successor) {
      const used = alias(refreshTokens, 'used')
      const [marked] = await repeatable(() =>
        db.batch([
          db
            .update(refreshTokens)
            .set({ usedAt, successorDigest: successor.digest })
            .where(and(eq(refreshTokens.digest, digest), isNull(refreshTokens.usedAt))),
          // Only behind a token that names it as its successor: whoever lost the race writes nothing.
          db
            .insert(refreshTokens)
            .select(
              db
                .select({
                  digest: sql<string>`${successor.digest}`.as('digest'),
                  sessionId: used.sessionId,
                  expiresAt: sql<number>`${successor.expiresAt}`.as('expires_at'),
                  usedAt: sql<null>`NULL`.as('used_at'),
                  successorDigest: sql<null>`NULL`.as('successor_digest'),
                })
                .from(used)
                .where(and(eq(used.digest, digest), eq(used.successorDigest, successor.digest))),
            )
            .onConflictDoNothing(),
          db
            .update(sessions)
            .set({ lastUsedAt: usedAt })
            .where(eq(sessions.id, successor.sessionId)),
        ]),
      )
      return marked.meta.changes > 0
    },

    async bindVisit(id, visit) {
      await repeatable(() =>
        db
          .update(sessions)
          .set({ visitId: visit.visitId, visitTableId: visit.tableId })
          .where(eq(sessions.id, id))
          .run(),
      )
    },
  }
}

/** Log-ins that are open: not ended, with a refresh token that may still be exchanged. */
function openOnes(db: Db): Pick<SessionRepository, 'openOf' | 'tabletsAt'> {
  const isOpen = (now: number) =>
    and(
      isNull(sessions.endedAt),
      notExists(
        db
          .select({ id: databaseRestores.id })
          .from(databaseRestores)
          .where(gt(databaseRestores.markedAt, sessions.createdAt)),
      ),
      exists(
        db
          .select({ digest: refreshTokens.digest })
          .from(refreshTokens)
          .where(
            and(
              eq(refreshTokens.sessionId, sessions.id),
              isNull(refreshTokens.usedAt),
              gte(refreshTokens.expiresAt, now),
            ),
          ),
      ),
    )
  const newestUse = desc(sql`coalesce(${sessions.lastUsedAt}, ${sessions.createdAt})`)
  return {
    async openOf(userId, now) {
      const rows = await once(() =>
        db
          .select()
          .from(sessions)
          .where(and(eq(sessions.userId, userId), isOpen(now)))
          .orderBy(newestUse, asc(sessions.id))
          .limit(MOST_LISTED)
          .all(),
      )
      return rows.map(toSession)
    },

    async tabletsAt(restaurantId, now) {
      const rows = await once(() =>
        db
          .select({ session: sessions, userName: users.name })
          .from(memberships)
          .innerJoin(sessions, eq(sessions.userId, memberships.userId))
          .innerJoin(users, eq(users.id, memberships.userId))
          .where(
            and(
              eq(memberships.restaurantId, restaurantId),
              eq(sessions.device, 'tablet'),
              isOpen(now),
            ),
          )
          .orderBy(newestUse, asc(sessions.id))
          .limit(MOST_LISTED)
          .all(),
      )
      return rows.map(({ session, userName }) => ({ ...toSession(session), userName }))
    },
  }
}

function ends(db: Db): Pick<SessionRepository, 'end' | 'endAll'> {
  return {
    async endAll({ userId, keepSessionId, ...ending }) {
      const which = sessionsOf(userId, keepSessionId)
      const [, , , toPush] = await repeatable(() =>
        db.batch([...endingStatements(db, which, ending)]),
      )
      return toPush
    },

    async end(id, endedAt, restaurantIds) {
      await repeatable(() =>
        db.batch([
          db
            .update(sessions)
            .set({ endedAt })
            .where(and(eq(sessions.id, id), isNull(sessions.endedAt))),
          // One parameter for all of them: D1 takes a hundred at most.
          db
            .insert(sessionRevocations)
            .select(
              sql`SELECT ${id}, value, ${endedAt} FROM json_each(${JSON.stringify(restaurantIds)}) WHERE true`,
            )
            .onConflictDoNothing(),
        ]),
      )
    },
  }
}

/** Browsing guests leave a row only when they log out. */
function guestEnds(db: Db): Pick<SessionRepository, 'endGuest' | 'isGuestEnded'> {
  return {
    async endGuest(id, endedAt, expiresAt) {
      await repeatable(() =>
        db
          .insert(endedGuestSessions)
          .values({ id, endedAt, expiresAt })
          .onConflictDoUpdate({
            target: endedGuestSessions.id,
            set: { expiresAt: sql`max(${endedGuestSessions.expiresAt}, excluded.expires_at)` },
          })
          .run(),
      )
    },

    async isGuestEnded(id) {
      const row = await once(() =>
        db
          .select({ id: endedGuestSessions.id })
          .from(endedGuestSessions)
          .where(eq(endedGuestSessions.id, id))
          .get(),
      )
      return row !== undefined
    },
  }
}

/** What objects must still be told. */
function revocations(db: Db): Pick<SessionRepository, 'pendingRevocations' | 'confirmRevocation'> {
  return {
    async pendingRevocations(limit) {
      return once(() =>
        db
          .select()
          .from(sessionRevocations)
          .orderBy(asc(sessionRevocations.endedAt))
          .limit(limit)
          .all(),
      )
    },

    async confirmRevocation(sessionId, restaurantId) {
      await repeatable(() =>
        db
          .delete(sessionRevocations)
          .where(
            and(
              eq(sessionRevocations.sessionId, sessionId),
              eq(sessionRevocations.restaurantId, restaurantId),
            ),
          )
          .run(),
      )
    },
  }
}

function sweeping(db: Db): Pick<SessionRepository, 'sweep'> {
  return {
    async sweep(now, limit) {
      const past = db
        .select({ digest: refreshTokens.digest })
        .from(refreshTokens)
        .where(lt(refreshTokens.expiresAt, now))
        .orderBy(asc(refreshTokens.expiresAt))
        .limit(limit)
      const living = db
        .select({ digest: refreshTokens.digest })
        .from(refreshTokens)
        .where(and(eq(refreshTokens.sessionId, sessions.id), gte(refreshTokens.expiresAt, now)))
      const ofPast = db
        .select({ id: refreshTokens.sessionId })
        .from(refreshTokens)
        .where(lt(refreshTokens.expiresAt, now))
        .orderBy(asc(refreshTokens.expiresAt))
        .limit(limit)
      const pastGuests = db
        .select({ id: endedGuestSessions.id })
        .from(endedGuestSessions)
        .where(lt(endedGuestSessions.expiresAt, now))
        .limit(limit)
      return changesOf(
        await repeatable(() =>
          db.batch([
            // A session whose last token has passed cannot come back; its tokens go with it.
            db.delete(sessions).where(and(inArray(sessions.id, ofPast), notExists(living))),
            db.delete(refreshTokens).where(inArray(refreshTokens.digest, past)),
            db.delete(endedGuestSessions).where(inArray(endedGuestSessions.id, pastGuests)),
          ]),
        ),
      )
    },
  }
}
