import type { Actor } from '../domain/actor.ts'
import { may } from '../domain/permissions.ts'
import type { FieldError, Refusal } from '../domain/refusal.ts'
import { ok, refuse, type Result } from '../domain/result.ts'
import type { CartChange } from '../usecases/cart/change-cart.ts'
import type { CartReader } from '../usecases/cart/read-cart.ts'
import type { HttpVariables } from './context.ts'
import { subscriberOf } from './network.ts'

interface Caller {
  req: { header(name: string): string | undefined }
  var: Readonly<
    Pick<HttpVariables, 'actor' | 'sessionHeader' | 'locale' | 'clientIp' | 'idempotency'>
  >
}

const invalid = (...errors: FieldError[]): { ok: false; refusal: Refusal } =>
  refuse({ kind: 'INVALID', errors })

/**
 * Whose cart it is: the token's account or session, or without a token the session of `X-Session-Id`,
 * which whoever knows it may use.
 */
export function cartActor({
  var: { actor, sessionHeader },
}: Pick<Caller, 'var'>): Result<Actor, Refusal> {
  if (actor === null)
    return sessionHeader === null
      ? refuse({ kind: 'UNAUTHENTICATED', reason: 'MISSING' })
      : ok({ ...NOBODY, sessionId: sessionHeader })
  if (!may(actor.role, 'cart:use')) return refuse({ kind: 'FORBIDDEN', permission: 'cart:use' })
  const another = sessionHeader !== null && sessionHeader !== actor.sessionId
  if (actor.userId === null && another)
    return invalid({ field: 'X-Session-Id', reason: 'not_the_tokens' })
  return ok(actor)
}

const NOBODY = { role: 'GUEST', userId: null, memberships: [], visit: null } as const

/** Who reads a cart, and with which coupons. */
export function readerOf(
  c: Pick<Caller, 'var'>,
  { couponCodes = [], atTable = null }: Partial<Pick<CartReader, 'couponCodes' | 'atTable'>> = {},
): Result<CartReader, Refusal> {
  const actor = cartActor(c)
  if (!actor.ok) return actor
  const { locale, clientIp } = c.var
  return ok({
    ...{ actor: actor.value, unproven: c.var.actor === null, locale, couponCodes, atTable },
    network: subscriberOf(clientIp),
  })
}

/** Who puts another session's cart, which the header may name, on top of their own. */
export const mergeOf = (
  c: Caller,
  bodyVersion: number | null | undefined,
): Result<CartChange, Refusal> =>
  changeOf({ req: c.req, var: { ...c.var, sessionHeader: null } }, bodyVersion)

/** Who changes a cart, and of which version. */
export function changeOf(
  c: Caller,
  bodyVersion: number | null | undefined,
): Result<CartChange, Refusal> {
  const reader = readerOf(c)
  if (!reader.ok) return reader
  const matched = versionMatched(c.req.header('if-match'))
  if (matched === undefined) return invalid({ field: 'If-Match', reason: 'invalid_format' })
  const version = bodyVersion ?? null
  if (version !== null && matched !== null && version !== matched)
    return invalid({ field: 'version', reason: 'contradicts_if_match' })
  const { idempotency } = c.var
  return ok({ ...reader.value, idempotency, version: version ?? matched })
}

/** RFC 9110 §13.1.1, of one tag; null = any version, undefined = not understood. */
function versionMatched(header: string | undefined): number | null | undefined {
  if (header === undefined || header.trim() === '*') return null
  const [, digits] = /^(?:W\/)?"?(\d{1,15})"?$/.exec(header.trim()) ?? []
  return digits === undefined ? undefined : Number(digits)
}
