import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { ClaimMove, ClaimStatus, CouponKind } from '../../domain/coupon/coupon.ts'
import type { EventType, Subject } from '../../domain/events.ts'
import type { Allergen } from '../../domain/menu/allergens.ts'
import type { ItemOption } from '../../domain/menu/menu.ts'
import type { Translations } from '../../domain/menu/translations.ts'
import type { Currency } from '../../domain/money.ts'
import type {
  OrderCharges,
  OrderCoupon,
  OrderLine,
  OrderPaymentStatus,
  OrderStatus,
} from '../../domain/order/order.ts'
import type { ProviderRefusal } from '../../domain/payment/outcomes.ts'
import type { DepositStatus } from '../../domain/payment/deposit.ts'
import type {
  PayInAccount,
  PaymentState,
  PaymentStatus,
  RefundedLine,
  RefundProof,
  RefundStatus,
} from '../../domain/payment/payment.ts'
import type { SecretName } from '../../domain/restaurant/secrets.ts'
import type { MovementKind } from '../../domain/stock/movement.ts'
import type {
  PaymentMethod,
  PaymentPolicy,
  RestaurantSettings,
} from '../../domain/restaurant/settings.ts'

/**
 * The tables of migrations/ as drizzle sees them; a test holds the two together. Columns are named
 * as the domain's fields, so that rows are states.
 */
export const restaurant = sqliteTable('restaurant', {
  id: text().primaryKey(),
  settings: text({ mode: 'json' }).$type<RestaurantSettings>().notNull(),
  epoch: integer().notNull(),
  menuVersion: integer('menu_version').notNull(),
  watermark: integer().notNull(),
  createdAt: integer('created_at').notNull(),
  epochStart: integer('epoch_start').notNull().default(0),
  /** The epoch of a restore that is about to undo this row, mark and all. */
  restoring: integer(),
})

export const diningTables = sqliteTable('dining_tables', {
  id: text().primaryKey(),
  name: text().notNull(),
  code: text().notNull(),
  openVisitId: text('open_visit_id'),
  deleted: integer({ mode: 'boolean' }).notNull(),
})

export const visits = sqliteTable('visits', {
  id: text().primaryKey(),
  tableId: text('table_id').notNull(),
  openedAt: integer('opened_at').notNull(),
  closedAt: integer('closed_at'),
})

export const categories = sqliteTable('categories', {
  id: text().primaryKey(),
  name: text().notNull(),
  position: integer().notNull(),
  deleted: integer({ mode: 'boolean' }).notNull(),
  names: text({ mode: 'json' }).$type<Translations>().notNull(),
})

export const items = sqliteTable('items', {
  id: text().primaryKey(),
  categoryId: text('category_id').notNull(),
  number: integer().notNull(),
  name: text().notNull(),
  description: text(),
  price: integer().notNull(),
  position: integer().notNull(),
  options: text({ mode: 'json' }).$type<readonly ItemOption[]>().notNull(),
  soldOut: integer('sold_out', { mode: 'boolean' }).notNull(),
  soldOutUntil: integer('sold_out_until'),
  deleted: integer({ mode: 'boolean' }).notNull(),
  names: text({ mode: 'json' }).$type<Translations>().notNull(),
  descriptions: text({ mode: 'json' }).$type<Translations>().notNull(),
  allergens: text({ mode: 'json' }).$type<readonly Allergen[]>().notNull(),
  tags: text({ mode: 'json' }).$type<readonly string[]>().notNull(),
  spiceLevel: integer('spice_level').notNull(),
  maxPerOrder: integer('max_per_order'),
  image: text(),
})

export const stock = sqliteTable('stock', {
  itemId: text('item_id').primaryKey(),
  level: integer().notNull(),
  reserved: integer().notNull(),
  lowAt: integer('low_at'),
  dailyPortions: integer('daily_portions'),
  portionsDay: text('portions_day'),
})

export const stockMovements = sqliteTable('stock_movements', {
  id: integer().primaryKey(),
  itemId: text('item_id').notNull(),
  at: integer().notNull(),
  by: text().notNull(),
  reason: text().notNull(),
  levelBefore: integer('level_before'),
  levelAfter: integer('level_after'),
  kind: text().$type<MovementKind>().notNull(),
  orderId: text('order_id'),
})

