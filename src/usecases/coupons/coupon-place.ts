import { SYSTEM, type Actor, type Membership } from '../../domain/actor.ts'
import { membershipAt } from '../../domain/identity/asker.ts'
import { may } from '../../domain/permissions.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'

type PlaceDeps = Pick<Deps, 'registry' | 'restaurants'>

const NO_RESTAURANT: Refusal = { kind: 'NOT_FOUND', what: 'restaurant', field: 'restaurant_id' }
const required = (): Result<never, Refusal> =>
  refuse({ kind: 'INVALID', errors: [{ field: 'restaurant_id', reason: 'required' }] })

/** Owners see to their own restaurants' coupons, the others who may do so to everybody's. */
export const managesAll = ({ role }: Pick<Actor, 'role'>): boolean =>
  role !== 'OWNER' && may(role, 'coupon:manage')

/** Where the actor is an owner at this moment. */
export async function ownedBy(
  { registry }: Pick<Deps, 'registry'>,
  { userId }: Pick<Actor, 'userId'>,
): Promise<readonly Membership[]> {
  if (userId === null) return []
  return (await registry.memberships(userId)).filter(({ role }) => may(role, 'coupon:manage'))
}

/** The restaurant a new coupon is for; one that is not the actor's does not exist to them. */
export async function couponPlace(
  deps: PlaceDeps,
  actor: Actor,
  named: { restaurantId: string | null; restaurantHeader: string | null },
): Promise<Result<string, Refusal>> {
  const wanted = named.restaurantId ?? named.restaurantHeader
  if (managesAll(actor)) return wanted === null ? required() : existing(deps, wanted)
  const owned = await ownedBy(deps, actor)
  if (wanted !== null) {
    const membership = membershipAt(owned, wanted)
    return membership?.restaurantId === wanted ? ok(wanted) : refuse(NO_RESTAURANT)
  }
  const [first, second] = owned
  if (first === undefined) return refuse(NO_RESTAURANT)
  return second === undefined ? ok(first.restaurantId) : required()
}

/** An id that only carries a restaurant's key is nobody's. */
async function existing(
  { restaurants }: Pick<Deps, 'restaurants'>,
  id: string,
): Promise<Result<string, Refusal>> {
  const found = await restaurants(id).query<'restaurant'>({
    query: { type: 'restaurant' },
    asker: SYSTEM,
  })
  if (!found.ok && found.refusal.kind !== 'NOT_FOUND') return found
  return found.ok && found.value.id === id ? ok(id) : refuse(NO_RESTAURANT)
}
