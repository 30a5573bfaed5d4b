import { and, asc, desc, eq, gt, inArray, lt } from 'drizzle-orm'
import type { ClaimState, ClaimStatus, CouponStats } from '../../domain/coupon/coupon.ts'
import type { Database } from './database.ts'
import { couponClaims } from './schema.ts'
import { insertion, selection, selectionOfAll } from './statements.ts'

// Only where the claim still is what was decided on: no row means that somebody else was first.
const MOVE_CLAIM = `UPDATE coupon_claims SET status = ?, order_id = ?, changed_at = ?, history = ?
  WHERE id = ? AND status = ?`

type Counted = Omit<CouponStats, 'coupon' | 'left'>

const COUNT_CLAIMS = `SELECT
    count(*) AS claimed,
    count(*) FILTER (WHERE claim.status = 'CLAIMED') AS free,
    count(*) FILTER (WHERE claim.status = 'HELD') AS held,
    count(*) FILTER (WHERE claim.status = 'USED') AS used,
    count(*) FILTER (WHERE claim.status = 'EXPIRED') AS expired,
    coalesce(sum((SELECT count(*) FROM json_each(claim.history) AS move
      WHERE move.value ->> '$.to' = 'RELEASED')), 0) AS released,
    min(claim.changed_at) FILTER (WHERE claim.status = 'USED') AS firstUsedAt,
    max(claim.changed_at) FILTER (WHERE claim.status = 'USED') AS lastUsedAt,
    coalesce(sum((SELECT sum(taken.value ->> '$.discount') FROM json_each("order".coupons) AS taken
      WHERE taken.value ->> '$.claimId' = claim.id)), 0) AS discountAmount,
    coalesce(sum("order".captured_amount - "order".refunded_amount), 0) AS revenueAmount
  FROM coupon_claims AS claim
  LEFT JOIN orders AS "order" ON claim.status = 'USED' AND "order".id = claim.order_id
  WHERE claim.coupon_id = ?`

/** Who has claims of which coupon. */
export function createClaimStore(db: Database, sqlite: SqlStorage) {
  const readClaim = selection(sqlite, couponClaims, 'id = ?')
  const insertClaim = insertion(sqlite, couponClaims)
  const ofHolder = selectionOfAll(sqlite, couponClaims, 'holder = ? AND coupon_id = ? ORDER BY id')

  return {
    claim: (id: string): ClaimState | null => readClaim(id),
    /** What the holder has of the coupon, oldest first. */
    ofHolder: (holder: string, couponId: string): ClaimState[] => ofHolder(holder, couponId),
    addClaim: (claim: ClaimState): void => insertClaim(claim),
    /** The claim after a move from `before`, which its row must still hold. */
    moveClaim(before: ClaimStatus, claim: ClaimState): void {
      const { id, status, orderId, changedAt, history } = claim
      const written = sqlite.exec(
        MOVE_CLAIM,
        ...[status, orderId, changedAt, JSON.stringify(history), id, before],
      )
      if (written.rowsWritten === 0) throw new Error(`claim ${id} is not ${before} any more`)
    },
    /** The holder's, newest first. Ids are sorted in the index, and only the page's rows are read. */
    claimsOf: (
      holder: string,
      page: { status: ClaimStatus | null; limit: number; beforeId: string | null },
    ): ClaimState[] =>
      db
        .select()
        .from(couponClaims)
        .where(
          inArray(
            couponClaims.id,
            db
              .select({ id: couponClaims.id })
              .from(couponClaims)
              .where(
                and(
                  eq(couponClaims.holder, holder),
                  page.status === null ? undefined : eq(couponClaims.status, page.status),
                  page.beforeId === null ? undefined : lt(couponClaims.id, page.beforeId),
                ),
              )
              .orderBy(desc(couponClaims.id))
              .limit(page.limit),
          ),
        )
        .orderBy(desc(couponClaims.id))
        .all(),
    /** Claims of the coupon that no order has. */
    freeClaims: (couponId: string, limit: number): ClaimState[] =>
      db
        .select()
        .from(couponClaims)
        .where(and(eq(couponClaims.couponId, couponId), eq(couponClaims.status, 'CLAIMED')))
        .orderBy(asc(couponClaims.id))
        .limit(limit)
        .all(),
    /** All claims in id order, for a rebuild. */
    claimsAfter: (afterId: string | null, limit: number): ClaimState[] =>
      db
        .select()
        .from(couponClaims)
        .where(afterId === null ? undefined : gt(couponClaims.id, afterId))
        .orderBy(asc(couponClaims.id))
        .limit(limit)
        .all(),
    /** Counted from the claims themselves and the orders that used them. */
    counted: (couponId: string): Counted =>
      sqlite.exec<Record<keyof Counted, number>>(COUNT_CLAIMS, couponId).one(),
  }
}
