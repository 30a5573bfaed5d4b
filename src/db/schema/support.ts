import { desc, sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Role } from '../../domain/actor.ts'
import type { Currency } from '../../domain/money.ts'
import type { RefundedLine } from '../../domain/payment/payment.ts'
import { REFUND_POLICIES } from '../../domain/support/refund-policy.ts'
import { REFUND_REQUEST_STATES, SUPPORT_ACTIONS } from '../../domain/support/refund-request.ts'

/** What support wrote down about a customer. */
export const supportNotes = sqliteTable(
  'support_notes',
  {
    id: text('id').primaryKey(),
    userId: text('user_id').notNull(),
    authorId: text('author_id').notNull(),
    text: text('text').notNull(),
    createdAt: integer('created_at').notNull(),
    idempotencyKey: text('idempotency_key'),
    fingerprint: text('fingerprint').notNull(),
  },
  (table) => [
    // A customer's notes, newest first.
    index('support_notes_user').on(table.userId, desc(table.id)),
    // A repeated note finds the first one.
    uniqueIndex('support_notes_key').on(table.authorId, table.idempotencyKey),
  ],
)

/** Who looked at what of whom: append only, ids alone; kept for two years. */
export const supportActivity = sqliteTable(
  'support_activity',
  {
    id: text('id').primaryKey(),
    at: integer('at').notNull(),
    actorId: text('actor_id').notNull(),
    actorRole: text('actor_role').$type<Role>().notNull(),
    action: text('action', { enum: SUPPORT_ACTIONS }).notNull(),
    customerId: text('customer_id'),
    orderId: text('order_id'),
    reason: text('reason'),
    /** How many a search found, which fields were unmasked; never what was searched for. */
    details: text('details', { mode: 'json' }).$type<Readonly<Record<string, unknown>>>().notNull(),
    traceId: text('trace_id'),
  },
  (table) => [
    index('support_activity_actor').on(table.actorId, desc(table.id)),
    index('support_activity_customer').on(table.customerId, desc(table.id)),
    index('support_activity_action').on(table.action, desc(table.id)),
    // Who looked at this order?
    index('support_activity_order')
      .on(table.orderId, desc(table.id))
      .where(sql`${table.orderId} IS NOT NULL`),
    // The sweep.
    index('support_activity_at').on(table.at),
  ],
)

/** A refund that support asks for: policy, decision, and what the restaurant's object made of it. */
export const refundRequests = sqliteTable(
  'refund_requests',
  {
    id: text('id').primaryKey(),
    orderId: text('order_id').notNull(),
    restaurantId: text('restaurant_id').notNull(),
    userId: text('user_id'),
    state: text('state', { enum: REFUND_REQUEST_STATES }).notNull(),
    /** Null = all that is left. */
    amount: integer('amount'),
    lines: text('lines', { mode: 'json' }).$type<readonly RefundedLine[] | null>(),
    /** What it came to by the order as it was when it was asked for. */
    sum: integer('sum').notNull(),
    currency: text('currency').$type<Currency>().notNull(),
    reason: text('reason').notNull(),
    /** What the policy said of it, by name. */
    policy: text('policy', { enum: REFUND_POLICIES }).notNull(),
    requestedBy: text('requested_by').notNull(),
    requestedAt: integer('requested_at').notNull(),
    decidedBy: text('decided_by'),
    decidedAt: integer('decided_at'),
    decisionNote: text('decision_note'),
    /** Of the restaurant's object, once it has entered it: one for each payment that gives back. */
    refundIds: text('refund_ids', { mode: 'json' }).$type<readonly string[] | null>(),
    /** The kind of the refusal, where the object would not. */
    failure: text('failure'),
    /** The line of the audit trail that tells of the last change. */
    changeId: text('change_id').notNull(),
    /** When the cron sees to it again; null = nothing is open. */
    lookAt: integer('look_at'),
    idempotencyKey: text('idempotency_key').notNull(),
    fingerprint: text('fingerprint').notNull(),
  },
  (table) => [
    // A repeated request finds the first one.
    uniqueIndex('refund_requests_key').on(table.requestedBy, table.idempotencyKey),
    // One undecided request an order.
    uniqueIndex('refund_requests_open')
      .on(table.orderId)
      .where(sql`${table.state} IN ('REQUESTED', 'APPROVED')`),
    // What waits for a decision, or was decided, newest first.
    index('refund_requests_state').on(table.state, desc(table.id)),
    // An order's requests.
    index('refund_requests_order').on(table.orderId, desc(table.id)),
    // What was asked for of a customer's orders lately?
    index('refund_requests_user')
      .on(table.userId, desc(table.id))
      .where(sql`${table.userId} IS NOT NULL`),
    // The cron's question: which approved ones has the object not heard of?
    index('refund_requests_look_at')
      .on(table.lookAt)
      .where(sql`${table.lookAt} IS NOT NULL`),
  ],
)
