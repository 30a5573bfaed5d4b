import { outcomeOf, type Outcome } from '../../lib/outcome.ts'
import { ofTheLogIn } from '../me.ts'
import { api } from '../state.ts'
import type { Where } from '../support/by-number.tsx'
import type { CustomerRow, ListedOrder } from '../support/types.ts'

export interface Search {
  q: string
  by: 'name' | null
  /** With an order's number. */
  where: Where | null
}

export interface Found {
  search: Search
  customers: readonly CustomerRow[]
  /** Where a number was looked for in all restaurants: whoever ordered stands on each. */
  orders: readonly ListedOrder[] | null
  orderId: string | null
  cursor: string | null
}

/** In memory alone, so that "back" finds the list again; gone with a reload or the log-in. */
export const found = ofTheLogIn<Found | null>(null)

/** Looks for whoever is meant; the next page goes on after what is known. */
export async function look(search: Search, known: Found | null = null): Promise<Outcome<Found>> {
  const { q, by, where } = search
  const after: Record<string, string> = known?.cursor == null ? {} : { cursor: known.cursor }
  if (where !== null && where.restaurant === null) {
    const query = { number: q.toUpperCase(), day: where.day, ...after }
    const read = await outcomeOf(api.api.v1.admin.orders.$get({ query }))
    if (!read.ok) return read
    const orders = [...(known?.orders ?? []), ...read.value.items]
    const { next_cursor: cursor } = read.value
    return { ok: true, value: { search, customers: [], orders, orderId: null, cursor } }
  }
  const place =
    where?.restaurant == null ? {} : { restaurant_id: where.restaurant.id, day: where.day }
  const query: Record<string, string> = { q, ...(by !== null && { by }), ...place, ...after }
  const read = await outcomeOf(api.api.v1.support.customers.$get({ query }))
  if (!read.ok) return read
  const { items, order_id: orderId, next_cursor: cursor } = read.value
  const customers = [...(known?.customers ?? []), ...items]
  return { ok: true, value: { search, customers, orders: null, orderId, cursor } }
}
