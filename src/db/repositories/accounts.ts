import {
  and,
  desc,
  eq,
  getTableColumns,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  sql,
  type SQL,
} from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { administers } from '../../domain/identity/account.ts'
import { memberships } from '../schema/restaurants.ts'
import { sessions } from '../schema/sessions.ts'
import { users } from '../schema/users.ts'
import { once, repeatable } from '../unavailable.ts'
import type { AccountFilter, AccountRepository } from './account-ports.ts'
import { auditStatementWhere, there } from './audit-rows.ts'
import { endingStatements, sessionsOf } from './ending-sessions.ts'

type Db = ReturnType<typeof drizzle>

const { passwordHash: _, ...COLUMNS } = getTableColumns(users)

/** The last character there is: what begins with a text lies between it and it with this behind. */
const LAST = '\u{10ffff}'

/** Accounts, administered, in D1. */
export function createAccountRepository(database: D1Database): AccountRepository {
  const db = drizzle(database)
  return { ...reading(db), ...changing(db) }
}

function reading(db: Db): Pick<AccountRepository, 'page' | 'byId'> {
  const wanted = ({ role, email, name, locked, restaurantId }: AccountFilter) => [
    role === null ? undefined : eq(users.role, role),
    // A range of the unique index; LIKE would have to be told of its own signs.
    email === null ? undefined : gte(users.email, email.toLowerCase()),
    email === null ? undefined : lt(users.email, email.toLowerCase() + LAST),
    name === null ? undefined : sql`instr(lower(${users.name}), ${name.toLowerCase()}) > 0`,
    locked === null ? undefined : locked ? isNotNull(users.lockedAt) : isNull(users.lockedAt),
    restaurantId === null
      ? undefined
      : inArray(
          users.id,
          db
            .select({ id: memberships.userId })
            .from(memberships)
            .where(eq(memberships.restaurantId, restaurantId)),
        ),
  ]
  return {
    page: (filter, { limit, after }) =>
      once(() =>
        db
          .select(COLUMNS)
          .from(users)
          .where(
            and(
              ...wanted(filter),
              after === null
                ? undefined
                : sql`(${users.createdAt}, ${users.id}) < (${after.createdAt}, ${after.id})`,
            ),
          )
          .orderBy(desc(users.createdAt), desc(users.id))
          .limit(limit)
          .all(),
      ),

    async byId(id) {
      const row = await once(() => db.select(COLUMNS).from(users).where(eq(users.id, id)).get())
      return row ?? null
    },
  }
}

const admins = (which: SQL): SQL =>
  sql`EXISTS (SELECT 1 FROM users AS admin WHERE admin.role = 'ADMIN'
    AND admin.locked_at IS NULL AND ${which})`

function changing(db: Db): Pick<AccountRepository, 'change' | 'endSessions'> {
  return {
    async change({ id, by, before, after, ending }, audit) {
      const stands = and(
        eq(users.id, id),
        eq(users.role, before.role),
        sql`${users.lockedAt} IS ${before.lockedAt}`,
        isNull(users.erasedAt),
        admins(sql`admin.id = ${by}`),
        administers(before) && !administers(after) ? admins(sql`admin.id <> ${id}`) : undefined,
      )
      const whose = sql`(SELECT ${users.id} FROM ${users} WHERE ${stands})`
      const which = ending === null ? sql`false` : sessionsOf(whose, null)
      // All but the last ask how the account stood before it.
      const [, , , , toPush, changed] = await repeatable(() =>
        db.batch([
          auditStatementWhere(db, audit, there(users, stands)),
          ...endingStatements(db, which, ending ?? { endedAt: 0, restaurantIds: [] }),
          db.update(users).set(after).where(stands).returning({ id: users.id }),
        ]),
      )
      return changed.length > 0 ? toPush : null
    },

    async endSessions({ userId, ...ending }, audit) {
      const which = sessionsOf(userId, null)
      const open = and(which, isNull(sessions.endedAt))
      const [, , , , toPush] = await repeatable(() =>
        db.batch([
          auditStatementWhere(db, audit, there(sessions, open)),
          ...endingStatements(db, which, ending),
        ]),
      )
      return toPush
    },
  }
}
