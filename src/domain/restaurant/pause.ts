import type { Refusal } from '../refusal.ts'
import { ok, refuse, type Result } from '../result.ts'
import { RESUMED } from './opening.ts'
import type { PauseReason, RestaurantState } from './settings.ts'

const MAX_DELAY_MINUTES = 240
const FURTHEST_MS = 31 * 24 * 3600 * 1000

/** No orders until then; null = until somebody resumes. */
export function pause(
  restaurant: RestaurantState,
  until: number | null,
  reason: PauseReason,
  now: number,
): Result<RestaurantState, Refusal> {
  const wrong = checkUntil(until, now)
  if (wrong !== null) return refuse(wrong)
  return ok({ ...restaurant, paused: true, pausedUntil: until, pauseReason: reason })
}

/** Orders again, within the hours. */
export const resume = (restaurant: RestaurantState): RestaurantState => ({
  ...restaurant,
  ...RESUMED,
})

/** Orders take so much longer than usual; 0 = as usual again. */
export function markBusy(
  restaurant: RestaurantState,
  { delayMinutes, until }: { delayMinutes: number; until: number | null },
  now: number,
): Result<RestaurantState, Refusal> {
  if (delayMinutes === 0) return ok({ ...restaurant, busy: null })
  if (!Number.isInteger(delayMinutes) || delayMinutes < 0 || delayMinutes > MAX_DELAY_MINUTES) {
    const reason = delayMinutes > MAX_DELAY_MINUTES ? 'too_big' : 'too_small'
    return refuse({ kind: 'INVALID', errors: [{ field: 'delay_minutes', reason }] })
  }
  const wrong = checkUntil(until, now)
  return wrong === null ? ok({ ...restaurant, busy: { delayMinutes, until } }) : refuse(wrong)
}

function checkUntil(until: number | null, now: number): Refusal | null {
  if (until === null || (until > now && until <= now + FURTHEST_MS)) return null
  const reason = until > now ? 'too_big' : 'in_the_past'
  return { kind: 'INVALID', errors: [{ field: 'until', reason }] }
}
