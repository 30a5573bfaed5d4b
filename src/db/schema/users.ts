import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { ACCOUNT_ROLES } from '../../domain/actor.ts'

export const users = sqliteTable('users', {
  id: text('id').primaryKey(),
  /** In lower case: the unique index also serves the look-up at log-in. */
  email: text('email').notNull().unique('users_email_unique'),
  name: text('name').notNull(),
  role: text('role', { enum: ACCOUNT_ROLES }).notNull(),
  passwordHash: text('password_hash').notNull(),
  createdAt: integer('created_at').notNull(),
})
