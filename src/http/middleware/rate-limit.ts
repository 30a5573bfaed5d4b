import type { Context } from 'hono'
import { isPartner, type Actor } from '../../domain/actor.ts'
import type { LimitClass } from '../../domain/limits/call-limits.ts'
import type { AppEnv } from '../context.ts'
import { headerCredentialOf, isSigned, socketCredentialOf } from '../credentials.ts'
import { refused } from '../errors.ts'
import { subscriberOf } from '../network.ts'
import { mayScrape, METRICS_PATH } from '../scraping.ts'
import type { Step } from '../step.ts'

/** Every call is counted here: by account, by visit, or by address for all who prove neither. */
export const rateLimit: Step = async (c) => {
  // A scraper may share its address with anybody; wrong tokens count as strangers' calls.
  if (c.req.path === METRICS_PATH && mayScrape(c)) return null
  const [of, caller] = await callerOf(c)
  return overLimit(c, of, caller)
}

/** Counts the calls of one route by address besides, where trying costs us or helps a guesser. */
export const strictLimit =
  (of: LimitClass): Step =>
  (c) =>
    overLimit(c, of, subscriberOf(c.get('clientIp')))

async function overLimit(
  c: Context<AppEnv>,
  of: LimitClass,
  caller: string,
): Promise<Response | null> {
  const retryAfterSeconds = await c.env.limiter.take(of, caller, c.get('now'))
  if (retryAfterSeconds === null) return null
  c.env.deps.metrics.count('rate_limited_total', { limit: of })
  return refused(c, { kind: 'RATE_LIMITED', retryAfterSeconds })
}

/** Counts the calls of a partner that has proved itself by a signature. */
export const limitPartner = (c: Context<AppEnv>, partnerId: string): Promise<Response | null> =>
  overLimit(c, 'account', partnerId)

const WEBHOOKS = /^\/api\/v1\/payments\/webhook(?:\/|$)/

async function callerOf(c: Context<AppEnv>): Promise<[LimitClass, string]> {
  const address = subscriberOf(c.get('clientIp'))
  const { path } = c.req
  if (WEBHOOKS.test(path) || isSigned(c)) return ['webhook', address]
  const credential = path.startsWith('/ws/') ? socketCredentialOf(c) : headerCredentialOf(c)
  if (credential === null) return ['anonymous', address]
  const verified = await c.env.deps.tokens.verify(credential.kind, credential.token, c.get('now'))
  return (verified && countedAs(verified.actor)) ?? ['anonymous', address]
}

/** Anybody may have a browsing session, and a new one for every call: those count by address. */
function countedAs({ role, userId, sessionId, visit }: Actor): [LimitClass, string] | null {
  if (userId !== null) return ['account', userId]
  if (isPartner({ role, userId })) return ['account', sessionId]
  return visit === null ? null : ['visit', visit.visitId]
}
