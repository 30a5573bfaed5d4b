import type { Context, MiddlewareHandler } from 'hono'
import type { Actor, Asker, Membership } from '../../domain/actor.ts'
import { parseId, restaurantKeyOf } from '../../domain/ids.ts'
import { may, type Permission } from '../../domain/permissions.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { authenticate } from '../../usecases/identity/authenticate.ts'
import { membershipsOf } from '../../usecases/identity/memberships-of.ts'
import type { AppEnv } from '../context.ts'
import { refused } from '../errors.ts'
import type { Access, RestaurantFrom } from '../route.ts'

/** Who is asking, and may they? Answered before anything is parsed or looked up. */
export const authorise =
  (access: Access, from: RestaurantFrom | undefined): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    c.set('actor', null)
    if (access === 'public') return next()
    const token = bearerOf(c)
    if (token === null && access === 'optional') return next()
    const hint = from === 'by-id' ? idInPath(c) : c.var.restaurantHeader
    const authenticated =
      token === null
        ? refuse({ kind: 'UNAUTHENTICATED', reason: 'MISSING' } as const)
        : await authenticate(c.var.deps, token, hint === null ? {} : { restaurantId: hint })
    if (!authenticated.ok) return refused(c, authenticated.refusal)
    c.set('actor', authenticated.value)
    const refusal = await admit(c, authenticated.value, access, from)
    return refusal ? refused(c, refusal) : next()
  }

function bearerOf(c: Context<AppEnv>): string | null {
  const match = /^Bearer +([^\s]+) *$/i.exec(c.req.header('authorization') ?? '')
  return match?.[1] ?? null
}

async function admit(
  c: Context<AppEnv>,
  actor: Actor,
  access: Permission | 'optional',
  from: RestaurantFrom | undefined,
): Promise<Refusal | null> {
  if (from === undefined)
    return access === 'optional' || may(actor.role, access) ? null : forbidden(access)
  if (from === 'me') return admitToOwn(c, actor, access)
  const id = idInPath(c)
  const asker = id === null ? stranger(actor) : await askerFor(c, actor, id)
  c.set('asker', asker)
  if (access === 'optional' || (asker.role !== 'SYSTEM' && may(asker.role, access))) return null
  // Staff of another restaurant hear that there is nothing, not that there is something of others.
  return may(actor.role, access) ? { kind: 'NOT_FOUND', what: 'restaurant' } : forbidden(access)
}

const forbidden = (permission: string): Refusal => ({ kind: 'FORBIDDEN', permission })

async function admitToOwn(
  c: Context<AppEnv>,
  actor: Actor,
  access: Permission | 'optional',
): Promise<Refusal | null> {
  const found = await ownRestaurant(c, actor)
  if (!found.ok) {
    const mayAnywhere = access === 'optional' || may(actor.role, access)
    return mayAnywhere || c.var.restaurantHeader !== null ? found.refusal : forbidden(access)
  }
  c.set('restaurantId', found.value.restaurantId)
  c.set('asker', asked(actor, found.value))
  return access === 'optional' || may(found.value.role, access) ? null : forbidden(access)
}

async function ownRestaurant(
  c: Context<AppEnv>,
  actor: Actor,
): Promise<Result<Membership, Refusal>> {
  const named = c.var.restaurantHeader
  const pick = (memberships: readonly Membership[]) =>
    named === null
      ? memberships.length > 1
        ? ('several' as const)
        : memberships[0]
      : memberships.find((membership) => membership.restaurantId === named)
  const found = pick(actor.memberships) ?? pick(await newMemberships(c, actor))
  if (found === 'several')
    return refuse({ kind: 'INVALID', errors: [{ field: 'X-Restaurant-Id', reason: 'required' }] })
  return found ? ok(found) : refuse({ kind: 'NOT_FOUND', what: 'restaurant' })
}

/** A token tells the memberships of when it was signed; an owner may have created one since. */
const newMemberships = async (c: Context<AppEnv>, actor: Actor): Promise<readonly Membership[]> =>
  actor.userId !== null && (actor.role === 'OWNER' || actor.role === 'STAFF')
    ? membershipsOf(c.var.deps, actor.userId)
    : []

/** The actor as the restaurant of `idWithKey` sees it: its staff by membership, else a guest. */
export async function askerFor(
  c: Context<AppEnv>,
  actor: Actor,
  idWithKey: string,
): Promise<Asker> {
  const here = (membership: Membership) =>
    restaurantKeyOf(membership.restaurantId) === restaurantKeyOf(idWithKey)
  const membership =
    actor.memberships.find(here) ?? (await newMemberships(c, actor)).find(here) ?? null
  return membership ? asked(actor, membership) : stranger(actor)
}

const asked = (actor: Actor, membership: Membership): Asker => ({
  role: membership.role,
  sessionId: actor.sessionId,
  userId: actor.userId,
  visit: actor.visit,
})

/** Staff elsewhere are customers here. */
const stranger = (actor: Actor): Asker => ({
  role: actor.role === 'OWNER' || actor.role === 'STAFF' ? 'CUSTOMER' : actor.role,
  sessionId: actor.sessionId,
  userId: actor.userId,
  visit: actor.visit,
})

/** The first parameter of the path, where it is an id. */
function idInPath(c: Context<AppEnv>): string | null {
  const [first] = Object.values(c.req.param())
  return first === undefined ? null : parseId(first)
}
