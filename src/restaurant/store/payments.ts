import { and, asc, eq, gt, inArray, or, sql } from 'drizzle-orm'
import type { PaymentState, Provider, RefundState } from '../../domain/payment/payment.ts'
import type { Database } from './database.ts'
import { paymentSecrets, payments, refundAccounts, refunds } from './schema.ts'

/** Payments of orders and what was paid back of them. */
export function createPaymentStore(db: Database) {
  const byId = db
    .select()
    .from(payments)
    .where(eq(payments.id, sql.placeholder('id')))
    .prepare()
  const byOrder = db
    .select()
    .from(payments)
    .where(eq(payments.orderId, sql.placeholder('orderId')))
    .orderBy(asc(payments.id))
    .prepare()
  const refundsByOrder = db
    .select()
    .from(refunds)
    .where(eq(refunds.orderId, sql.placeholder('orderId')))
    .orderBy(asc(refunds.id))
    .prepare()

  return {
    get: (id: string): PaymentState | null => byId.get({ id }) ?? null,
    /** Oldest first. */
    ofOrder: (orderId: string): PaymentState[] => byOrder.all({ orderId }),
    /** Those whose window or claim is not over, whatever has become of them. */
    withTimeLeft: (providers: readonly Provider[], now: number): PaymentState[] =>
      db
        .select()
        .from(payments)
        .where(
          and(
            inArray(payments.provider, [...providers]),
            or(gt(payments.expiresAt, now), gt(payments.leaseUntil, now)),
          ),
        )
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
    refundsOfOrder: (orderId: string): RefundState[] => refundsByOrder.all({ orderId }),
    saveRefund(refund: RefundState): void {
      db.insert(refunds)
        .values(refund)
        .onConflictDoUpdate({ target: refunds.id, set: refund })
        .run()
    },
    /** What the provider proves its calls about the payment with; null where it gave nothing. */
    secretOf: (paymentId: string): string | null =>
      db.select().from(paymentSecrets).where(eq(paymentSecrets.paymentId, paymentId)).get()
        ?.secret ?? null,
    saveSecret(paymentId: string, secret: string): void {
      db.insert(paymentSecrets)
        .values({ paymentId, secret })
        .onConflictDoUpdate({ target: paymentSecrets.paymentId, set: { secret } })
        .run()
    },
    /** Where the refund is to go, as the Worker sealed it. */
    refundAccount: (refundId: string): string | null =>
      db.select().from(refundAccounts).where(eq(refundAccounts.refundId, refundId)).get()?.sealed ??
      null,
    saveRefundAccount(refundId: string, sealed: string): void {
      db.insert(refundAccounts)
        .values({ refundId, sealed })
        .onConflictDoUpdate({ target: refundAccounts.refundId, set: { sealed } })
        .run()
    },
  }
}
