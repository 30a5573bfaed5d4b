import { and, desc, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { deliveryDestinations, partnerEndpoints as endpoints } from '../schema/deliveries.ts'
import { once, repeatable } from '../unavailable.ts'
import type { PartnerEndpoint, PartnerEndpoints } from './partner-ports.ts'

type Db = ReturnType<typeof drizzle>

const REMOVED = 'REMOVED'
const there = or(isNull(endpoints.disabledReason), ne(endpoints.disabledReason, REMOVED))
const named = (partnerId: string, id: string) =>
  and(eq(endpoints.partnerId, partnerId), eq(endpoints.id, id))

/** Where partners want events pushed to, in D1. */
export function createPartnerEndpoints(database: D1Database): PartnerEndpoints {
  const db = drizzle(database)
  const change = async (
    partnerId: string,
    id: string,
    set: Parameters<ReturnType<typeof db.update<typeof endpoints>>['set']>[0],
  ): Promise<PartnerEndpoint | null> => {
    const rows = await repeatable(() =>
      db
        .update(endpoints)
        .set(set)
        .where(and(named(partnerId, id), there))
        .returning(),
    )
    return rows[0] ?? null
  }
  return {
    async insert(endpoint) {
      await repeatable(() => db.insert(endpoints).values(endpoint).onConflictDoNothing().run())
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
      const row = await once(() =>
        db
          .select()
          .from(endpoints)
          .where(and(named(partnerId, id), there))
          .get(),
      )
      return row ?? null
    },

    changeUrl: (partnerId, id, url) => change(partnerId, id, { url }),

    async replaceSecret({ partnerId, id, secret }, previousUntil) {
      // The first condition: a repeat after a lost answer must not make the new secret the previous.
      const rows = await repeatable(() =>
        db.batch([
          db
            .update(endpoints)
            .set({ previousSecret: sql`${endpoints.secret}`, previousUntil, secret })
            .where(and(named(partnerId, id), there, ne(endpoints.secret, secret))),
          db
            .select()
            .from(endpoints)
            .where(and(named(partnerId, id), there)),
        ]),
      )
      return rows[1][0] ?? null
    },

    async enable(partnerId, id) {
      const enabled = { disabledAt: null, disabledReason: null }
      const [rows] = await repeatable(() =>
        db.batch([
          db
            .update(endpoints)
            .set(enabled)
            .where(and(named(partnerId, id), there))
            .returning(),
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

    remove: (partnerId, id, at) => remove(db, partnerId, id, at),
  }
}

async function remove(db: Db, partnerId: string, id: string, at: number): Promise<boolean> {
  const gone = { secret: '', previousSecret: null, previousUntil: null }
  const removed = { disabledAt: at, disabledReason: REMOVED }
  const [, rows] = await repeatable(() =>
    db.batch([
      db
        .update(endpoints)
        .set({ ...gone, ...removed })
        .where(and(named(partnerId, id), there)),
      db.select({ id: endpoints.id }).from(endpoints).where(named(partnerId, id)),
    ]),
  )
  return rows.length > 0
}
