import { and, asc, desc, eq, lt, lte, sql } from 'drizzle-orm'
import { drizzle, type DrizzleD1Database } from 'drizzle-orm/d1'
import { LEG } from '../../domain/wallet/ledger.ts'
import type { PointsRefund } from '../../domain/wallet/points-refund.ts'
import { walletEntries, walletRefunds } from '../schema/wallet.ts'
import { once, repeatable } from '../unavailable.ts'
import { auditStatementWhere, there } from './audit-rows.ts'
import { moveBalance, pointsBrought } from './wallet-statements.ts'
import type { PointsRefundRepository, Versioned } from './wallet-ports.ts'

type Db = DrizzleD1Database
type Row = typeof walletRefunds.$inferSelect

const stateOf = (row: Row): Versioned<PointsRefund> => {
  const { version, idempotencyKey: _, fingerprint: __, ...state } = row
  return { state, version }
}

/** Points being turned back into money, in D1. */
export function createPointsRefundRepository(database: D1Database): PointsRefundRepository {
  const db = drizzle(database)
  return { ...writing(db), ...reading(db) }
}

function writing(db: Db): Pick<PointsRefundRepository, 'insert' | 'advance'> {
  return {
    async insert(refund, { idempotencyKey, fingerprint }, entryId) {
      const { id, userId, amount, reason, status, tryAt, requestedAt } = refund
      const parts = JSON.stringify(refund.parts)
      // Each part still fits its charge, and the wallet holds all of them.
      const fits = sql`(SELECT count(*) FROM json_each(${parts}) n
        JOIN wallet_charges c ON c.id = n.value ->> 'paymentId'
        WHERE c.user_id = ${userId} AND c.status = 'CAPTURED' AND (n.value ->> 'amount') + (
          SELECT coalesce(sum(p.value ->> 'amount'), 0) FROM wallet_refunds r, json_each(r.parts) p
          WHERE r.user_id = ${userId} AND p.value ->> 'paymentId' = c.id
        ) <= ${pointsBrought(sql`c.id`)}) = ${refund.parts.length}`
      const debit = sql`SELECT NULL, ${entryId}, w.user_id, 'DEDUCT', 'CHARGE_REFUND', r.amount,
        w.balance - r.amount, ${LEG.payout(id)}, NULL, NULL, r.id, ${requestedAt}
        FROM wallet_refunds r JOIN wallets w ON w.user_id = r.user_id WHERE r.id = ${id}`
      const [, , , [standing]] = await repeatable(() =>
        db.batch([
          db
            .insert(walletRefunds)
            .select(
              sql`SELECT ${id}, w.user_id, ${amount}, ${reason}, ${status}, ${parts}, 1,
                ${idempotencyKey}, ${fingerprint}, ${tryAt}, ${requestedAt}
                FROM wallets w WHERE w.user_id = ${userId} AND w.balance >= ${amount} AND ${fits}`,
            )
            .onConflictDoNothing(),
          db.insert(walletEntries).select(debit).onConflictDoNothing({ target: walletEntries.leg }),
          moveBalance(db, sql`${userId}`, requestedAt),
          db.select({ id: walletRefunds.id }).from(walletRefunds).where(eq(walletRefunds.id, id)),
        ]),
      )
      return standing !== undefined
    },

    async advance({ state, version }, audit = null) {
      const { id, status, parts, tryAt } = state
      const mine = and(
        eq(walletRefunds.id, id),
        eq(walletRefunds.version, version + 1),
        sql`${walletRefunds.parts} = ${JSON.stringify(parts)}`,
      )
      const [, [standing]] = await repeatable(() =>
        db.batch([
          db
            .update(walletRefunds)
            .set({ status, parts, tryAt, version: version + 1 })
            .where(and(eq(walletRefunds.id, id), eq(walletRefunds.version, version))),
          db.select({ id: walletRefunds.id }).from(walletRefunds).where(mine),
          ...(audit ? [auditStatementWhere(db, audit, there(walletRefunds, mine))] : []),
        ]),
      )
      return standing !== undefined
    },
  }
}

function reading(db: Db): Pick<PointsRefundRepository, 'byKey' | 'byId' | 'waiting' | 'page'> {
  return {
    async byKey(userId, idempotencyKey) {
      const row = await once(() =>
        db
          .select()
          .from(walletRefunds)
          .where(
            and(eq(walletRefunds.userId, userId), eq(walletRefunds.idempotencyKey, idempotencyKey)),
          )
          .get(),
      )
      return row === undefined ? null : { ...stateOf(row), fingerprint: row.fingerprint }
    },

    async byId(id) {
      const row = await once(() =>
        db.select().from(walletRefunds).where(eq(walletRefunds.id, id)).get(),
      )
      return row === undefined ? null : stateOf(row)
    },

    async waiting(now, limit) {
      const rows = await once(() =>
        db
          .select()
          .from(walletRefunds)
          .where(lte(walletRefunds.tryAt, now))
          .orderBy(asc(walletRefunds.tryAt))
          .limit(limit)
          .all(),
      )
      return rows.map(stateOf)
    },

    async page({ userId, status, limit, beforeId }) {
      const rows = await once(() =>
        db
          .select()
          .from(walletRefunds)
          .where(
            and(
              userId === null ? undefined : eq(walletRefunds.userId, userId),
              status === null ? undefined : eq(walletRefunds.status, status),
              beforeId === null ? undefined : lt(walletRefunds.id, beforeId),
            ),
          )
          .orderBy(desc(walletRefunds.id))
          .limit(limit)
          .all(),
      )
      return rows.map((row) => stateOf(row).state)
    },
  }
}