export const dayCounters = sqliteTable('day_counters', {
  businessDay: text('business_day').primaryKey(),
  lastNumber: integer('last_number').notNull(),
})

export const orders = sqliteTable('orders', {
  id: text().primaryKey(),
  number: text().notNull(),
  businessDay: text('business_day').notNull(),
  status: text().$type<OrderStatus>().notNull(),
  paymentStatus: text('payment_status').$type<OrderPaymentStatus>().notNull(),
  paymentPolicy: text('payment_policy').$type<PaymentPolicy>().notNull(),
  paymentMethod: text('payment_method').$type<PaymentMethod>().notNull(),
  currency: text().$type<Currency>().notNull(),
  totalAmount: integer('total_amount').notNull(),
  placedAmount: integer('placed_amount').notNull(),
  capturedAmount: integer('captured_amount').notNull(),
  refundedAmount: integer('refunded_amount').notNull(),
  refundDueAmount: integer('refund_due_amount').notNull(),
  tableId: text('table_id'),
  tableName: text('table_name'),
  visitId: text('visit_id'),
  sessionId: text('session_id').notNull(),
  userId: text('user_id'),
  specialRequests: text('special_requests'),
  lines: text({ mode: 'json' }).$type<readonly OrderLine[]>().notNull(),
  placedAt: integer('placed_at').notNull(),
  expiresAt: integer('expires_at'),
  firstExpiresAt: integer('first_expires_at'),
  holdExtended: integer('hold_extended', { mode: 'boolean' }).notNull(),
  acceptBy: integer('accept_by'),
  acceptedAt: integer('accepted_at'),
  estimatedReadyAt: integer('estimated_ready_at'),
  readyAt: integer('ready_at'),
  completedAt: integer('completed_at'),
  endedAt: integer('ended_at'),
  endReason: text('end_reason'),
  message: text(),
  acknowledgedAt: integer('acknowledged_at'),
  /** Account or session that placed it: own orders, caps and keys hang on it. */
  owner: text().notNull(),
  idempotencyKey: text('idempotency_key'),
  fingerprint: text(),
  unseenSince: integer('unseen_since'),
  charges: text({ mode: 'json' }).$type<OrderCharges | null>(),
  coupons: text({ mode: 'json' }).$type<readonly OrderCoupon[] | null>(),
})

export const coupons = sqliteTable('coupons', {
  id: text().primaryKey(),
  code: text().notNull(),
  kind: text().$type<CouponKind>().notNull(),
  value: integer().notNull(),
  maxDiscount: integer('max_discount'),
  minOrderAmount: integer('min_order_amount').notNull(),
  itemIds: text('item_ids', { mode: 'json' }).$type<readonly string[]>().notNull(),
  categoryIds: text('category_ids', { mode: 'json' }).$type<readonly string[]>().notNull(),
  startsAt: integer('starts_at'),
  endsAt: integer('ends_at'),
  totalQuantity: integer('total_quantity').notNull(),
  perUserLimit: integer('per_user_limit').notNull(),
  stackable: integer({ mode: 'boolean' }).notNull(),
  forGuests: integer('for_guests', { mode: 'boolean' }).notNull(),
  listed: integer({ mode: 'boolean' }).notNull(),
  active: integer({ mode: 'boolean' }).notNull(),
  createdAt: integer('created_at').notNull(),
  changedAt: integer('changed_at').notNull(),
  claimed: integer().notNull(),
  held: integer().notNull(),
  used: integer().notNull(),
})

export const couponClaims = sqliteTable('coupon_claims', {
  id: text().primaryKey(),
  couponId: text('coupon_id').notNull(),
  code: text().notNull(),
  holder: text().notNull(),
  userId: text('user_id'),
  sessionId: text('session_id').notNull(),
  status: text().$type<ClaimStatus>().notNull(),
  orderId: text('order_id'),
  claimedAt: integer('claimed_at').notNull(),
  changedAt: integer('changed_at').notNull(),
  history: text({ mode: 'json' }).$type<readonly ClaimMove[]>().notNull(),
})

