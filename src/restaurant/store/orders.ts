import { and, count, eq, isNotNull, type SQL } from 'drizzle-orm'
import type { OrderState } from '../../domain/order/order.ts'
import type { Database } from './database.ts'
import type { Memory } from './memory.ts'
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

const LAST_NUMBER = `SELECT last_number AS number FROM day_counters WHERE business_day = ?`
const SET_NUMBER = `INSERT INTO day_counters (business_day, last_number) VALUES (?, ?)
  ON CONFLICT (business_day) DO UPDATE SET last_number = excluded.last_number`
/** In the index alone: most keys are new, and a whole row is made ready for whether it is there or not. */
const UNDER_KEY = `SELECT id FROM orders WHERE owner = ? AND idempotency_key = ?`

/** Today, and the day before where the clocks are moved. */
const MOST_DAYS_REMEMBERED = 2

/** Orders, whole: lines and all are one row, read and written together. */
export function createOrderStore(db: Database, sqlite: SqlStorage, memory: Memory) {
  const lastNumbers = memory.byKey<number>(MOST_DAYS_REMEMBERED)
  const byId = selection(sqlite, orders, 'id = ?')
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
      const [found] = sqlite.exec<{ id: string }>(UNDER_KEY, owner, key).toArray()
      const row = found === undefined ? null : byId(found.id)
      return row === null ? null : { order: toState(row), fingerprint: row.fingerprint ?? '' }
    },
    /** Takes the next number of the business day, from 1. */
    takeNumber(businessDay: string): number {
      const last = lastNumbers.get(businessDay, () => {
        const [row] = sqlite.exec<{ number: number }>(LAST_NUMBER, businessDay).toArray()
        return row?.number ?? 0
      })
      sqlite.exec(SET_NUMBER, businessDay, last + 1)
      lastNumbers.set(businessDay, last + 1)
      return last + 1
    },
    unpaidOfOwner: (owner: string): number => unpaid(eq(orders.owner, owner)),
    unpaidOfVisit: (visitId: string): number => unpaid(eq(orders.visitId, visitId)),
  }
}
