import { and, asc, desc, eq, gte, inArray, lt, sql } from 'drizzle-orm'
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
    /** Those that nobody could place, from this id on, oldest first. */
    unmatchedSince: (fromId: string): DepositState[] =>
      db
        .select()
        .from(deposits)
        .where(and(gte(deposits.id, fromId), eq(deposits.status, 'UNMATCHED')))
        .orderBy(asc(deposits.id))
        .all(),
    /** Payments that deposits of this amount are known for, from this id on. */
    takenSince: (fromId: string, amount: number): ReadonlySet<string> =>
      new Set(
        db
          .select({ paymentId: deposits.paymentId })
          .from(deposits)
          .where(and(gte(deposits.id, fromId), eq(deposits.amount, amount)))
          .all()
          .flatMap(({ paymentId }) => (paymentId === null ? [] : [paymentId])),
      ),
    /** Payments by deposit of this amount that wait for nothing any more, from this id on. */
    earlierDeposits: (fromId: string, amount: number): PaymentState[] =>
      db
        .select()
        .from(payments)
        .where(
          and(
            gte(payments.id, fromId),
            eq(payments.provider, 'deposit'),
            eq(payments.amount, amount),
            inArray(payments.status, ['CAPTURED', 'ENDED']),
          ),
        )
        .all(),
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
