import { stableScope } from '../domain/actor.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { CodeAsker } from '../usecases/coupons/ask-about-codes.ts'
import type { HttpBindings, HttpVariables } from './context.ts'
import { subscriberOf } from './network.ts'

interface Caller {
  env: Pick<HttpBindings, 'limiter'>
  var: Readonly<Pick<HttpVariables, 'clientIp' | 'now'>> & {
    readonly actor: { userId: string | null; sessionId: string }
  }
}

/** Whom unknown codes count against. */
export const codeAskerOf = ({ var: { actor, clientIp } }: Pick<Caller, 'var'>): CodeAsker => ({
  who: actor,
  network: subscriberOf(clientIp),
})

/** Counts the call for its account or session, beside what the route counts for its address. */
export async function overCouponLimit({
  env,
  var: { actor, now },
}: Caller): Promise<{ ok: false; refusal: Refusal } | null> {
  const retryAfterSeconds = await env.limiter.take('couponClaim', stableScope(actor), now)
  return retryAfterSeconds === null
    ? null
    : { ok: false, refusal: { kind: 'RATE_LIMITED', retryAfterSeconds } }
}
