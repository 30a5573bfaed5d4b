import { and, asc, eq, ne, or, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { membershipChanges, memberships } from '../schema/restaurants.ts'
import { users } from '../schema/users.ts'
import { once, repeatable } from '../unavailable.ts'
import type { MembershipChange, StaffRepository } from './ports.ts'

type Db = ReturnType<typeof drizzle>
interface Place {
  userId: string
  restaurantId: string
}

/** Who works at a restaurant, in D1. One writer decides who is the last owner. */
export function createStaffRepository(database: D1Database): StaffRepository {
  const db = drizzle(database)
  return {
    ...changing(db),
    ...telling(db),
    at: (restaurantId) => once(() => staffAt(db, restaurantId)),
  }
}

const isAt = ({ userId, restaurantId }: Place) =>
  and(eq(memberships.userId, userId), eq(memberships.restaurantId, restaurantId))

const changeAt = ({ userId, restaurantId }: Place) =>
  and(eq(membershipChanges.userId, userId), eq(membershipChanges.restaurantId, restaurantId))

/** The restaurant keeps an owner without this person. */
const isSpared = ({ userId, restaurantId }: Place) =>
  or(
    ne(memberships.role, 'OWNER'),
    sql`EXISTS (SELECT 1 FROM ${memberships} AS others WHERE others.restaurant_id = ${restaurantId}
      AND others.user_id <> ${userId} AND others.role = 'OWNER')`,
  )

/** Raises the membership's version where it fits `where`, and notes that the object must hear of it. */
const raiseVersion = (db: Db, where: ReturnType<typeof and>, at: number) =>
  db
    .insert(membershipChanges)
    .select(
      sql`SELECT ${memberships.userId}, ${memberships.restaurantId}, 2, ${at}, 0 FROM ${memberships}
        WHERE ${where}`,
    )
    .onConflictDoUpdate({
      target: [membershipChanges.userId, membershipChanges.restaurantId],
      set: {
        version: sql`${membershipChanges.version} + 1`,
        changedAt: sql`excluded.changed_at`,
        told: sql`excluded.told`,
      },
    })

const toChange = ({
  told: _,
  ...change
}: typeof membershipChanges.$inferSelect): MembershipChange => change

const staffColumns = {
  userId: memberships.userId,
  email: users.email,
  name: users.name,
  role: memberships.role,
  since: memberships.createdAt,
}

const staffAt = (db: Db, restaurantId: string) =>
  db
    .select(staffColumns)
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(eq(memberships.restaurantId, restaurantId))
    .orderBy(asc(memberships.createdAt), asc(memberships.userId))

function changing(db: Db): Pick<StaffRepository, 'setRole' | 'dismiss'> {
  return {
    async setRole({ role, ...place }, at) {
      const changes = and(
        isAt(place),
        ne(memberships.role, role),
        role === 'OWNER' ? undefined : isSpared(place),
      )
      const [, , , [member], [change]] = await repeatable(() =>
        db.batch([
          db
            .insert(memberships)
            .values({ ...place, role, createdAt: at })
            .onConflictDoNothing(),
          raiseVersion(db, changes, at),
          db.update(memberships).set({ role }).where(changes),
          db
            .select(staffColumns)
            .from(memberships)
            .innerJoin(users, eq(users.id, memberships.userId))
            .where(isAt(place)),
          db
            .select()
            .from(membershipChanges)
            .where(and(changeAt(place), eq(membershipChanges.told, false))),
        ]),
      )
      if (member === undefined) throw new Error('a membership was written and is not there')
      if (member.role !== role) return null
      return { member, change: change ? toChange(change) : null }
    },

    async dismiss(place, at) {
      const leaves = and(isAt(place), isSpared(place))
      const [, , [member], [change]] = await repeatable(() =>
        db.batch([
          raiseVersion(db, leaves, at),
          db.delete(memberships).where(leaves),
          db.select({ role: memberships.role }).from(memberships).where(isAt(place)),
          db.select().from(membershipChanges).where(changeAt(place)),
        ]),
      )
      if (member !== undefined) return 'LAST_OWNER'
      return change?.changedAt === at ? toChange(change) : 'UNKNOWN'
    },
  }
}

function telling(db: Db): Pick<StaffRepository, 'untold' | 'confirmTold'> {
  return {
    async untold(limit) {
      const rows = await once(() =>
        db
          .select()
          .from(membershipChanges)
          .where(eq(membershipChanges.told, false))
          .orderBy(asc(membershipChanges.changedAt))
          .limit(limit)
          .all(),
      )
      return rows.map(toChange)
    },

    async confirmTold({ version, ...place }) {
      await repeatable(() =>
        db
          .update(membershipChanges)
          .set({ told: true })
          .where(and(changeAt(place), eq(membershipChanges.version, version)))
          .run(),
      )
    },
  }
}
