import { asc, eq } from 'drizzle-orm'
import type { PaymentState, RefundState } from '../../domain/payment/payment.ts'
import type { Database } from './database.ts'
import { payments, refunds } from './schema.ts'

/** Payments of orders and what was paid back of them. */
export function createPaymentStore(db: Database) {
  return {
    get: (id: string): PaymentState | null =>
      db.select().from(payments).where(eq(payments.id, id)).get() ?? null,
    /** Oldest first. */
    ofOrder: (orderId: string): PaymentState[] =>
      db
        .select()
        .from(payments)
        .where(eq(payments.orderId, orderId))
        .orderBy(asc(payments.id))
        .all(),
    save(payment: PaymentState): void {
      db.insert(payments)
        .values(payment)
        .onConflictDoUpdate({ target: payments.id, set: payment })
        .run()
    },
    refund: (id: string): RefundState | null =>
      db.select().from(refunds).where(eq(refunds.id, id)).get() ?? null,
    /** Oldest first. */
    refundsOfOrder: (orderId: string): RefundState[] =>
      db.select().from(refunds).where(eq(refunds.orderId, orderId)).orderBy(asc(refunds.id)).all(),
    saveRefund(refund: RefundState): void {
      db.insert(refunds)
        .values(refund)
        .onConflictDoUpdate({ target: refunds.id, set: refund })
        .run()
    },
  }
}
