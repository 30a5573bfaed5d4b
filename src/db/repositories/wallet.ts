import { and, asc, desc, eq, sql, type SQL } from 'drizzle-orm'
import { drizzle, type DrizzleD1Database } from 'drizzle-orm/d1'
import { LEG, type WalletEntry } from '../../domain/wallet/ledger.ts'
import { walletEntries, wallets } from '../schema/wallet.ts'
import { once, repeatable } from '../unavailable.ts'
import { entryWithLeg, moveBalance } from './wallet-statements.ts'
import type { WalletRepository } from './wallet-ports.ts'

type Db = DrizzleD1Database

/** What accounts hold, in D1: its one writer sees movements one after the other. */
export function createWalletRepository(database: D1Database): WalletRepository {
  const db = drizzle(database)
  return { ...movements(db), ...readings(db) }
}

/** Columns in the table's order, from a SELECT of the values. */
const entry = (db: Db, select: SQL) =>
  db.insert(walletEntries).select(select).onConflictDoNothing({ target: walletEntries.leg })

function movements(db: Db): Pick<WalletRepository, 'debitForOrder' | 'creditBack' | 'voidDebit'> {
  return {
    async debitForOrder({ entryId, userId, amount, paymentId, orderId, now }) {
      const leg = LEG.payment(paymentId)
      // Too little in it writes nothing; the CHECKs would abort the whole batch.
      const debit = sql`SELECT NULL, ${entryId}, user_id, 'DEDUCT', 'ORDER', ${amount},
        balance - ${amount}, ${leg}, ${orderId}, ${paymentId}, NULL, ${now}
        FROM wallets WHERE user_id = ${userId} AND balance >= ${amount}`
      const [, , [written], [wallet]] = await repeatable(() =>
        db.batch([
          entry(db, debit),
          moveBalance(db, sql`${userId}`, now),
          entryWithLeg(db, leg),
          db.select({ balance: wallets.balance }).from(wallets).where(eq(wallets.userId, userId)),
        ]),
      )
      if (written === undefined) return { kind: 'insufficient', balance: wallet?.balance ?? 0 }
      return written.type === 'VOID' ? { kind: 'voided' } : { kind: 'debited', entry: written }
    },

    async creditBack({ entryId, paymentId, refundId, amount, now }) {
      const leg = LEG.refund(refundId)
      const debited = LEG.payment(paymentId)
      const back = sql`(SELECT coalesce(sum(b.amount), 0) FROM wallet_entries b
        WHERE b.payment_id = ${paymentId} AND b.type = 'ADD')`
      const credit = sql`SELECT NULL, ${entryId}, d.user_id, 'ADD', 'ORDER_REFUND', ${amount},
        w.balance + ${amount}, ${leg}, d.order_id, d.payment_id, ${refundId}, ${now}
        FROM wallet_entries d JOIN wallets w ON w.user_id = d.user_id
        WHERE d.leg = ${debited} AND d.type = 'DEDUCT' AND ${back} + ${amount} <= d.amount`
      const whose = sql`(SELECT user_id FROM wallet_entries WHERE leg = ${debited})`
      const [, , [written]] = await repeatable(() =>
        db.batch([entry(db, credit), moveBalance(db, whose, now), entryWithLeg(db, leg)]),
      )
      return written ?? null
    },

    async voidDebit({ entryId, paymentId, now }) {
      const leg = LEG.payment(paymentId)
      const none = sql`SELECT NULL, ${entryId}, NULL, 'VOID', 'ORDER_VOID', 0, 0, ${leg}, NULL,
        ${paymentId}, NULL, ${now} WHERE true`
      const [, [standing]] = await repeatable(() =>
        db.batch([entry(db, none), entryWithLeg(db, leg)]),
      )
      if (standing === undefined) throw new Error(`nothing stands for payment ${paymentId}`)
      return standing
    },
  }
}

type Readings = Pick<WalletRepository, 'balanceOf' | 'ofPayment' | 'page' | 'differences'>

function readings(db: Db): Readings {
  return {
    async balanceOf(userId) {
      const held = db
        .select({ balance: wallets.balance })
        .from(wallets)
        .where(eq(wallets.userId, userId))
      return (await once(() => held.get()))?.balance ?? 0
    },

    ofPayment: (paymentId) =>
      once(() =>
        db
          .select()
          .from(walletEntries)
          .where(eq(walletEntries.paymentId, paymentId))
          .orderBy(asc(walletEntries.seq))
          .all(),
      ),

    page(userId, { limit, beforeId }) {
      const before = sql`${walletEntries.seq} < (SELECT e.seq FROM wallet_entries e
        WHERE e.id = ${beforeId} AND e.user_id = ${userId})`
      const own = eq(walletEntries.userId, userId)
      return once((): Promise<WalletEntry[]> =>
        db
          .select()
          .from(walletEntries)
          .where(beforeId === null ? own : and(own, before))
          .orderBy(desc(walletEntries.seq))
          .limit(limit)
          .all(),
      )
    },

    differences: (limit) =>
      once(() =>
        db.all(sql`SELECT w.user_id AS userId, w.balance AS balance, coalesce(sum(
          CASE e.type WHEN 'ADD' THEN e.amount WHEN 'DEDUCT' THEN -e.amount ELSE 0 END), 0) AS ledger
          FROM wallets w LEFT JOIN wallet_entries e ON e.user_id = w.user_id
          GROUP BY w.user_id HAVING balance <> ledger ORDER BY w.user_id LIMIT ${limit}`),
      ),
  }
}
