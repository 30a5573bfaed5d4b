import { desc, sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { OrderPaymentStatus, OrderState, OrderStatus } from '../../domain/order/order.ts'
import type { PaymentState, RefundState } from '../../domain/payment/payment.ts'
import type { PaymentMethod, RestaurantState } from '../../domain/restaurant/settings.ts'

/** A figure that the whole state has as well, where an index can hold it. */
const fromState = (name: string, path: string) =>
  integer(name).generatedAlwaysAs(sql.raw(`("state" ->> '$.${path}')`), { mode: 'virtual' })

/**
 * Read model of orders across restaurants: a copy that the objects' events carry forward. A row moves
 * only to a higher (epoch, seq); `generation` is the newest rebuild that saw it (0 = none).
 */
export const orderIndex = sqliteTable(
  'order_index',
  {
    id: text('id').primaryKey(),
    restaurantId: text('restaurant_id').notNull(),
    userId: text('user_id'),
    sessionId: text('session_id').notNull(),
    status: text('status').$type<OrderStatus>().notNull(),
    paymentStatus: text('payment_status').$type<OrderPaymentStatus>().notNull(),
    businessDay: text('business_day').notNull(),
    number: text('number').notNull(),
    tableId: text('table_id'),
    totalAmount: integer('total_amount').notNull(),
    currency: text('currency').notNull(),
    placedAt: integer('placed_at').notNull(),
    state: text('state', { mode: 'json' }).$type<OrderState>().notNull(),
    payments: text('payments', { mode: 'json' }).$type<readonly PaymentState[]>().notNull(),
    refunds: text('refunds', { mode: 'json' }).$type<readonly RefundState[]>().notNull(),
    epoch: integer('epoch').notNull(),
    seq: integer('seq').notNull(),
    generation: integer('generation').notNull(),
    updatedAt: integer('updated_at').notNull(),
    /** When the kitchen could first take it on: paid, or placed where payment comes after. */
    acceptableAt: integer('acceptable_at'),
    paymentMethod: text('payment_method')
      .$type<PaymentMethod>()
      .generatedAlwaysAs(sql.raw(`("state" ->> '$.paymentMethod')`), { mode: 'virtual' }),
    capturedAmount: fromState('captured_amount', 'capturedAmount'),
    refundedAmount: fromState('refunded_amount', 'refundedAmount'),
    refundDueAmount: fromState('refund_due_amount', 'refundDueAmount'),
    discountAmount: fromState('discount_amount', 'charges.discountAmount'),
    acceptedAt: fromState('accepted_at', 'acceptedAt'),
    readyAt: fromState('ready_at', 'readyAt'),
  },
  (table) => [
    // A member's own orders, newest first.
    index('order_index_user').on(table.userId, desc(table.id)),
    // A guest's own orders, newest first.
    index('order_index_session').on(table.sessionId, desc(table.id)),
    // Administration's list: one restaurant's, newest first.
    index('order_index_restaurant').on(table.restaurantId, desc(table.id)),
    // … those that are not completed, by what they are; most of all orders stay out of it.
    index('order_index_status')
      .on(table.status, desc(table.id))
      .where(sql`${table.status} <> 'COMPLETED'`),
    // … those whose money is not simply in.
    index('order_index_payment_status')
      .on(table.paymentStatus, desc(table.id))
      .where(sql`${table.paymentStatus} <> 'PAID'`),
    // The platform's figures: all that they count of an order, so that no row is read for them.
    index('order_index_figures').on(
      table.placedAt,
      table.restaurantId,
      table.status,
      table.currency,
      table.totalAmount,
      table.paymentMethod,
      table.capturedAmount,
      table.refundedAmount,
      table.refundDueAmount,
      table.discountAmount,
      table.acceptableAt,
      table.acceptedAt,
      table.readyAt,
    ),
    // A rebuild's sweep: a restaurant's rows that it did not see.
    index('order_index_restaurant_generation').on(table.restaurantId, table.generation),
  ],
)

/** Read model of restaurants, carried forward like the orders. */
export const restaurantIndex = sqliteTable('restaurant_index', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  settings: text('settings', { mode: 'json' }).$type<RestaurantState>().notNull(),
  epoch: integer('epoch').notNull(),
  seq: integer('seq').notNull(),
  generation: integer('generation').notNull(),
  updatedAt: integer('updated_at').notNull(),
})

/**
 * How far each restaurant's projection is. `generation…` say which rebuild last began here, and with
 * which number: rows that it did not see are only swept up to there.
 */
export const projectionState = sqliteTable('projection_state', {
  restaurantId: text('restaurant_id').primaryKey(),
  epoch: integer('epoch').notNull(),
  seq: integer('seq').notNull(),
  updatedAt: integer('updated_at').notNull(),
  generation: integer('generation').notNull(),
  generationEpoch: integer('generation_epoch').notNull(),
  generationSeq: integer('generation_seq').notNull(),
})
