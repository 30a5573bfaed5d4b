import { and, desc, eq, gt, isNull, ne, notInArray, or, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { partnerKeys } from '../schema/deliveries.ts'
import { partners } from '../schema/partners.ts'
import { once, repeatable } from '../unavailable.ts'
import { auditStatement, auditStatementWhere, there } from './audit-rows.ts'
import type { PartnerKey, PartnerKeys } from './partner-ports.ts'

type Db = ReturnType<typeof drizzle>

/** How many keys may stand beside a new one: a signature is held against each. */
const MAX_OLDER = 3

/** Partners' keys, in D1. */
export function createPartnerKeys(database: D1Database): PartnerKeys {
  const db = drizzle(database)
  const ofPartner = (partnerId: string) =>
    db
      .select()
      .from(partnerKeys)
      .where(eq(partnerKeys.partnerId, partnerId))
      .orderBy(desc(partnerKeys.createdAt), desc(partnerKeys.id))
  return {
    async of(partnerId) {
      const [keys, [first]] = await once(() =>
        db.batch([
          ofPartner(partnerId),
          db.select().from(partners).where(eq(partners.id, partnerId)),
        ]),
      )
      return keys.length > 0 || first === undefined ? keys : [madeWith(first)]
    },

    async replace(key, olderEnd, audit) {
      const { partnerId, createdAt: now } = key
      const live = or(isNull(partnerKeys.endsAt), gt(partnerKeys.endsAt, now))
      const others = and(eq(partnerKeys.partnerId, partnerId), ne(partnerKeys.id, key.id), live)
      const newest = ofPartner(partnerId).as('newest')
      const kept = db
        .select({ id: newest.id })
        .from(newest)
        .limit(MAX_OLDER + 1)
      await repeatable(() =>
        db.batch([
          adopt(db, partnerId),
          db.insert(partnerKeys).values(key).onConflictDoNothing(),
          db
            .update(partnerKeys)
            .set({ endsAt: earlier(olderEnd) })
            .where(others),
          db
            .update(partnerKeys)
            .set({ endsAt: now })
            .where(and(others, notInArray(partnerKeys.id, kept))),
          db.update(partners).set({ secretDigest: key.digest }).where(eq(partners.id, partnerId)),
          auditStatement(db, audit),
        ]),
      )
    },

    async end(partnerId, id, at, audit) {
      const standing = and(
        eq(partnerKeys.partnerId, partnerId),
        eq(partnerKeys.id, id),
        or(isNull(partnerKeys.endsAt), gt(partnerKeys.endsAt, at)),
      )
      const [, , rows] = await repeatable(() =>
        db.batch([
          adopt(db, partnerId),
          auditStatementWhere(db, audit, there(partnerKeys, standing)),
          db
            .update(partnerKeys)
            .set({ endsAt: earlier(at) })
            .where(and(eq(partnerKeys.partnerId, partnerId), eq(partnerKeys.id, id)))
            .returning(),
        ]),
      )
      return rows[0] ?? null
    },
  }
}

const earlier = (at: number) => sql`min(coalesce(${partnerKeys.endsAt}, ${at}), ${at})`

/** The key of a partner that was added before keys were kept apart: known by its digest alone. */
const madeWith = (partner: typeof partners.$inferSelect): PartnerKey => ({
  id: partner.id,
  partnerId: partner.id,
  digest: partner.secretDigest,
  sealed: '',
  hint: '',
  createdAt: partner.createdAt,
  endsAt: partner.disabledAt,
})

const adopt = (db: Db, partnerId: string) =>
  db
    .insert(partnerKeys)
    .select(
      sql`SELECT ${partners.id}, ${partners.id}, ${partners.secretDigest}, '', '', ${partners.createdAt},
        ${partners.disabledAt} FROM ${partners} WHERE ${partners.id} = ${partnerId}
        AND NOT EXISTS (SELECT 1 FROM partner_keys k WHERE k.partner_id = ${partners.id})`,
    )
    .onConflictDoNothing()
