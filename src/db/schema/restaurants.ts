import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { RestaurantSettings } from '../../domain/restaurant/settings.ts'
import { users } from './users.ts'

/** Which restaurants exist. `settings` are the first ones; the object's own are the truth afterwards. */
export const restaurants = sqliteTable(
  'restaurants',
  {
    id: text('id').primaryKey(),
    key: text('key').notNull().unique('restaurants_key_unique'),
    ownerId: text('owner_id')
      .notNull()
      .references(() => users.id),
    settings: text('settings', { mode: 'json' }).$type<RestaurantSettings>().notNull(),
    createdAt: integer('created_at').notNull(),
    initializedAt: integer('initialized_at'),
    idempotencyKey: text('idempotency_key'),
    fingerprint: text('fingerprint').notNull(),
  },
  (table) => [
    // A repeated creation finds the first one (NULLs differ: creations without a key never collide).
    uniqueIndex('restaurants_owner_idempotency_key').on(table.ownerId, table.idempotencyKey),
    // The cron's question: registered, but whose object was never initialised?
    index('restaurants_unfinished')
      .on(table.createdAt)
      .where(sql`${table.initializedAt} IS NULL`),
  ],
)

/** Who works where; the primary key serves "where does this user work?". */
export const memberships = sqliteTable(
  'memberships',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    restaurantId: text('restaurant_id')
      .notNull()
      .references(() => restaurants.id),
    role: text('role', { enum: ['OWNER', 'STAFF'] }).notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.restaurantId] }),
    // Who works at this restaurant?
    index('memberships_restaurant_id').on(table.restaurantId),
  ],
)

/**
 * Memberships that have changed since the first: which version they are at, kept after a dismissal so
 * that none is ever used twice, and whether the restaurant's object knows.
 */
export const membershipChanges = sqliteTable(
  'membership_changes',
  {
    userId: text('user_id').notNull(),
    restaurantId: text('restaurant_id').notNull(),
    version: integer('version').notNull(),
    changedAt: integer('changed_at').notNull(),
    told: integer('told', { mode: 'boolean' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.restaurantId] }),
    // The cron's question: what is still to be pushed, oldest first?
    index('membership_changes_untold')
      .on(table.changedAt)
      .where(sql`${table.told} = 0`),
  ],
)
