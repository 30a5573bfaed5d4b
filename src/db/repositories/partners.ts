import { desc, eq, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { partners } from '../schema/partners.ts'
import { once, repeatable } from '../unavailable.ts'
import type { Partner, PartnerRepository } from './ports.ts'

/** Partner systems, in D1. */
export function createPartnerRepository(database: D1Database): PartnerRepository {
  const db = drizzle(database)
  const found = async (where: ReturnType<typeof eq>): Promise<Partner | null> =>
    (await once(() => db.select().from(partners).where(where).get())) ?? null

  return {
    async insert(partner) {
      await repeatable(() => db.insert(partners).values(partner).onConflictDoNothing().run())
    },

    byId: (id) => found(eq(partners.id, id)),
    byClientId: (clientId) => found(eq(partners.clientId, clientId)),

    list: () =>
      once(() =>
        db.select().from(partners).orderBy(desc(partners.createdAt), desc(partners.id)).all(),
      ),

    async disable(id, at) {
      const rows = await repeatable(() =>
        db
          .update(partners)
          .set({ disabledAt: sql`coalesce(${partners.disabledAt}, ${at})` })
          .where(eq(partners.id, id))
          .returning(),
      )
      return rows[0] ?? null
    },
  }
}
