/**
 * Every index of the orders is a row and a page that each order writes. A guest's orders are found by
 * the index that finds a guest's keys; a day's by their ids, which begin with their time.
 */
export const fewerOrderIndexes = {
  name: '0007-fewer-order-indexes',
  statements: [
    // "Seen before?" when an order is placed (the key is kept for ever); a guest's own orders, and the
    // cap on unpaid ones.
    `CREATE UNIQUE INDEX orders_by_owner_and_key ON orders (owner, idempotency_key)`,
    `DROP INDEX orders_by_key`,
    `DROP INDEX orders_by_owner`,
    `DROP INDEX orders_by_day`,
  ],
} as const
