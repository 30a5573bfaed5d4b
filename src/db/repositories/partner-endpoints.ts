import { and, desc, eq, gt, inArray, isNotNull, isNull, ne, or, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import type { AuditEntry } from '../../domain/audit.ts'
import { deliveryDestinations, partnerEndpoints as endpoints } from '../schema/deliveries.ts'
import { once, repeatable } from '../unavailable.ts'
import { auditStatement, auditStatementWhere, there as found } from './audit-rows.ts'
import type { PartnerEndpoints } from './partner-ports.ts'

type Db = ReturnType<typeof drizzle>

const REMOVED = 'REMOVED'
const there = or(isNull(endpoints.disabledReason), ne(endpoints.disabledReason, REMOVED))
const named = (partnerId: string, id: string) =>
  and(eq(endpoints.partnerId, partnerId), eq(endpoints.id, id))

const kept = (partnerId: string, id: string) => and(named(partnerId, id), there)

/** Disabled, or left alone for a while. */
const isOff = (id: string) => {
  const { destinationId, pausedUntil, failingSince } = deliveryDestinations
  const halted = and(eq(destinationId, id), or(gt(pausedUntil, 0), isNotNull(failingSince)))
  return or(isNotNull(endpoints.disabledAt), found(deliveryDestinations, halted))
}

/** Where partners want events pushed to, in D1. */
export function createPartnerEndpoints(database: D1Database): PartnerEndpoints {
  const db = drizzle(database)
  return {
    async insert(endpoint, audit) {
      await repeatable(() =>
        db.batch([
          db.insert(endpoints).values(endpoint).onConflictDoNothing(),
          auditStatement(db, audit),
        ]),
      )
    },

    of: (partnerId) =>
      once(() =>
        db
          .select()
          .from(endpoints)
          .where(and(eq(endpoints.partnerId, partnerId), there))
          .orderBy(desc(endpoints.createdAt), desc(endpoints.id))
          .all(),
      ),

    async byId(partnerId, id) {
      const row = await once(() => db.select().from(endpoints).where(kept(partnerId, id)).get())
      return row ?? null
    },

    async changeUrl(partnerId, id, url, audit) {
      const moves = and(kept(partnerId, id), ne(endpoints.url, url))
      const [, rows] = await repeatable(() =>
        db.batch([
          auditStatementWhere(db, audit, found(endpoints, moves)),
          db.update(endpoints).set({ url }).where(kept(partnerId, id)).returning(),
        ]),
      )
      return rows[0] ?? null
    },

    async replaceSecret({ partnerId, id, secret }, previousUntil, audit) {
      // The first condition: a repeat after a lost answer must not make the new secret the previous.
      const another = and(kept(partnerId, id), ne(endpoints.secret, secret))
      const [, , rows] = await repeatable(() =>
        db.batch([
          auditStatementWhere(db, audit, found(endpoints, another)),
          db
            .update(endpoints)
            .set({ previousSecret: sql`${endpoints.secret}`, previousUntil, secret })
            .where(another),
          db.select().from(endpoints).where(kept(partnerId, id)),
        ]),
      )
      return rows[0] ?? null
    },

    async enable(partnerId, id, audit) {
      const enabled = { disabledAt: null, disabledReason: null }
      const [, rows] = await repeatable(() =>
        db.batch([
          auditStatementWhere(db, audit, found(endpoints, and(kept(partnerId, id), isOff(id)))),
          db.update(endpoints).set(enabled).where(kept(partnerId, id)).returning(),
          // What it asked for, and how it failed, was before.
          db
            .update(deliveryDestinations)
            .set({ pausedUntil: 0, failingSince: null })
            .where(
              inArray(
                deliveryDestinations.destinationId,
                db.select({ id: endpoints.id }).from(endpoints).where(named(partnerId, id)),
              ),
            ),
        ]),
      )
      return rows[0] ?? null
    },

    remove: (partnerId, id, at, audit) => remove(db, { partnerId, id, at }, audit),
  }
}

async function remove(
  db: Db,
  { partnerId, id, at }: { partnerId: string; id: string; at: number },
  audit: AuditEntry,
): Promise<boolean> {
  const gone = { secret: '', previousSecret: null, previousUntil: null }
  const removed = { disabledAt: at, disabledReason: REMOVED }
  const [, , rows] = await repeatable(() =>
    db.batch([
      auditStatementWhere(db, audit, found(endpoints, kept(partnerId, id))),
      db
        .update(endpoints)
        .set({ ...gone, ...removed })
        .where(kept(partnerId, id)),
      db.select({ id: endpoints.id }).from(endpoints).where(named(partnerId, id)),
    ]),
  )
  return rows.length > 0
}
