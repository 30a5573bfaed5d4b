/** Sealed secrets, and since when an order has been ringing unseen (null in orders from before). */
export const keepSecrets = {
  name: '0004-keep-secrets',
  statements: [
    `CREATE TABLE secrets (
      name TEXT PRIMARY KEY,
      sealed TEXT NOT NULL,
      hint TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
    `ALTER TABLE orders ADD COLUMN unseen_since INTEGER`,
  ],
} as const
