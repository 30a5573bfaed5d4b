import { eq, inArray, lt } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { retries } from '../schema/retries.ts'
import { once, repeatable } from '../unavailable.ts'
import type { RetryRuns } from './outbox-ports.ts'

/** What administrators have had sent again by a filter, in D1. */
export function createRetryRuns(database: D1Database): RetryRuns {
  const db = drizzle(database)
  return {
    async byId(id) {
      return (await once(() => db.select().from(retries).where(eq(retries.id, id)).get())) ?? null
    },

    async insert(run) {
      await repeatable(() => db.insert(retries).values(run).onConflictDoNothing().run())
    },

    async sweep(before, limit) {
      const past = db
        .select({ id: retries.id })
        .from(retries)
        .where(lt(retries.retriedAt, before))
        .limit(limit)
      const swept = await repeatable(() =>
        db.delete(retries).where(inArray(retries.id, past)).run(),
      )
      return swept.meta.changes
    },
  }
}
