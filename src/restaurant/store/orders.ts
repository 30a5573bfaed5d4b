import { and, count, eq, isNotNull, sql, type SQL } from 'drizzle-orm'
import type { OrderState } from '../../domain/order/order.ts'
import type { Database } from './database.ts'
import { placeholders } from './placeholders.ts'
import { dayCounters, orders } from './schema.ts'

type Row = typeof orders.$inferSelect

/** What an order keeps of the command that placed it. */
export interface Placing {
  owner: string
  idempotencyKey: string | null
  fingerprint: string | null
}

export const toState = ({
  owner: _o,
  idempotencyKey: _k,
  fingerprint: _f,
  ...state
}: Row): OrderState => state

/** Orders, whole: lines and all are one row, read and written together. */
export function createOrderStore(db: Database) {
  const byId = db
    .select()
    .from(orders)
    .where(eq(orders.id, sql.placeholder('id')))
    .prepare()
  const byKey = db
    .select()
    .from(orders)
    .where(
      and(
        eq(orders.owner, sql.placeholder('owner')),
        eq(orders.idempotencyKey, sql.placeholder('key')),
      ),
    )
    .prepare()
  const insertion = db.insert(orders).values(placeholders(orders)).prepare()
  const nextNumber = db
    .insert(dayCounters)
    .values({ businessDay: sql.placeholder('businessDay'), lastNumber: 1 })
    .onConflictDoUpdate({
      target: dayCounters.businessDay,
      set: { lastNumber: sql`${dayCounters.lastNumber} + 1` },
    })
    .returning({ lastNumber: dayCounters.lastNumber })
    .prepare()

  const unpaid = (mine: SQL): number =>
    db
      .select({ orders: count() })
      .from(orders)
      .where(
        and(
          mine,
          eq(orders.status, 'PENDING'),
          isNotNull(orders.expiresAt),
          eq(orders.capturedAmount, 0),
        ),
      )
      .get()?.orders ?? 0

  return {
    insert(order: OrderState, placing: Placing): void {
      insertion.run({ ...order, ...placing })
    },
    /** Writes what may change. What never does is left out: naming it would rewrite its indexes. */
    update({ id, number, businessDay, tableId, visitId, placedAt, ...changing }: OrderState): void {
      db.update(orders).set(changing).where(eq(orders.id, id)).run()
    },
    get(id: string): OrderState | null {
      const row = byId.get({ id })
      return row === undefined ? null : toState(row)
    },
    /** The order placed under the key, with the fingerprint of the body it came from. */
    placedUnder(owner: string, key: string): { order: OrderState; fingerprint: string } | null {
      const row = byKey.get({ owner, key })
      return row === undefined ? null : { order: toState(row), fingerprint: row.fingerprint ?? '' }
    },
    /** Takes the next number of the business day, from 1. */
    takeNumber(businessDay: string): number {
      return nextNumber.get({ businessDay }).lastNumber
    },
    unpaidOfOwner: (owner: string): number => unpaid(eq(orders.owner, owner)),
    unpaidOfVisit: (visitId: string): number => unpaid(eq(orders.visitId, visitId)),
  }
}
