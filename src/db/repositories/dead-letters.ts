import { and, desc, eq, inArray, isNotNull, isNull, lt, sql, type SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { deadLetters } from '../schema/dead-letters.ts'
import { once, repeatable } from '../unavailable.ts'
import { auditStatementWhere, there } from './audit-rows.ts'
import type { DeadLetterFilter, DeadLetters } from './ports.ts'

/** A job is told by its own head, as the list shows it. */
const inHead = (name: 'kind' | 'restaurantId'): SQL =>
  sql`CASE WHEN json_type(${deadLetters.body}, '$.job') IS NULL
    THEN json_extract(${deadLetters.body}, ${`$.${name}`})
    ELSE json_extract(${deadLetters.body}, ${`$.job.${name}`}) END`

function wanted({ errorKind, messageKind, restaurantId, redriven }: DeadLetterFilter) {
  const { redrivenAt } = deadLetters
  return [
    errorKind === null ? undefined : eq(deadLetters.errorKind, errorKind),
    messageKind === null ? undefined : eq(inHead('kind'), messageKind),
    restaurantId === null ? undefined : eq(inHead('restaurantId'), restaurantId),
    redriven === null ? undefined : redriven ? isNotNull(redrivenAt) : isNull(redrivenAt),
  ]
}

/** Queue messages that were given up, in D1. */
export function createDeadLetters(database: D1Database): DeadLetters {
  const db = drizzle(database)
  return {
    async insert(letter) {
      await repeatable(() => db.insert(deadLetters).values(letter).onConflictDoNothing().run())
    },

    async byId(id) {
      const row = await once(() =>
        db.select().from(deadLetters).where(eq(deadLetters.id, id)).get(),
      )
      return row ?? null
    },

    page: async ({ limit, beforeId }, filter) =>
      once(() =>
        db
          .select()
          .from(deadLetters)
          .where(
            and(
              ...(filter ? wanted(filter) : []),
              beforeId === null ? undefined : lt(deadLetters.id, beforeId),
            ),
          )
          .orderBy(desc(deadLetters.id))
          .limit(limit)
          .all(),
      ),

    async markRedriven(id, at, audit) {
      const unmarked = and(eq(deadLetters.id, id), isNull(deadLetters.redrivenAt))
      const [, marked] = await repeatable(() =>
        db.batch([
          auditStatementWhere(db, audit, there(deadLetters, unmarked)),
          db.update(deadLetters).set({ redrivenAt: at }).where(unmarked),
        ]),
      )
      return marked.meta.changes > 0
    },

    async sweep(redrivenBefore, limit) {
      const past = db
        .select({ id: deadLetters.id })
        .from(deadLetters)
        .where(lt(deadLetters.redrivenAt, redrivenBefore))
        .limit(limit)
      const swept = await repeatable(() =>
        db.delete(deadLetters).where(inArray(deadLetters.id, past)).run(),
      )
      return swept.meta.changes
    },
  }
}
