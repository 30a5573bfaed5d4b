import { and, desc, eq, sql, type SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { claimIndex, couponIndex } from '../schema/coupons.ts'
import { projectionState, restaurantIndex } from '../schema/order-index.ts'
import { once } from '../unavailable.ts'
import type { CouponFilter, CouponIndex, CouponPage, Found } from './coupon-ports.ts'

/** Coupons and claims across restaurants, from the read model. `now` is read when nothing is known. */
export function createCouponIndex(database: D1Database, now: () => number): CouponIndex {
  /** The list is as fresh as the restaurant that moved longest ago. */
  function found<T extends { movedAt: number | null }, E>(
    session: D1DatabaseSession,
    rows: readonly T[],
    toEntry: (row: T) => E,
  ): Found<E> {
    const moved = rows.flatMap(({ movedAt }) => (movedAt === null ? [] : [movedAt]))
    return {
      entries: rows.map(toEntry),
      asOf: moved.length === 0 ? now() : Math.min(...moved),
      bookmark: session.getBookmark(),
    }
  }
  const open = ({ bookmark }: CouponPage) => {
    const session = database.withSession(
      bookmark === undefined ? 'first-primary' : (bookmark ?? 'first-unconstrained'),
    )
    // A session prepares and runs statements as the database does.
    return { session, db: drizzle(session as unknown as D1Database) }
  }
  return {
    async page(filter, page) {
      const { session, db } = open(page)
      const { beforeId, limit } = page
      const rows = await once(() =>
        db
          .select({
            state: couponIndex.state,
            restaurantId: couponIndex.restaurantId,
            movedAt: projectionState.updatedAt,
          })
          .from(couponIndex)
          .leftJoin(projectionState, eq(projectionState.restaurantId, couponIndex.restaurantId))
          .where(
            and(
              ...wanted(filter, now()),
              beforeId === null
                ? undefined
                : sql`(${couponIndex.createdAt}, ${couponIndex.id}) < (
                    SELECT b.created_at, b.id FROM coupon_index b WHERE b.id = ${beforeId})`,
            ),
          )
          .orderBy(desc(couponIndex.createdAt), desc(couponIndex.id))
          .limit(limit)
          .all(),
      )
      return found(session, rows, ({ state, restaurantId }) => ({ ...state, restaurantId }))
    },

    async ofHolder(holder, { status }, page) {
      const { session, db } = open(page)
      const { beforeId, limit } = page
      const rows = await once(() =>
        db
          .select({
            claim: claimIndex.state,
            coupon: couponIndex.state,
            restaurantId: claimIndex.restaurantId,
            name: restaurantIndex.name,
            movedAt: projectionState.updatedAt,
          })
          .from(claimIndex)
          .leftJoin(couponIndex, eq(couponIndex.id, claimIndex.couponId))
          .leftJoin(restaurantIndex, eq(restaurantIndex.id, claimIndex.restaurantId))
          .leftJoin(projectionState, eq(projectionState.restaurantId, claimIndex.restaurantId))
          .where(
            and(
              eq(claimIndex.holder, holder),
              status === null ? undefined : eq(claimIndex.status, status),
              beforeId === null
                ? undefined
                : sql`(${claimIndex.claimedAt}, ${claimIndex.id}) < (
                    SELECT b.claimed_at, b.id FROM claim_index b WHERE b.id = ${beforeId})`,
            ),
          )
          .orderBy(desc(claimIndex.claimedAt), desc(claimIndex.id))
          .limit(limit)
          .all(),
      )
      return found(session, rows, ({ claim, coupon, restaurantId, name }) => ({
        claim,
        coupon,
        restaurant: { id: restaurantId, name },
      }))
    },
  }
}

function wanted({ restaurantIds, active, text }: CouponFilter, now: number): (SQL | undefined)[] {
  const isOn = sql`(${couponIndex.active} = 1 AND coalesce(${couponIndex.endsAt} > ${now}, 1))`
  return [
    restaurantIds === null
      ? undefined
      : sql`${couponIndex.restaurantId} IN (SELECT value FROM json_each(${JSON.stringify(restaurantIds)}))`,
    active === null ? undefined : active ? isOn : sql`NOT ${isOn}`,
    text === null ? undefined : sql`instr(${couponIndex.code}, ${text}) > 0`,
  ]
}
