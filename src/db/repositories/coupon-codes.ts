import { and, asc, eq, inArray, isNull, lt, ne, sql } from 'drizzle-orm'
import { drizzle, type DrizzleD1Database } from 'drizzle-orm/d1'
import { couponCodes } from '../schema/coupons.ts'
import { once, repeatable } from '../unavailable.ts'
import type { CouponCodes } from './coupon-ports.ts'

/** The register of codes, in D1: its primary key is what makes them unique on the platform. */
export function createCouponCodes(database: D1Database): CouponCodes {
  const db = drizzle(database)
  const isCode = (code: string) => eq(couponCodes.code, code)
  return {
    adopt: (codes, restaurantId, at) => adopt(db, codes, restaurantId, at),

    async register(entry) {
      const [, [owner]] = await repeatable(() =>
        db.batch([
          db
            .insert(couponCodes)
            .values(entry)
            .onConflictDoUpdate({
              target: couponCodes.code,
              // Whoever tries again is at work on it: it is not given up under their hands.
              set: { registeredAt: sql`excluded.registered_at` },
              setWhere: sql`${couponCodes.restaurantId} = excluded.restaurant_id
                AND ${couponCodes.settledAt} IS NULL`,
            }),
          db
            .select({ restaurantId: couponCodes.restaurantId })
            .from(couponCodes)
            .where(isCode(entry.code)),
        ]),
      )
      return owner?.restaurantId === entry.restaurantId
    },

    async settle(code, restaurantId, at) {
      await repeatable(() =>
        db
          .update(couponCodes)
          .set({ settledAt: at })
          .where(
            and(
              isCode(code),
              eq(couponCodes.restaurantId, restaurantId),
              isNull(couponCodes.settledAt),
            ),
          )
          .run(),
      )
    },

    async restaurantOf(code) {
      const row = await once(() =>
        db
          .select({ restaurantId: couponCodes.restaurantId })
          .from(couponCodes)
          .where(isCode(code))
          .get(),
      )
      return row?.restaurantId ?? null
    },

    unsettled: (registeredBefore, limit) =>
      once(() =>
        db
          .select({
            code: couponCodes.code,
            restaurantId: couponCodes.restaurantId,
            registeredAt: couponCodes.registeredAt,
          })
          .from(couponCodes)
          .where(and(isNull(couponCodes.settledAt), lt(couponCodes.registeredAt, registeredBefore)))
          .orderBy(asc(couponCodes.registeredAt))
          .limit(limit)
          .all(),
      ),

    async remove({ code, restaurantId, registeredAt }) {
      const removed = await repeatable(() =>
        db
          .delete(couponCodes)
          .where(
            and(
              isCode(code),
              eq(couponCodes.restaurantId, restaurantId),
              eq(couponCodes.registeredAt, registeredAt),
              isNull(couponCodes.settledAt),
            ),
          )
          .run(),
      )
      return removed.meta.changes > 0
    },
  }
}

/** What is registered stays as it is, whosever it is. */
async function adopt(
  db: DrizzleD1Database,
  codes: readonly string[],
  restaurantId: string,
  at: number,
): Promise<readonly string[]> {
  const given = sql`(SELECT value FROM json_each(${JSON.stringify(codes)}))`
  const missing = sql`SELECT value, ${restaurantId}, ${at}, ${at} FROM ${given} WHERE true`
  const anothers = and(inArray(couponCodes.code, given), ne(couponCodes.restaurantId, restaurantId))
  const [, others] = await repeatable(() =>
    db.batch([
      db.insert(couponCodes).select(missing).onConflictDoNothing(),
      db.select({ code: couponCodes.code }).from(couponCodes).where(anothers),
    ]),
  )
  return others.map(({ code }) => code)
}
