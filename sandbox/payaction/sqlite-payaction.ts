import type { PayActionStore, Transfer, WatchedOrder } from './store.ts'

const TABLES = `
CREATE TABLE IF NOT EXISTS watched_orders (
  row INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS watched_waiting ON watched_orders (state) WHERE state = 'WAITING';
CREATE TABLE IF NOT EXISTS transfers (row INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
`

/** The same in a Durable Object's SQLite. Makes its tables when they are missing. */
export function createSqlitePayAction(sql: SqlStorage): PayActionStore {
  sql.exec(TABLES)
  const read = <T>(table: string, rest: string, ...values: (string | number)[]): T[] =>
    sql
      .exec<{ body: string }>(`SELECT body FROM ${table} ${rest}`, ...values)
      .toArray()
      .map(({ body }) => JSON.parse(body) as T)
  const orders = (rest: string, ...values: (string | number)[]) =>
    read<WatchedOrder>('watched_orders', rest, ...values)
  return {
    order: (number) => orders('WHERE number = ?', number)[0] ?? null,
    waiting: () => orders("WHERE state = 'WAITING'"),
    putOrder: (order) =>
      void sql.exec(
        `INSERT INTO watched_orders (number, state, body) VALUES (?, ?, ?)
         ON CONFLICT (number) DO UPDATE SET state = excluded.state, body = excluded.body`,
        order.number,
        order.state,
        JSON.stringify(order),
      ),
    orders: (limit) => orders('ORDER BY row DESC LIMIT ?', limit),
    putTransfer: (transfer) =>
      void sql.exec('INSERT INTO transfers (body) VALUES (?)', JSON.stringify(transfer)),
    transfers: (limit) => read<Transfer>('transfers', 'ORDER BY row DESC LIMIT ?', limit),
  }
}
