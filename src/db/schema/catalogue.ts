import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { MenuItem } from '../../domain/menu/menu.ts'
import type { Translations } from '../../domain/menu/translations.ts'

/** Where a copied row comes from: the event's number, and the newest rebuild that saw it (0 = none). */
const origin = () => ({
  epoch: integer('epoch').notNull(),
  seq: integer('seq').notNull(),
  generation: integer('generation').notNull(),
  updatedAt: integer('updated_at').notNull(),
})

/** Read model of the menus' items across restaurants, carried forward like the orders. */
export const productIndex = sqliteTable(
  'product_index',
  {
    /** What the search index calls the row. */
    rowId: integer('row_id').primaryKey(),
    id: text('id').notNull().unique('product_index_id_unique'),
    restaurantId: text('restaurant_id').notNull(),
    categoryId: text('category_id').notNull(),
    name: text('name').notNull(),
    price: integer('price').notNull(),
    position: integer('position').notNull(),
    /** As every reader may see it: `SOLD_OUT`, `LOW` or `IN_STOCK`. */
    stockState: text('stock_state').$type<'IN_STOCK' | 'LOW' | 'SOLD_OUT'>().notNull(),
    deleted: integer('deleted', { mode: 'boolean' }).notNull(),
    item: text('item', { mode: 'json' }).$type<MenuItem>().notNull(),
    /** What it is found by, in all its languages: see domain/catalogue. */
    grams: text('grams').notNull(),
    initials: text('initials').notNull(),
    jamo: text('jamo').notNull(),
    ...origin(),
  },
  (table) => [
    // A restaurant's products; also a rebuild's sweep.
    index('product_index_restaurant').on(table.restaurantId, table.categoryId),
    // Lists sorted by price, by name, by newest (ids of items are random: the row's number is age).
    index('product_index_price')
      .on(table.price, table.rowId)
      .where(sql`${table.deleted} = 0`),
    index('product_index_name')
      .on(table.name, table.rowId)
      .where(sql`${table.deleted} = 0`),
    // The metrics' question: how many run low, how many are sold out?
    index('product_index_short')
      .on(table.stockState)
      .where(sql`${table.deleted} = 0 AND ${table.stockState} <> 'IN_STOCK'`),
  ],
)

/** Read model of the menus' categories. */
export const categoryIndex = sqliteTable(
  'category_index',
  {
    id: text('id').primaryKey(),
    restaurantId: text('restaurant_id').notNull(),
    name: text('name').notNull(),
    names: text('names', { mode: 'json' }).$type<Translations>().notNull(),
    position: integer('position').notNull(),
    deleted: integer('deleted', { mode: 'boolean' }).notNull(),
    ...origin(),
  },
  (table) => [
    // A restaurant's categories; also a rebuild's sweep.
    index('category_index_restaurant').on(table.restaurantId),
  ],
)

/**
 * What an order has of one item, all its lines on it together: the read model that boards count. Rows
 * of orders that do not count any more stay, with `counted` off.
 */
export const orderItems = sqliteTable(
  'order_items',
  {
    orderId: text('order_id').notNull(),
    itemId: text('item_id').notNull(),
    restaurantId: text('restaurant_id').notNull(),
    placedAt: integer('placed_at').notNull(),
    quantity: integer('quantity').notNull(),
    revenue: integer('revenue').notNull(),
    counted: integer('counted', { mode: 'boolean' }).notNull(),
    ...origin(),
  },
  (table) => [
    primaryKey({ columns: [table.orderId, table.itemId] }),
    // The hours that a board recomputes, and its edge hours: one restaurant's, or everybody's.
    index('order_items_restaurant_placed').on(table.restaurantId, table.placedAt),
    index('order_items_placed').on(table.placedAt),
  ],
)

/** Sums over whole hours (since 1970) of what counts in `order_items`. */
export const itemHours = sqliteTable(
  'item_hours',
  {
    hour: integer('hour').notNull(),
    restaurantId: text('restaurant_id').notNull(),
    itemId: text('item_id').notNull(),
    orderCount: integer('order_count').notNull(),
    quantity: integer('quantity').notNull(),
    revenue: integer('revenue').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.hour, table.restaurantId, table.itemId] }),
    // One restaurant's board.
    index('item_hours_restaurant').on(table.restaurantId, table.hour),
  ],
)

/** Hours whose rows have changed since they were summed: readers count them from the rows. */
export const touchedHours = sqliteTable(
  'touched_hours',
  {
    hour: integer('hour').notNull(),
    restaurantId: text('restaurant_id').notNull(),
    /** Rises with every touch, so that a sum of what stood before does not clear it. */
    touches: integer('touches').notNull(),
  },
  (table) => [primaryKey({ columns: [table.hour, table.restaurantId] })],
)

/** What one unit of `base` was worth in `quote` on a day, in millionths of minor units per minor unit. */
export const exchangeRates = sqliteTable(
  'exchange_rates',
  {
    base: text('base').notNull(),
    quote: text('quote').notNull(),
    day: text('day').notNull(),
    rateMillionths: integer('rate_millionths').notNull(),
    enteredAt: integer('entered_at').notNull(),
    enteredBy: text('entered_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.base, table.quote, table.day] })],
)
