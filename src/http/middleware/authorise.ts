import type { Context } from 'hono'
import { isPartner, nameless, type Actor, type Membership } from '../../domain/actor.ts'
import { askerAt, askerFor, membershipAt } from '../../domain/identity/asker.ts'
import { parseId } from '../../domain/ids.ts'
import { certificateFits } from '../../domain/outgoing/signed-call.ts'
import { may } from '../../domain/permissions.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import {
  authenticate,
  sessionIsOpen,
  type Credential,
  type Destination,
} from '../../usecases/identity/authenticate.ts'
import { membershipsOf } from '../../usecases/identity/memberships-of.ts'
import { verifySignature } from '../../usecases/partners/verify-signature.ts'
import { bytesDigest } from '../canonical.ts'
import type { AppEnv } from '../context.ts'
import { headerCredentialOf, isSigned, socketCredentialOf } from '../credentials.ts'
import { refused } from '../errors.ts'
import { subscriberOf } from '../network.ts'
import type { Access, RestaurantFrom } from '../route.ts'
import type { Step } from '../step.ts'
import { limitPartner } from './rate-limit.ts'

/** Who is asking, and may they? Answered before anything is parsed or looked up. */
export const authorise = (
  access: Access,
  from?: RestaurantFrom,
  opens?: 'socket',
  signed?: true,
): Step => {
  const authorised = access === 'public' ? null : admission(access, from, opens, signed)
  return (c) => {
    c.set('actor', null)
    return authorised?.(c) ?? null
  }
}

const admission =
  (
    access: Exclude<Access, 'public'>,
    from: RestaurantFrom | undefined,
    opens: 'socket' | undefined,
    signed: true | undefined,
  ) =>
  async (c: Context<AppEnv>): Promise<Response | null> => {
    if (signed === true && isSigned(c)) return admitSigned(c, access)
    const credential = opens === 'socket' ? socketCredentialOf(c) : headerCredentialOf(c)
    if (credential === null && access === 'optional') return null
    const authenticated = await verify(c, credential, from)
    if (!authenticated.ok) return refused(c, authenticated.refusal)
    c.set('actor', authenticated.value)
    const refusal = await admit(c, authenticated.value, access, from)
    return refusal && refused(c, refusal)
  }

/** A partner's own signature, over the call and its body. */
async function admitSigned(
  c: Context<AppEnv>,
  access: Exclude<Access, 'public'>,
): Promise<Response | null> {
  const { pathname, search } = new URL(c.req.url)
  const sent = (name: string) => c.req.header(name) ?? null
  const verified = await verifySignature(c.env.deps, {
    method: c.req.method,
    target: pathname + search,
    bodyDigest: await bytesDigest(await c.req.arrayBuffer()),
    sent: {
      clientId: sent('x-client-id'),
      timestamp: sent('x-timestamp'),
      nonce: sent('x-nonce'),
      signature: sent('x-signature'),
    },
    network: subscriberOf(c.get('clientIp')),
    certificate: c.env.clientCertificate(c.req.raw),
  })
  if (!verified.ok) return refused(c, verified.refusal)
  c.set('actor', verified.value)
  if (!allows(access, verified.value.role)) return refused(c, forbidden(access))
  return limitPartner(c, verified.value.sessionId)
}

async function verify(
  c: Context<AppEnv>,
  credential: Credential | null,
  from: RestaurantFrom | undefined,
): Promise<Result<Actor, Refusal>> {
  const named = c.get('named')
  if (credential === null)
    return named === undefined
      ? refuse({ kind: 'UNAUTHENTICATED', reason: 'MISSING' })
      : ok(nameless(named))
  const { kind, token } = credential
  const verified = await authenticate(c.env.deps, token, destinationOf(c, from), kind)
  if (verified.ok && from !== undefined && named !== undefined)
    return ok({ ...verified.value, named })
  if (!verified.ok || from !== undefined) return verified
  if (isPartner(verified.value)) return withCertificate(c, verified.value)
  // No object will be asked that knows whether this table's guest has left.
  const { userId, visit } = verified.value
  if (userId !== null || !visit || (await sessionIsOpen(c.env.deps, verified.value)))
    return verified
  return refuse(ENDED)
}

