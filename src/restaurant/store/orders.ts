import { and, count, eq, isNotNull, type SQL } from 'drizzle-orm'
import type { OrderState } from '../../domain/order/order.ts'
import type { Database } from './database.ts'
import { orders } from './schema.ts'
import { insertion, selection, update } from './statements.ts'

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

/** What states lack that are older than the column. */
const LATER = { unseenSince: null, charges: null, coupons: null } as const

/** Naming what never changes would rewrite its indexes. */
const UNCHANGING = [
  'id',
  'number',
  'businessDay',
  'tableId',
  'visitId',
  'placedAt',
  'owner',
  'idempotencyKey',
  'fingerprint',
] as const

const TAKE_NUMBER = `INSERT INTO day_counters (business_day, last_number) VALUES (?, 1)
  ON CONFLICT (business_day) DO UPDATE SET last_number = last_number + 1
  RETURNING last_number AS taken`

/** Orders, whole: lines and all are one row, read and written together. */
export function createOrderStore(db: Database, sqlite: SqlStorage) {
  const byId = selection(sqlite, orders, 'id = ?')
  const byKey = selection(sqlite, orders, 'owner = ? AND idempotency_key = ?')
  const insert = insertion(sqlite, orders)
  const change = update(sqlite, orders, UNCHANGING)

  const unpaid = (mine: SQL): number =>
    db
      .select({ orders: count() })
      .from(orders)
      .where(and(mine, eq(orders.status, 'PENDING'), isNotNull(orders.expiresAt)))
      .get()?.orders ?? 0

  return {
    insert(order: OrderState, placing: Placing): void {
      insert({ ...LATER, ...order, ...placing })
    },
    /** Writes what may change. */
    update(order: OrderState): void {
      change(order.id, { ...LATER, ...order })
    },
    get(id: string): OrderState | null {
      const row = byId(id)
      return row === null ? null : toState(row)
    },
    /** The order placed under the key, with the fingerprint of the body it came from. */
    placedUnder(owner: string, key: string): { order: OrderState; fingerprint: string } | null {
      const row = byKey(owner, key)
      return row === null ? null : { order: toState(row), fingerprint: row.fingerprint ?? '' }
    },
    /** Takes the next number of the business day, from 1. */
    takeNumber: (businessDay: string): number =>
      sqlite.exec<{ taken: number }>(TAKE_NUMBER, businessDay).one().taken,
    unpaidOfOwner: (owner: string): number => unpaid(eq(orders.owner, owner)),
    unpaidOfVisit: (visitId: string): number => unpaid(eq(orders.visitId, visitId)),
  }
}