export const payments = sqliteTable('payments', {
  id: text().primaryKey(),
  orderId: text('order_id').notNull(),
  provider: text().$type<PaymentState['provider']>().notNull(),
  method: text().$type<PaymentMethod>().notNull(),
  amount: integer().notNull(),
  currency: text().$type<Currency>().notNull(),
  status: text().$type<PaymentStatus>().notNull(),
  providerKey: text('provider_key'),
  checkoutUrl: text('checkout_url'),
  attemptId: text('attempt_id'),
  leaseUntil: integer('lease_until'),
  openedAt: integer('opened_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  capturedAt: integer('captured_at'),
  refundedAmount: integer('refunded_amount').notNull(),
  failure: text({ mode: 'json' }).$type<ProviderRefusal | null>(),
  counted: integer({ mode: 'boolean' }).notNull(),
  payerName: text('payer_name'),
  account: text({ mode: 'json' }).$type<PayInAccount | null>(),
  disputed: integer({ mode: 'boolean' }).notNull(),
})

/** What a provider proves its calls about a payment with. */
export const paymentSecrets = sqliteTable('payment_secrets', {
  paymentId: text('payment_id').primaryKey(),
  secret: text().notNull(),
})

export const refunds = sqliteTable('refunds', {
  id: text().primaryKey(),
  paymentId: text('payment_id').notNull(),
  orderId: text('order_id').notNull(),
  amount: integer().notNull(),
  reason: text().notNull(),
  status: text().$type<RefundStatus>().notNull(),
  attempt: integer().notNull(),
  requestedAt: integer('requested_at').notNull(),
  requestedBy: text('requested_by').notNull(),
  doneAt: integer('done_at'),
  failure: text({ mode: 'json' }).$type<ProviderRefusal | null>(),
  providerRef: text('provider_ref'),
  lines: text({ mode: 'json' }).$type<readonly RefundedLine[] | null>(),
  proof: text({ mode: 'json' }).$type<RefundProof | null>(),
})

export const refundAccounts = sqliteTable('refund_accounts', {
  refundId: text('refund_id').primaryKey(),
  sealed: text().notNull(),
})

export const deposits = sqliteTable('deposits', {
  id: text().primaryKey(),
  traceId: text('trace_id').notNull(),
  payerName: text('payer_name').notNull(),
  amount: integer().notNull(),
  receivedAt: integer('received_at').notNull(),
  status: text().$type<DepositStatus>().notNull(),
  paymentId: text('payment_id'),
  candidates: text({ mode: 'json' }).$type<readonly string[]>().notNull(),
  proof: text({ mode: 'json' }).$type<RefundProof | null>(),
})

export const events = sqliteTable('events', {
  seq: integer().primaryKey(),
  epoch: integer().notNull(),
  id: text().notNull(),
  type: text().$type<EventType>().notNull(),
  at: integer().notNull(),
  subject: text({ mode: 'json' }).$type<Subject>().notNull(),
  message: text(),
  traceId: text('trace_id'),
})

export const agenda = sqliteTable(
  'agenda',
  {
    kind: text().notNull(),
    subject: text().notNull(),
    due: integer().notNull(),
    attempt: integer().notNull(),
    dead: integer({ mode: 'boolean' }).notNull(),
    lastError: text('last_error'),
    traceId: text('trace_id'),
  },
  (table) => [primaryKey({ columns: [table.kind, table.subject] })],
)

export const idempotency = sqliteTable(
  'idempotency',
  {
    scope: text().notNull(),
    operation: text().notNull(),
    key: text().notNull(),
    fingerprint: text().notNull(),
    answer: text({ mode: 'json' }).notNull(),
    at: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.scope, table.operation, table.key] })],
)

export const endedSessions = sqliteTable('ended_sessions', {
  sessionId: text('session_id').primaryKey(),
  forgetAfter: integer('forget_after').notNull(),
})

/** What names the user's membership before `version` is refused. */
export const endedMemberships = sqliteTable('ended_memberships', {
  userId: text('user_id').primaryKey(),
  version: integer().notNull(),
  forgetAfter: integer('forget_after').notNull(),
})

export const spentTickets = sqliteTable('spent_tickets', {
  ticketId: text('ticket_id').primaryKey(),
  expiresAt: integer('expires_at').notNull(),
})

export const secrets = sqliteTable('secrets', {
  name: text().$type<SecretName>().primaryKey(),
  sealed: text().notNull(),
  hint: text().notNull(),
})
