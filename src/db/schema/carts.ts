import { isNull } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { CartLine, RecentKey } from '../../domain/cart/cart.ts'

/** One cart per account or session: what is wanted, never what it costs. */
export const carts = sqliteTable(
  'carts',
  {
    id: text('id').primaryKey(),
    /** `cartOwner` of whose it is. */
    owner: text('owner').notNull().unique('carts_owner_unique'),
    /** Null while there are no lines. */
    restaurantId: text('restaurant_id'),
    lines: text('lines', { mode: 'json' }).$type<readonly CartLine[]>().notNull(),
    /** Rises with every change. */
    version: integer('version').notNull(),
    /** Of the newest changes that came with a key. */
    recentKeys: text('recent_keys', { mode: 'json' }).$type<readonly RecentKey[]>().notNull(),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
  },
  (table) => [
    // The sweep.
    index('carts_expires_at').on(table.expiresAt),
  ],
)

/** An order that is being placed from a cart, with the lines it takes: a repeat asks for the same. */
export const cartCheckouts = sqliteTable(
  'cart_checkouts',
  {
    owner: text('owner').notNull(),
    idempotencyKey: text('idempotency_key').notNull(),
    /** Of the request: the same key with another one is refused. */
    fingerprint: text('fingerprint').notNull(),
    cartId: text('cart_id').notNull(),
    restaurantId: text('restaurant_id').notNull(),
    lines: text('lines', { mode: 'json' }).$type<readonly CartLine[]>().notNull(),
    startedAt: integer('started_at').notNull(),
    /** Placed, and its lines taken out of the cart; null until then. */
    orderId: text('order_id'),
  },
  (table) => [
    primaryKey({ columns: [table.owner, table.idempotencyKey] }),
    // The sweep.
    index('cart_checkouts_started_at').on(table.startedAt),
    // Those that nobody has finished.
    index('cart_checkouts_unfinished').on(table.startedAt).where(isNull(table.orderId)),
  ],
)
