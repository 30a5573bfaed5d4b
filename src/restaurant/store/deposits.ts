import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { DepositState, DepositStatus } from '../../domain/payment/deposit.ts'
import type { PaymentState } from '../../domain/payment/payment.ts'
import type { Database } from './database.ts'
import { deposits, payments } from './schema.ts'

/** Money that came in on the restaurant's account, and the payments that wait for some. */
export function createDepositStore(db: Database) {
  return {
    deposit: (id: string): DepositState | null =>
      db.select().from(deposits).where(eq(deposits.id, id)).get() ?? null,
    byTrace: (traceId: string): DepositState | null =>
      db.select().from(deposits).where(eq(deposits.traceId, traceId)).get() ?? null,
    /** Newest first. */
    deposits: (
      status: DepositStatus | null,
      limit: number,
      beforeId: string | null,
    ): DepositState[] =>
      db
        .select()
        .from(deposits)
        .where(
          and(
            status === null ? undefined : eq(deposits.status, status),
            beforeId === null ? undefined : lt(deposits.id, beforeId),
          ),
        )
        .orderBy(desc(deposits.id))
        .limit(limit)
        .all(),
    saveDeposit(deposit: DepositState): void {
      db.insert(deposits)
        .values(deposit)
        .onConflictDoUpdate({ target: deposits.id, set: deposit })
        .run()
    },
    /** Payments that wait for a deposit of this amount. */
    awaitingDeposit: (amount: number): PaymentState[] =>
      db
        .select()
        .from(payments)
        .where(
          and(
            eq(payments.provider, sql`'deposit'`),
            eq(payments.status, sql`'AWAITING'`),
            eq(payments.amount, amount),
          ),
        )
        .all(),
  }
}
