import type { Asker } from '../domain/actor.ts'
import { callLimitsOf, type LimitSettings } from '../domain/limits/call-limits.ts'
import { createCounters } from '../domain/limits/counters.ts'
import type { Refusal } from '../domain/refusal.ts'

export type LimitEnv = LimitSettings & { ENVIRONMENT?: string }

const MOST_CALLERS = 5_000

/**
 * Counts what visits and accounts ask of this restaurant, in memory: there is one object, so the
 * count is exact, and it costs no further call. Strangers were counted by address before.
 */
export function createCallCounters(env: LimitEnv): (asker: Asker, now: number) => Refusal | null {
  const limits = callLimitsOf(env)
  const counters = createCounters(MOST_CALLERS)
  return ({ role, userId, visit }, now) => {
    const caller = userId ?? visit?.visitId
    if (role === 'SYSTEM' || caller === undefined) return null
    const waitMs = counters.take(caller, userId === null ? limits.visit : limits.account, now)
    return waitMs === null ? null : { kind: 'RATE_LIMITED', retryAfterSeconds: waitMs / 1_000 }
  }
}
