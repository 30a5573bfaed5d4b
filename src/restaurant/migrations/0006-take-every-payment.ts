/** Several payments an order, deposits, refunds by line and by hand. */
export const takeEveryPayment = {
  name: '0006-take-every-payment',
  statements: [
    `ALTER TABLE payments ADD COLUMN counted INTEGER NOT NULL DEFAULT 0`,
    `ALTER TABLE payments ADD COLUMN payer_name TEXT`,
    `ALTER TABLE payments ADD COLUMN account TEXT`,
    `ALTER TABLE payments ADD COLUMN disputed INTEGER NOT NULL DEFAULT 0`,
    // Until now the first one captured was the one that paid.
    `UPDATE payments SET counted = 1
      WHERE status = 'CAPTURED' AND captured_at = (
        SELECT min(captured_at) FROM payments AS first
        WHERE first.order_id = payments.order_id AND first.status = 'CAPTURED'
      )`,
    `ALTER TABLE refunds ADD COLUMN provider_ref TEXT`,
    `ALTER TABLE refunds ADD COLUMN lines TEXT`,
    `ALTER TABLE refunds ADD COLUMN proof TEXT`,
    // Which orders a deposit may be for.
    `CREATE INDEX payments_awaiting ON payments (provider, amount) WHERE status = 'AWAITING'`,
    // What a provider proves its calls about a payment with: in no event and no answer.
    `CREATE TABLE payment_secrets (
      payment_id TEXT PRIMARY KEY,
      secret TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
    // Sealed by the Worker: personal data that the object cannot read.
    `CREATE TABLE refund_accounts (
      refund_id TEXT PRIMARY KEY,
      sealed TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE deposits (
      id TEXT PRIMARY KEY,
      trace_id TEXT NOT NULL UNIQUE,
      payer_name TEXT NOT NULL,
      amount INTEGER NOT NULL,
      received_at INTEGER NOT NULL,
      status TEXT NOT NULL,
      payment_id TEXT,
      candidates TEXT NOT NULL,
      proof TEXT
    ) STRICT, WITHOUT ROWID`,
  ],
} as const
