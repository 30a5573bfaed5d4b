import { and, asc, eq, gt, gte, inArray, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { orderIndex, projectionState } from '../schema/order-index.ts'
import { walletEntries, wallets } from '../schema/wallet.ts'
import { once } from '../unavailable.ts'
import type { ReconciledBooks } from './reconciliation-ports.ts'

/** What a reconciliation reads of D1: wallets, their ledger, and the copies of orders. */
export function createReconciledBooks(database: D1Database): ReconciledBooks {
  const db = drizzle(database)
  const given = (ids: readonly string[]) =>
    sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`
  return {
    // One statement: a wallet is seen at one moment, with all that hangs on it.
    wallets: ({ after, since, limit }) =>
      once(() =>
        db
          .select({ userId: wallets.userId, balance: wallets.balance, ...SUMS })
          .from(wallets)
          .where(and(gt(wallets.userId, after ?? ''), gte(wallets.updatedAt, since)))
          .orderBy(asc(wallets.userId))
          .limit(limit)
          .all(),
      ),

    debits: ({ after, limit }) =>
      once(() =>
        db.all(sql`SELECT e.seq AS seq, e.payment_id AS paymentId, e.amount AS amount,
            e.created_at AS createdAt, EXISTS (
              SELECT 1 FROM order_index o, json_each(o.payments) p
              WHERE o.id = e.order_id AND p.value ->> 'id' = e.payment_id
            ) AS known
          FROM wallet_entries e
          WHERE e.seq > ${Number(after ?? 0)} AND e.type = 'DEDUCT' AND e.cause = 'ORDER'
          ORDER BY e.seq LIMIT ${limit}`),
      ),

    async orders({ after, since, limit, firstId }) {
      const rows = await once(() =>
        db
          .select({
            order: orderIndex.state,
            payments: orderIndex.payments,
            refunds: orderIndex.refunds,
            confirmed: sql<number>`coalesce((${orderIndex.epoch}, ${orderIndex.seq})
              <= (${projectionState.epoch}, ${projectionState.seq}), 0)`,
          })
          .from(orderIndex)
          .leftJoin(projectionState, eq(projectionState.restaurantId, orderIndex.restaurantId))
          .where(
            and(
              gt(orderIndex.id, after ?? ''),
              gte(orderIndex.id, firstId),
              gte(orderIndex.updatedAt, since),
            ),
          )
          .orderBy(asc(orderIndex.id))
          .limit(limit)
          .all(),
      )
      return rows.map(({ confirmed, ...view }) => ({ view, confirmed: confirmed === 1 }))
    },

    entriesOf: async (paymentIds) =>
      paymentIds.length === 0
        ? []
        : once(() =>
            db
              .select()
              .from(walletEntries)
              .where(inArray(walletEntries.paymentId, given(paymentIds)))
              .orderBy(asc(walletEntries.seq))
              .all(),
          ),
  }
}

const sumOfEntries = (condition: string) =>
  sql<number>`(SELECT coalesce(sum(e.amount), 0) FROM wallet_entries e
    WHERE e.user_id = wallets.user_id AND ${sql.raw(condition)})`

const SUMS = {
  ledger: sql<number>`(SELECT coalesce(sum(CASE e.type WHEN 'ADD' THEN e.amount
    WHEN 'DEDUCT' THEN -e.amount ELSE 0 END), 0) FROM wallet_entries e
    WHERE e.user_id = wallets.user_id)`,
  charged: sql<number>`(SELECT coalesce(sum(c.amount), 0) FROM wallet_charges c
    WHERE c.user_id = wallets.user_id AND c.status = 'CAPTURED')`,
  deskRefunded: sql<number>`(SELECT coalesce(sum(c.payment ->> 'refundedAmount'), 0)
    FROM wallet_charges c WHERE c.user_id = wallets.user_id AND c.status = 'CAPTURED')`,
  deskPayouts: sql<number>`(SELECT coalesce(sum(p.value ->> 'amount'), 0)
    FROM wallet_refunds r, json_each(r.parts) p WHERE r.user_id = wallets.user_id
    AND (p.value ->> 'status' = 'DROPPED' OR p.value ->> '$.proof.method' = 'PROVIDER'))`,
  chargedPoints: sumOfEntries(`e.cause IN ('CHARGE', 'CASH', 'INSTANT')`),
  paidOut: sql<number>`(SELECT coalesce(sum(r.amount), 0) FROM wallet_refunds r
    WHERE r.user_id = wallets.user_id)`,
  paidOutPoints: sumOfEntries(`e.cause = 'CHARGE_REFUND'`),
}
