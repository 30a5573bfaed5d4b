import { and, eq, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { passwordResets } from '../schema/password-resets.ts'
import { users } from '../schema/users.ts'
import { once, repeatable } from '../unavailable.ts'
import { endingStatements, sessionsOf } from './ending-sessions.ts'
import type { PasswordRepository } from './ports.ts'

/** New passwords and the links that set them, in D1. */
export function createPasswordRepository(database: D1Database): PasswordRepository {
  const db = drizzle(database)
  return { ...changing(db), ...links(db) }
}

type Db = ReturnType<typeof drizzle>

function changing(db: Db): Pick<PasswordRepository, 'change' | 'reset'> {
  return {
    async change({ userId, keepSessionId, replaces, passwordHash, ...ending }) {
      // A repeat after a lost answer finds the new hash there already.
      const ours = and(
        eq(users.id, userId),
        or(eq(users.passwordHash, replaces), eq(users.passwordHash, passwordHash)),
      )
      const whose = sql`(SELECT ${users.id} FROM ${users} WHERE ${ours})`
      const [changed, , , , , toPush] = await repeatable(() =>
        db.batch([
          db.update(users).set({ passwordHash }).where(ours).returning({ id: users.id }),
          db.delete(passwordResets).where(eq(passwordResets.userId, whose)),
          ...endingStatements(db, sessionsOf(whose, keepSessionId), ending),
        ]),
      )
      return changed.length > 0 ? toPush : null
    },

    async reset({ digest, useId, passwordHash, ...ending }) {
      const used = and(eq(passwordResets.digest, digest), eq(passwordResets.usedBy, useId))
      const whose = sql`(SELECT ${passwordResets.userId} FROM ${passwordResets} WHERE ${used})`
      const [, changed, , , , toPush] = await repeatable(() =>
        db.batch([
          db
            .update(passwordResets)
            .set({ usedAt: ending.endedAt, usedBy: useId })
            .where(
              and(
                eq(passwordResets.digest, digest),
                isNull(passwordResets.usedAt),
                gt(passwordResets.expiresAt, ending.endedAt),
              ),
            ),
          db
            .update(users)
            .set({ passwordHash })
            .where(eq(users.id, whose))
            .returning({ id: users.id }),
          ...endingStatements(db, sessionsOf(whose, null), ending),
        ]),
      )
      return changed.length > 0 ? toPush : null
    },
  }
}

function links(db: Db): Pick<PasswordRepository, 'noteLink' | 'linkByDigest' | 'sweep'> {
  return {
    async noteLink({ email, digest, expiresAt }) {
      await repeatable(() =>
        db
          .insert(passwordResets)
          .select(
            sql`SELECT ${users.id}, ${digest}, ${expiresAt}, NULL, NULL FROM ${users}
              WHERE ${and(eq(users.email, email.toLowerCase()), isNull(users.erasedAt))}`,
          )
          .onConflictDoUpdate({
            target: passwordResets.userId,
            set: {
              digest: sql`excluded.digest`,
              expiresAt: sql`excluded.expires_at`,
              usedAt: null,
              usedBy: null,
            },
          })
          .run(),
      )
    },

    async linkByDigest(digest) {
      const row = await once(() =>
        db
          .select({ user: users, expiresAt: passwordResets.expiresAt })
          .from(passwordResets)
          .innerJoin(users, eq(users.id, passwordResets.userId))
          .where(and(eq(passwordResets.digest, digest), isNull(passwordResets.usedAt)))
          .get(),
      )
      return row ?? null
    },

    async sweep(now, limit) {
      const past = db
        .select({ userId: passwordResets.userId })
        .from(passwordResets)
        .where(lt(passwordResets.expiresAt, now))
        .limit(limit)
      const swept = await repeatable(() =>
        db.delete(passwordResets).where(inArray(passwordResets.userId, past)).run(),
      )
      return swept.meta.changes
    },
  }
}
