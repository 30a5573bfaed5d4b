import { SYSTEM } from '../../domain/actor.ts'
import type { OrderView } from '../../domain/queries.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type { Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'

/** The order as its restaurant has it, for those who look after the platform; nobody's own is asked for. */
export const readOrder = (
  { restaurants }: Pick<Deps, 'restaurants'>,
  orderId: string,
): Promise<Result<OrderView, Refusal>> =>
  restaurants(orderId).query<'order'>({ query: { type: 'order', orderId }, asker: SYSTEM })

/** The restaurant itself; an id that only carries its key is NOT_FOUND there. */
export async function restaurantIdOf(
  { restaurants }: Pick<Deps, 'restaurants'>,
  idWithKey: string,
): Promise<Result<string, Refusal>> {
  const found = await restaurants(idWithKey).query<'restaurant'>({
    query: { type: 'restaurant' },
    asker: SYSTEM,
  })
  return found.ok ? { ok: true, value: found.value.id } : found
}
