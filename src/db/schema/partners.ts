import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Partner systems: who may ask for tokens of the role EXTERNAL. */
export const partners = sqliteTable('partners', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  clientId: text('client_id').notNull().unique('partners_client_id_unique'),
  /** SHA-256 of the secret, which was shown once: 256 random bits need no slow hash. */
  secretDigest: text('secret_digest').notNull(),
  createdAt: integer('created_at').notNull(),
  disabledAt: integer('disabled_at'),
  /** SHA-256 of the client certificate that its calls must come with; null = none is asked for. */
  certFingerprint: text('cert_fingerprint'),
})
