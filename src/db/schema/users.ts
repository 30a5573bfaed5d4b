import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { ACCOUNT_ROLES } from '../../domain/actor.ts'

export const users = sqliteTable(
  'users',
  {
    id: text('id').primaryKey(),
    /** In lower case: the unique index also serves the look-up at log-in. */
    email: text('email').notNull().unique('users_email_unique'),
    name: text('name').notNull(),
    role: text('role', { enum: ACCOUNT_ROLES }).notNull(),
    passwordHash: text('password_hash').notNull(),
    createdAt: integer('created_at').notNull(),
    /** Since when nobody is let in; null = not locked. */
    lockedAt: integer('locked_at'),
    /** Since when name, e-mail and password are gone: the account is a number in books alone. */
    erasedAt: integer('erased_at'),
  },
  (table) => [
    // Administration's list: people of a role, newest first.
    index('users_role').on(table.role, table.createdAt),
    // The same of everybody.
    index('users_created_at').on(table.createdAt),
    // Support's search by the beginning of a name, in capitals or not.
    index('users_name').on(sql`${table.name} COLLATE NOCASE`),
  ],
)
