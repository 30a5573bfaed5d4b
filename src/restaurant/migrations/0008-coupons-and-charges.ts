/** Coupons and who holds them; discount and fees of an order; thresholds and daily portions of stock. */
export const couponsAndCharges = {
  name: '0008-coupons-and-charges',
  statements: [
    `ALTER TABLE orders ADD COLUMN charges TEXT`,
    `ALTER TABLE orders ADD COLUMN coupons TEXT`,
    `ALTER TABLE stock ADD COLUMN low_at INTEGER`,
    `ALTER TABLE stock ADD COLUMN daily_portions INTEGER`,
    `ALTER TABLE stock ADD COLUMN portions_day TEXT`,
    `ALTER TABLE stock_movements ADD COLUMN kind TEXT NOT NULL DEFAULT 'ADJUSTED'`,
    `ALTER TABLE stock_movements ADD COLUMN order_id TEXT`,
    // The log of one item, newest first.
    `CREATE INDEX stock_movements_by_item ON stock_movements (item_id, id)`,
    `CREATE TABLE coupons (
      id TEXT PRIMARY KEY,
      code TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      value INTEGER NOT NULL,
      max_discount INTEGER,
      min_order_amount INTEGER NOT NULL,
      item_ids TEXT NOT NULL,
      category_ids TEXT NOT NULL,
      starts_at INTEGER,
      ends_at INTEGER,
      total_quantity INTEGER NOT NULL,
      per_user_limit INTEGER NOT NULL,
      stackable INTEGER NOT NULL,
      for_guests INTEGER NOT NULL,
      listed INTEGER NOT NULL,
      active INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      changed_at INTEGER NOT NULL,
      claimed INTEGER NOT NULL,
      held INTEGER NOT NULL,
      used INTEGER NOT NULL,
      CHECK (claimed <= total_quantity),
      CHECK (held >= 0 AND used >= 0 AND held + used <= claimed)
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE coupon_claims (
      id TEXT PRIMARY KEY,
      coupon_id TEXT NOT NULL,
      code TEXT NOT NULL,
      holder TEXT NOT NULL,
      user_id TEXT,
      session_id TEXT NOT NULL,
      status TEXT NOT NULL,
      order_id TEXT,
      claimed_at INTEGER NOT NULL,
      changed_at INTEGER NOT NULL,
      history TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
    // What a holder has of one coupon: the limit per person, and the claim an order may take.
    `CREATE INDEX coupon_claims_by_holder ON coupon_claims (holder, coupon_id)`,
    // What ends when the coupon ends.
    `CREATE INDEX coupon_claims_by_coupon ON coupon_claims (coupon_id, status)`,
  ],
} as const
