import { lapsesAt, type SandboxPayment } from './toss/payment.ts'
import type { TossStore } from './toss/store.ts'

const TABLES = `
CREATE TABLE IF NOT EXISTS payments (
  number INTEGER PRIMARY KEY,
  payment_key TEXT NOT NULL UNIQUE,
  merchant TEXT NOT NULL,
  order_id TEXT NOT NULL,
  lapses_at INTEGER,
  body TEXT NOT NULL,
  UNIQUE (merchant, order_id)
) STRICT;
CREATE INDEX IF NOT EXISTS lapsing ON payments (lapses_at) WHERE lapses_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS answers (
  key TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  status INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`

/** The sandbox's payments in a Durable Object's SQLite. Makes its tables when they are missing. */
export function createSqliteStore(sql: SqlStorage): TossStore {
  sql.exec(TABLES)
  const payments = (condition: string, ...values: (string | number)[]): SandboxPayment[] =>
    sql
      .exec<{ body: string }>(`SELECT body FROM payments ${condition}`, ...values)
      .toArray()
      .map((row) => JSON.parse(row.body) as SandboxPayment)
  return {
    get: (paymentKey) => payments('WHERE payment_key = ?', paymentKey)[0] ?? null,
    findByOrder: (merchant, orderId) =>
      payments('WHERE merchant = ? AND order_id = ?', merchant, orderId)[0] ?? null,
    put: (payment) =>
      void sql.exec(
        `INSERT INTO payments (payment_key, merchant, order_id, lapses_at, body) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (payment_key) DO UPDATE SET lapses_at = excluded.lapses_at, body = excluded.body`,
        payment.paymentKey,
        payment.merchant,
        payment.orderId,
        lapsesAt(payment),
        JSON.stringify(payment),
      ),
    list: (limit) => payments('ORDER BY number DESC LIMIT ?', limit),
    lapsed: (now) => payments('WHERE lapses_at <= ?', now),
    nextLapse: () =>
      sql.exec<{ at: number | null }>('SELECT min(lapses_at) AS at FROM payments').one().at,
    answerTo: (key) =>
      sql
        .exec<{
          at: number
          status: number
          body: string
        }>('SELECT at, status, body FROM answers WHERE key = ?', key)
        .toArray()[0] ?? null,
    remember: (key, { at, status, body }) =>
      void sql.exec(
        'INSERT OR REPLACE INTO answers (key, at, status, body) VALUES (?, ?, ?, ?)',
        key,
        at,
        status,
        body,
      ),
  }
}