/** A token that was stolen is worth nothing without the certificate that its partner is bound to. */
async function withCertificate(c: Context<AppEnv>, actor: Actor): Promise<Result<Actor, Refusal>> {
  const partner = await c.env.deps.partners.byId(actor.sessionId)
  const fits = partner !== null && certificateFits(partner, c.env.clientCertificate(c.req.raw))
  return fits ? ok(actor) : refuse({ kind: 'UNAUTHENTICATED', reason: 'INVALID_TOKEN' })
}

function destinationOf(c: Context<AppEnv>, from: RestaurantFrom | undefined): Destination {
  const id = from === 'me' ? c.get('restaurantHeader') : from === 'by-id' ? idInPath(c) : null
  return { own: from === 'me', ...(id !== null && { restaurantId: id }) }
}

/** The first parameter of the path, where it is an id. */
function idInPath(c: Context<AppEnv>): string | null {
  const [first] = Object.values(c.req.param())
  return first === undefined ? null : parseId(first)
}

async function admit(
  c: Context<AppEnv>,
  actor: Actor,
  access: Exclude<Access, 'public'>,
  from: RestaurantFrom | undefined,
): Promise<Refusal | null> {
  if (from === 'me') return admitToOwn(c, actor, access)
  if (from === 'by-id') return admitById(c, actor, access)
  if (from === 'any-own' && actor.memberships.some(({ role }) => allows(access, role))) return null
  return allows(access, actor.role) ? null : forbidden(access)
}

const allows = (access: Exclude<Access, 'public'>, role: Actor['role']): boolean =>
  access === 'optional' || may(role, access)

const forbidden = (permission: string): Refusal => ({ kind: 'FORBIDDEN', permission })
const NO_RESTAURANT: Refusal = { kind: 'NOT_FOUND', what: 'restaurant' }
const ENDED: Refusal = { kind: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' }

async function admitById(
  c: Context<AppEnv>,
  actor: Actor,
  access: Exclude<Access, 'public'>,
): Promise<Refusal | null> {
  const id = idInPath(c)
  const known = id === null || membershipAt(actor.memberships, id) !== null
  const now = known ? actor : { ...actor, memberships: await membershipsNow(c, actor) }
  const asker = access === 'optional' ? askerAt(now, id ?? '') : askerFor(now, id ?? '', access)
  c.set('asker', asker)
  // To the staff of another restaurant this one's things do not exist.
  if (!allows(access, asker.role))
    return allows(access, actor.role) ? NO_RESTAURANT : forbidden(access)
  const membership = membershipAt(actor.memberships, id ?? '')
  if (membership === null || membership.role === asker.role) return null
  // By a role on the platform the object need not be asked that would know of a log-out.
  return (await sessionIsOpen(c.env.deps, actor)) ? null : ENDED
}

async function admitToOwn(
  c: Context<AppEnv>,
  actor: Actor,
  access: Exclude<Access, 'public'>,
): Promise<Refusal | null> {
  const found = await ownRestaurant(c, actor)
  if (!found.ok) return allows(access, actor.role) ? found.refusal : forbidden(access)
  const { restaurantId, role } = found.value
  c.set('restaurantId', restaurantId)
  c.set('asker', askerAt({ ...actor, memberships: [found.value] }, restaurantId))
  return allows(access, role) ? null : forbidden(access)
}

async function ownRestaurant(
  c: Context<AppEnv>,
  actor: Actor,
): Promise<Result<Membership, Refusal>> {
  const named = c.get('restaurantHeader')
  const pick = (memberships: readonly Membership[]): readonly Membership[] =>
    named === null ? memberships : memberships.filter(({ restaurantId }) => restaurantId === named)
  const inToken = pick(actor.memberships)
  const found = inToken.length > 0 ? inToken : pick(await membershipsNow(c, actor))
  const [first, second] = found
  if (!first) return refuse(NO_RESTAURANT)
  if (second)
    return refuse({ kind: 'INVALID', errors: [{ field: 'X-Restaurant-Id', reason: 'required' }] })
  return ok(first)
}

/** A token names the memberships of when it was signed; an owner may have opened one since. */
const membershipsNow = async (c: Context<AppEnv>, actor: Actor): Promise<readonly Membership[]> =>
  actor.userId !== null && (actor.role === 'OWNER' || actor.role === 'STAFF')
    ? membershipsOf(c.env.deps, actor.userId)
    : []
