import type { Context } from 'hono'
import { isPartner, type Actor } from '../../domain/actor.ts'
import type { LimitClass } from '../../domain/limits/call-limits.ts'
import type { AppEnv } from '../context.ts'
import type { Credential } from '../../usecases/identity/authenticate.ts'
import { headerCredentialOf, isSigned, socketCredentialOf } from '../credentials.ts'
import { refused } from '../errors.ts'
import { subscriberOf } from '../network.ts'
import { mayScrape, METRICS_PATH } from '../scraping.ts'
import type { Step } from '../step.ts'

/** Every call is counted here: by account, by visit, or by address for all who prove neither. */
export const rateLimit: Step = (c) => {
  // A scraper may share its address with anybody; wrong tokens count as strangers' calls.
  if (c.req.path === METRICS_PATH && mayScrape(c)) return null
  const caller = callerOf(c)
  return caller instanceof Promise
    ? caller.then((proved) => overLimit(c, ...proved))
    : overLimit(c, ...caller)
}

/** Counts the calls of one route by address besides, where trying costs us or helps a guesser. */
export const strictLimit =
  (of: LimitClass): Step =>
  (c) =>
    overLimit(c, of, subscriberOf(c.get('clientIp')))

function overLimit(
  c: Context<AppEnv>,
  of: LimitClass,
  caller: string,
): Promise<Response | null> | Response | null {
  const taken = c.env.limiter.take(of, caller, c.get('now'))
  return taken instanceof Promise
    ? taken.then((seconds) => refusedFor(c, of, seconds))
    : refusedFor(c, of, taken)
}

function refusedFor(
  c: Context<AppEnv>,
  of: LimitClass,
  retryAfterSeconds: number | null,
): Response | null {
  if (retryAfterSeconds === null) return null
  c.env.deps.metrics.count('rate_limited_total', { limit: of })
  return refused(c, { kind: 'RATE_LIMITED', retryAfterSeconds })
}

/** Counts the calls of a partner that has proved itself by a signature. */
export const limitPartner = (c: Context<AppEnv>, partnerId: string): ReturnType<Step> =>
  overLimit(c, 'account', partnerId)

const WEBHOOKS = /^\/api\/v1\/payments\/webhook(?:\/|$)/

type Caller = readonly [LimitClass, string]

function callerOf(c: Context<AppEnv>): Promise<Caller> | Caller {
  const address = subscriberOf(c.get('clientIp'))
  const { path } = c.req
  if (WEBHOOKS.test(path) || isSigned(c)) return ['webhook', address]
  const credential = path.startsWith('/ws/') ? socketCredentialOf(c) : headerCredentialOf(c)
  return credential === null ? ['anonymous', address] : provedCaller(c, credential, address)
}

async function provedCaller(
  c: Context<AppEnv>,
  { kind, token }: Credential,
  address: string,
): Promise<Caller> {
  const verified = await c.env.deps.tokens.verify(kind, token, c.get('now'))
  return (verified && countedAs(verified.actor)) ?? ['anonymous', address]
}

/** Anybody may have a browsing session, and a new one for every call: those count by address. */
function countedAs({ role, userId, sessionId, visit }: Actor): Caller | null {
  if (userId !== null) return ['account', userId]
  if (isPartner({ role, userId })) return ['account', sessionId]
  return visit === null ? null : ['visit', visit.visitId]
}
