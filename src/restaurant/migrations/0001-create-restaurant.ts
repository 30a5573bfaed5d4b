/**
 * Tables of one restaurant. WITHOUT ROWID where the key is text: one row written per insert instead
 * of two. Every index names the query it serves.
 */
export const createRestaurant = {
  name: '0001-create-restaurant',
  statements: [
    // One row: the restaurant itself. `watermark` is the newest event the projection has confirmed.
    `CREATE TABLE restaurant (
      id TEXT PRIMARY KEY,
      settings TEXT NOT NULL,
      epoch INTEGER NOT NULL,
      menu_version INTEGER NOT NULL,
      watermark INTEGER NOT NULL,
      created_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,

    `CREATE TABLE dining_tables (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      code TEXT NOT NULL,
      open_visit_id TEXT,
      deleted INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID`,
    // A table named by a guest; two tables of one name are refused.
    `CREATE UNIQUE INDEX dining_tables_by_name ON dining_tables (name) WHERE deleted = 0`,
    `CREATE TABLE visits (
      id TEXT PRIMARY KEY,
      table_id TEXT NOT NULL,
      opened_at INTEGER NOT NULL,
      closed_at INTEGER
    ) STRICT, WITHOUT ROWID`,

    `CREATE TABLE categories (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      position INTEGER NOT NULL,
      deleted INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE items (
      id TEXT PRIMARY KEY,
      category_id TEXT NOT NULL,
      number INTEGER NOT NULL UNIQUE,
      name TEXT NOT NULL,
      description TEXT,
      price INTEGER NOT NULL CHECK (price >= 0),
      position INTEGER NOT NULL,
      options TEXT NOT NULL,
      sold_out INTEGER NOT NULL DEFAULT 0,
      sold_out_until INTEGER,
      deleted INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID`,
    // Items that are not counted have no row here.
    `CREATE TABLE stock (
      item_id TEXT PRIMARY KEY,
      level INTEGER NOT NULL,
      reserved INTEGER NOT NULL,
      CHECK (reserved >= 0 AND reserved <= level)
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE stock_movements (
      id INTEGER PRIMARY KEY,
      item_id TEXT NOT NULL,
      at INTEGER NOT NULL,
      by TEXT NOT NULL,
      reason TEXT NOT NULL,
      level_before INTEGER,
      level_after INTEGER
    ) STRICT`,

    `CREATE TABLE day_counters (
      business_day TEXT PRIMARY KEY,
      last_number INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE orders (
      id TEXT PRIMARY KEY,
      number TEXT NOT NULL,
      business_day TEXT NOT NULL,
      status TEXT NOT NULL,
      payment_status TEXT NOT NULL,
      payment_policy TEXT NOT NULL,
      payment_method TEXT NOT NULL,
      currency TEXT NOT NULL,
      total_amount INTEGER NOT NULL CHECK (total_amount >= 0),
      placed_amount INTEGER NOT NULL,
      captured_amount INTEGER NOT NULL,
      refunded_amount INTEGER NOT NULL CHECK (refunded_amount <= captured_amount),
      refund_due_amount INTEGER NOT NULL,
      table_id TEXT,
      table_name TEXT,
      visit_id TEXT,
      session_id TEXT NOT NULL,
      user_id TEXT,
      special_requests TEXT,
      lines TEXT NOT NULL,
      placed_at INTEGER NOT NULL,
      expires_at INTEGER,
      first_expires_at INTEGER,
      hold_extended INTEGER NOT NULL DEFAULT 0,
      accept_by INTEGER,
      accepted_at INTEGER,
      estimated_ready_at INTEGER,
      ready_at INTEGER,
      completed_at INTEGER,
      ended_at INTEGER,
      end_reason TEXT,
      message TEXT,
      acknowledged_at INTEGER,
      owner TEXT NOT NULL,
      idempotency_key TEXT,
      fingerprint TEXT
    ) STRICT, WITHOUT ROWID`,
    // "Seen before?" when an order is placed; the key is kept for ever.
    `CREATE UNIQUE INDEX orders_by_key ON orders (owner, idempotency_key)
      WHERE idempotency_key IS NOT NULL`,
    // The board, and what a reset would leave open.
    `CREATE INDEX orders_open ON orders (id) WHERE status IN ('PENDING', 'ACCEPTED', 'READY')`,
    // History of a day.
    `CREATE INDEX orders_by_day ON orders (business_day, id)`,
    // A guest's own orders, and the cap on unpaid ones.
    `CREATE INDEX orders_by_owner ON orders (owner, id)`,
    // The bill of a visit, and the cap on unpaid ones.
    `CREATE INDEX orders_by_visit ON orders (visit_id, id) WHERE visit_id IS NOT NULL`,

    `CREATE TABLE payments (
      id TEXT PRIMARY KEY,
      order_id TEXT NOT NULL,
      provider TEXT NOT NULL,
      method TEXT NOT NULL,
      amount INTEGER NOT NULL,
      currency TEXT NOT NULL,
      status TEXT NOT NULL,
      provider_key TEXT,
      checkout_url TEXT,
      attempt_id TEXT,
      lease_until INTEGER,
      opened_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      captured_at INTEGER,
      refunded_amount INTEGER NOT NULL DEFAULT 0 CHECK (refunded_amount <= amount),
      failure TEXT
    ) STRICT, WITHOUT ROWID`,
    // The payments of an order.
    `CREATE INDEX payments_by_order ON payments (order_id, id)`,
    `CREATE TABLE refunds (
      id TEXT PRIMARY KEY,
      payment_id TEXT NOT NULL,
      order_id TEXT NOT NULL,
      amount INTEGER NOT NULL CHECK (amount > 0),
      reason TEXT NOT NULL,
      status TEXT NOT NULL,
      attempt INTEGER NOT NULL,
      requested_at INTEGER NOT NULL,
      requested_by TEXT NOT NULL,
      done_at INTEGER,
      failure TEXT
    ) STRICT, WITHOUT ROWID`,
    // The refunds of an order.
    `CREATE INDEX refunds_by_order ON refunds (order_id, id)`,

    // No AUTOINCREMENT (it doubles the rows written): the newest event is never pruned.
    `CREATE TABLE events (
      seq INTEGER PRIMARY KEY,
      epoch INTEGER NOT NULL,
      id TEXT NOT NULL,
      type TEXT NOT NULL,
      at INTEGER NOT NULL,
      subject TEXT NOT NULL,
      message TEXT
    ) STRICT`,
    `CREATE TABLE agenda (
      kind TEXT NOT NULL,
      subject TEXT NOT NULL,
      due INTEGER NOT NULL,
      attempt INTEGER NOT NULL,
      dead INTEGER NOT NULL DEFAULT 0,
      last_error TEXT,
      PRIMARY KEY (kind, subject)
    ) STRICT, WITHOUT ROWID`,
    // What is due, and when the alarm must ring next.
    `CREATE INDEX agenda_by_due ON agenda (due) WHERE dead = 0`,
    `CREATE TABLE idempotency (
      scope TEXT NOT NULL,
      operation TEXT NOT NULL,
      key TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      answer TEXT NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY (scope, operation, key)
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE ended_sessions (
      session_id TEXT PRIMARY KEY,
      forget_after INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE spent_tickets (
      ticket_id TEXT PRIMARY KEY,
      expires_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
  ],
} as const
