import { drizzle } from 'drizzle-orm/d1'
import { partnerNonces } from '../schema/feed.ts'
import { once, repeatable } from '../unavailable.ts'
import type { PartnerNonces } from './partner-ports.ts'

const SWEEP = `DELETE FROM partner_nonces WHERE rowid IN (
  SELECT rowid FROM partner_nonces WHERE expires_at < ?1 LIMIT ?2)`

/** Nonces of signed calls, in D1: its one writer sees two of the same one after the other. */
export function createPartnerNonces(database: D1Database): PartnerNonces {
  const db = drizzle(database)
  return {
    async take(partnerId, nonce, expiresAt) {
      // Not repeated: after a lost answer the caller's own nonce would look like a replay.
      const taken = await once(() =>
        db
          .insert(partnerNonces)
          .values({ partnerId, nonce, expiresAt })
          .onConflictDoNothing()
          .returning({ nonce: partnerNonces.nonce }),
      )
      return taken.length > 0
    },

    async sweep(before, limit) {
      const swept = await repeatable(() => database.prepare(SWEEP).bind(before, limit).run())
      return swept.meta.changes
    },
  }
}
