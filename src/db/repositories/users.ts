import { and, eq, isNull } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { users } from '../schema/users.ts'
import { once, repeatable } from '../unavailable.ts'
import type { User, UserRepository } from './ports.ts'

/** Who was erased has none any more. */
const hasEmail = (email: string) =>
  and(eq(users.email, email.toLowerCase()), isNull(users.erasedAt))

/** People's accounts in D1. E-mails are kept and compared in lower case. */
export function createUserRepository(database: D1Database): UserRepository {
  const db = drizzle(database)

  const byEmail = async (email: string): Promise<User | null> =>
    (await once(() => db.select().from(users).where(hasEmail(email)).get())) ?? null

  return {
    byEmail,

    async byId(id) {
      return (await once(() => db.select().from(users).where(eq(users.id, id)).get())) ?? null
    },

    async insert(user) {
      const row = { ...user, email: user.email.toLowerCase() }
      const result = await repeatable(() =>
        db.insert(users).values(row).onConflictDoNothing().run(),
      )
      if (result.meta.changes > 0) return true
      // Nothing was written now: taken, unless it was this very account whose answer got lost.
      return (await byEmail(row.email))?.id === user.id
    },

    async renewPasswordHash(id, replaces, passwordHash) {
      const unchanged = and(eq(users.id, id), eq(users.passwordHash, replaces))
      await repeatable(() => db.update(users).set({ passwordHash }).where(unchanged).run())
    },
  }
}
