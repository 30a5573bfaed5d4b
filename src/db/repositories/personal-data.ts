import { and, asc, eq, gt } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { cartOwner } from '../../domain/cart/owner.ts'
import { carts } from '../schema/carts.ts'
import { claimIndex } from '../schema/coupons.ts'
import { orderIndex } from '../schema/order-index.ts'
import { passwordResets } from '../schema/password-resets.ts'
import { supportNotes } from '../schema/support.ts'
import { once } from '../unavailable.ts'
import type { HeldPage, PersonalData } from './personal-data-ports.ts'

const PER_PAGE = 100

/** What D1 holds of one person. Orders and claims are read from the copies, a page at a time. */
export function createPersonalData(database: D1Database): PersonalData {
  const db = drizzle(database)
  return {
    async orders(userId, after) {
      const rows = await once(() =>
        db
          .select({
            id: orderIndex.id,
            order: orderIndex.state,
            payments: orderIndex.payments,
            refunds: orderIndex.refunds,
          })
          .from(orderIndex)
          .where(and(eq(orderIndex.userId, userId), gt(orderIndex.id, after ?? '')))
          .orderBy(asc(orderIndex.id))
          .limit(PER_PAGE)
          .all(),
      )
      return pageOf(rows, ({ id: _, ...whole }) => whole)
    },

    async claims(userId, after) {
      const rows = await once(() =>
        db
          .select({ id: claimIndex.id, state: claimIndex.state })
          .from(claimIndex)
          .where(and(eq(claimIndex.holder, userId), gt(claimIndex.id, after ?? '')))
          .orderBy(asc(claimIndex.id))
          .limit(PER_PAGE)
          .all(),
      )
      return pageOf(rows, ({ state }) => state)
    },

    carts: (userId) =>
      once(() =>
        db
          .select({
            restaurantId: carts.restaurantId,
            lines: carts.lines,
            updatedAt: carts.updatedAt,
          })
          .from(carts)
          .where(eq(carts.owner, cartOwner({ userId, sessionId: '' })))
          .all(),
      ),

    notes: (userId) =>
      once(() =>
        db
          .select({ text: supportNotes.text, createdAt: supportNotes.createdAt })
          .from(supportNotes)
          .where(eq(supportNotes.userId, userId))
          .orderBy(asc(supportNotes.id))
          .all(),
      ),

    async hasResetLink(userId) {
      const row = await once(() =>
        db
          .select({ userId: passwordResets.userId })
          .from(passwordResets)
          .where(eq(passwordResets.userId, userId))
          .get(),
      )
      return row !== undefined
    },
  }
}

function pageOf<R extends { id: string }, T>(rows: readonly R[], item: (row: R) => T): HeldPage<T> {
  const next = rows.length === PER_PAGE ? (rows.at(-1)?.id ?? null) : null
  return { items: rows.map(item), next }
}
