import { SYSTEM } from '../../domain/actor.ts'
import { businessDayOf } from '../../domain/order/business-day.ts'
import type { OrderView } from '../../domain/queries.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'

export interface FoundOrder extends OrderView {
  restaurant: { id: string; name: string }
}

type Asking = Pick<Deps, 'restaurants'>
const NO_ORDER: Refusal = { kind: 'NOT_FOUND', what: 'order' }

/** The order as its restaurant has it, whoever's it is. Nobody is noted: whoever answers it does that. */
export async function orderById(
  { restaurants }: Asking,
  orderId: string,
): Promise<Result<FoundOrder, Refusal>> {
  const restaurant = restaurants(orderId)
  const [found, of] = await Promise.all([
    restaurant.query<'order'>({ query: { type: 'order', orderId }, asker: SYSTEM }),
    restaurant.query<'restaurant'>({ query: { type: 'restaurant' }, asker: SYSTEM }),
  ])
  // A key that no restaurant has says no more than an id that no order has.
  if (!found.ok) return found.refusal.kind === 'NOT_FOUND' ? refuse(NO_ORDER) : found
  if (!of.ok) return of
  const { id, name } = of.value
  return ok({ ...found.value, restaurant: { id, name } })
}

/** More orders of a day than these do not have one number somewhere in their text. */
const LOOKED_AT = 100

/** The id of the order that had this number on the restaurant's business day; null = the day that runs now. */
export async function orderIdByNumber(
  { restaurants, now }: Asking & Pick<Deps, 'now'>,
  { restaurantId, number, day }: { restaurantId: string; number: string; day: string | null },
): Promise<string | null> {
  const restaurant = restaurants(restaurantId)
  const of = await restaurant.query<'restaurant'>({ query: { type: 'restaurant' }, asker: SYSTEM })
  if (!of.ok || of.value.id !== restaurantId) return null
  const { timezone, businessDayCutoffHour } = of.value
  const businessDay = day ?? businessDayOf(now(), timezone, businessDayCutoffHour)
  const filter = { status: null, tableId: null, businessDay, text: number, limit: LOOKED_AT }
  const board = await restaurant.query<'board'>({
    query: { type: 'board', ...filter, beforeId: null },
    asker: SYSTEM,
  })
  if (!board.ok) return null
  return board.value.find((order) => order.number === number)?.id ?? null
}

/** The order that a payment is for; what guests find on their statements is the payment's id. */
export async function orderIdByPayment(
  { restaurants }: Asking,
  paymentId: string,
): Promise<string | null> {
  const found = await restaurants(paymentId).query<'payment'>({
    query: { type: 'payment', paymentId },
    asker: SYSTEM,
  })
  return found.ok ? found.value.order.id : null
}
