import { desc, sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { PaymentState, PaymentStatus } from '../../domain/payment/payment.ts'
import { CHARGE_METHODS } from '../../domain/wallet/charge.ts'
import { ENTRY_CAUSES, ENTRY_TYPES } from '../../domain/wallet/ledger.ts'
import { POINTS_REFUND_STATUSES, type PointsRefundPart } from '../../domain/wallet/points-refund.ts'
import { users } from './users.ts'

/** What each account holds: the last entry's balance, moved in the same batch as the entry is written. */
export const wallets = sqliteTable(
  'wallets',
  {
    userId: text('user_id')
      .primaryKey()
      .references(() => users.id),
    balance: integer('balance').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [check('wallets_balance', sql`${table.balance} >= 0`)],
)

/** The ledger: append only. `seq` is the order in which it was written. */
export const walletEntries = sqliteTable(
  'wallet_entries',
  {
    seq: integer('seq').primaryKey(),
    id: text('id').notNull().unique('wallet_entries_id_unique'),
    userId: text('user_id').references(() => wallets.userId),
    type: text('type', { enum: ENTRY_TYPES }).notNull(),
    cause: text('cause', { enum: ENTRY_CAUSES }).notNull(),
    amount: integer('amount').notNull(),
    balanceAfter: integer('balance_after').notNull(),
    /** A debit and its void share one: whichever comes first is the only one. */
    leg: text('leg').notNull().unique('wallet_entries_leg_unique'),
    orderId: text('order_id'),
    paymentId: text('payment_id'),
    refundId: text('refund_id'),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    // A wallet's movements, newest first; its last one gives the balance.
    index('wallet_entries_user').on(table.userId, desc(table.seq)),
    // What of a payment has gone back?
    index('wallet_entries_payment').on(table.paymentId),
    check('wallet_entries_balance_after', sql`${table.balanceAfter} >= 0`),
    check(
      'wallet_entries_amount',
      sql`CASE WHEN ${table.type} = 'VOID' THEN ${table.amount} = 0
        ELSE ${table.amount} > 0 AND ${table.userId} IS NOT NULL END`,
    ),
  ],
)

/** Points being bought; `payment` is the money side. A change is written where `version` still holds. */
export const walletCharges = sqliteTable(
  'wallet_charges',
  {
    id: text('id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    method: text('method', { enum: CHARGE_METHODS }).notNull(),
    amount: integer('amount').notNull(),
    status: text('status').$type<PaymentStatus>().notNull(),
    payment: text('payment', { mode: 'json' }).$type<PaymentState>().notNull(),
    version: integer('version').notNull(),
    /** Who asked: the account itself, or whoever took the cash, and for which restaurant. */
    askedBy: text('asked_by').notNull(),
    restaurantId: text('restaurant_id'),
    idempotencyKey: text('idempotency_key').notNull(),
    fingerprint: text('fingerprint').notNull(),
    /** When the cron asks the provider; null = nothing is open. */
    lookAt: integer('look_at'),
    /** When a webhook last had the provider asked. */
    toldAt: integer('told_at'),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    // A repeated request finds the first one.
    uniqueIndex('wallet_charges_asked_by_key').on(table.askedBy, table.idempotencyKey),
    // What can be paid back of a wallet's charges, newest first?
    index('wallet_charges_user').on(table.userId, desc(table.id)),
    // The cron's question: whose outcome is not known?
    index('wallet_charges_look_at')
      .on(table.lookAt)
      .where(sql`${table.lookAt} IS NOT NULL`),
  ],
)

/** Points being turned back into money; each part goes back by the charge that brought it. */
export const walletRefunds = sqliteTable(
  'wallet_refunds',
  {
    id: text('id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    amount: integer('amount').notNull(),
    reason: text('reason').notNull(),
    status: text('status', { enum: POINTS_REFUND_STATUSES }).notNull(),
    parts: text('parts', { mode: 'json' }).$type<readonly PointsRefundPart[]>().notNull(),
    version: integer('version').notNull(),
    idempotencyKey: text('idempotency_key').notNull(),
    fingerprint: text('fingerprint').notNull(),
    /** When the cron asks the providers again; null = no machine has anything to do. */
    tryAt: integer('try_at'),
    requestedAt: integer('requested_at').notNull(),
  },
  (table) => [
    // A repeated request finds the first one.
    uniqueIndex('wallet_refunds_user_key').on(table.userId, table.idempotencyKey),
    // A wallet's refunds, newest first.
    index('wallet_refunds_user').on(table.userId, desc(table.id)),
    // What people owe, newest first.
    index('wallet_refunds_status').on(table.status, desc(table.id)),
    // The cron's question: what has not gone back?
    index('wallet_refunds_try_at')
      .on(table.tryAt)
      .where(sql`${table.tryAt} IS NOT NULL`),
  ],
)
