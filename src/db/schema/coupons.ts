import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { ClaimState, ClaimStatus, CouponState } from '../../domain/coupon/coupon.ts'

/** Which restaurant a code belongs to: the truth about who may use it, for ever. */
export const couponCodes = sqliteTable(
  'coupon_codes',
  {
    code: text('code').primaryKey(),
    restaurantId: text('restaurant_id').notNull(),
    registeredAt: integer('registered_at').notNull(),
    /** The restaurant's object has the coupon; null while that is not known. */
    settledAt: integer('settled_at'),
  },
  (table) => [
    // The cron's question: registered, but does the coupon exist?
    index('coupon_codes_unsettled')
      .on(table.registeredAt)
      .where(sql`${table.settledAt} IS NULL`),
  ],
)

/** Read model of coupons, carried forward like the orders. */
export const couponIndex = sqliteTable(
  'coupon_index',
  {
    id: text('id').primaryKey(),
    restaurantId: text('restaurant_id').notNull(),
    code: text('code').notNull(),
    active: integer('active', { mode: 'boolean' }).notNull(),
    endsAt: integer('ends_at'),
    state: text('state', { mode: 'json' }).$type<CouponState>().notNull(),
    createdAt: integer('created_at').notNull(),
    epoch: integer('epoch').notNull(),
    seq: integer('seq').notNull(),
    generation: integer('generation').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    // A restaurant's coupons, newest first; also a rebuild's sweep.
    index('coupon_index_restaurant').on(table.restaurantId, table.createdAt),
    // Everybody's, newest first.
    index('coupon_index_created_at').on(table.createdAt),
    // The metrics' question: which can be claimed or taken now?
    index('coupon_index_active')
      .on(table.endsAt)
      .where(sql`${table.active} = 1`),
  ],
)

/** Read model of who holds what. */
export const claimIndex = sqliteTable(
  'claim_index',
  {
    id: text('id').primaryKey(),
    couponId: text('coupon_id').notNull(),
    restaurantId: text('restaurant_id').notNull(),
    holder: text('holder').notNull(),
    status: text('status').$type<ClaimStatus>().notNull(),
    state: text('state', { mode: 'json' }).$type<ClaimState>().notNull(),
    claimedAt: integer('claimed_at').notNull(),
    epoch: integer('epoch').notNull(),
    seq: integer('seq').notNull(),
    generation: integer('generation').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    // A holder's own, newest first.
    index('claim_index_holder').on(table.holder, table.claimedAt),
    // A rebuild's sweep.
    index('claim_index_restaurant').on(table.restaurantId, table.generation),
  ],
)
