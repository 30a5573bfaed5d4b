/** Languages, allergens, tags and pictures; rows from before read as having none of them. */
export const completeTheMenu = {
  name: '0003-complete-the-menu',
  statements: [
    `ALTER TABLE categories ADD COLUMN names TEXT NOT NULL DEFAULT '{}'`,
    `ALTER TABLE items ADD COLUMN names TEXT NOT NULL DEFAULT '{}'`,
    `ALTER TABLE items ADD COLUMN descriptions TEXT NOT NULL DEFAULT '{}'`,
    `ALTER TABLE items ADD COLUMN allergens TEXT NOT NULL DEFAULT '[]'`,
    `ALTER TABLE items ADD COLUMN tags TEXT NOT NULL DEFAULT '[]'`,
    `ALTER TABLE items ADD COLUMN spice_level INTEGER NOT NULL DEFAULT 0`,
    `ALTER TABLE items ADD COLUMN max_per_order INTEGER`,
    `ALTER TABLE items ADD COLUMN image TEXT`,
  ],
} as const
