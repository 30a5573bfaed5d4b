import { and, desc, eq, isNull, or, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { partnerEndpoints, partnerKeys, partnerSubscriptions } from '../schema/deliveries.ts'
import { feedCursors } from '../schema/feed.ts'
import { partners } from '../schema/partners.ts'
import { once, repeatable } from '../unavailable.ts'
import { auditStatement, auditStatementWhere, there } from './audit-rows.ts'
import type { Partner, PartnerRepository } from './partner-ports.ts'

/** Partner systems, in D1. */
export function createPartnerRepository(database: D1Database): PartnerRepository {
  const db = drizzle(database)
  const found = async (where: ReturnType<typeof eq>): Promise<Partner | null> =>
    (await once(() => db.select().from(partners).where(where).get())) ?? null

  return {
    async insert(partner, key, audit) {
      await repeatable(() =>
        db.batch([
          db.insert(partners).values(partner).onConflictDoNothing(),
          db.insert(partnerKeys).values(key).onConflictDoNothing(),
          auditStatement(db, audit),
        ]),
      )
    },

    byId: (id) => found(eq(partners.id, id)),
    byClientId: (clientId) => found(eq(partners.clientId, clientId)),

    list: () =>
      once(() =>
        db.select().from(partners).orderBy(desc(partners.createdAt), desc(partners.id)).all(),
      ),

    async edit(id, changes, audit) {
      if (Object.keys(changes).length === 0) return found(eq(partners.id, id))
      const differs = and(eq(partners.id, id), or(...differences(changes)))
      const [, rows] = await repeatable(() =>
        db.batch([
          auditStatementWhere(db, audit, there(partners, differs)),
          db.update(partners).set(changes).where(eq(partners.id, id)).returning(),
        ]),
      )
      return rows[0] ?? null
    },

    async disable(id, at, audit) {
      const live = and(eq(partners.id, id), isNull(partners.disabledAt))
      const [, rows] = await repeatable(() =>
        db.batch([
          auditStatementWhere(db, audit, there(partners, live)),
          db
            .update(partners)
            .set({ disabledAt: sql`coalesce(${partners.disabledAt}, ${at})` })
            .where(eq(partners.id, id))
            .returning(),
          ...endOfAccess(db, id, at),
        ]),
      )
      return rows[0] ?? null
    },
  }
}

const differences = ({
  name,
  certFingerprint,
}: {
  name?: string
  certFingerprint?: string | null
}) => [
  name === undefined ? undefined : sql`${partners.name} <> ${name}`,
  certFingerprint === undefined
    ? undefined
    : sql`${partners.certFingerprint} IS NOT ${certFingerprint}`,
]

/** Everything that lets a partner in or sends to it, whoever reads which of these rows. */
const endOfAccess = (db: ReturnType<typeof drizzle>, id: string, at: number) =>
  [
    db
      .update(partnerKeys)
      .set({ endsAt: sql`min(coalesce(${partnerKeys.endsAt}, ${at}), ${at})` })
      .where(eq(partnerKeys.partnerId, id)),
    db
      .update(partnerSubscriptions)
      .set({ endedAt: at })
      .where(and(eq(partnerSubscriptions.partnerId, id), isNull(partnerSubscriptions.endedAt))),
    db
      .update(partnerEndpoints)
      .set({ disabledAt: at, disabledReason: 'PARTNER_DISABLED' })
      .where(and(eq(partnerEndpoints.partnerId, id), isNull(partnerEndpoints.disabledAt))),
    db
      .update(feedCursors)
      .set({ leaseId: null, leaseUntil: null })
      .where(eq(feedCursors.partnerId, id)),
  ] as const
