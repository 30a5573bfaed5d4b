import type { RandomBytes } from '../ids.ts'
import type { NotifyOutcome } from '../restaurant/notice.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE

/** How long to wait after the first try, the second, …: ten tries over a day. */
const WAITS_SECONDS = [
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  3 * HOUR,
  8 * HOUR,
  12 * HOUR,
] as const
export const TRIES = WAITS_SECONDS.length + 1

/** Up to so much is drawn on top, so that channels that failed together come back apart. */
const JITTER_SECONDS = 20

/** What is written down of a message after a try; `nextAt` null = it is over. */
export interface Settled {
  attempts: number
  nextAt: number | null
  sentAt: number | null
  lastError: string | null
}

/** What waited behind others for so long is history: it is tried once, and not kept for tomorrow. */
const DAY_MS = 24 * HOUR * 1_000
const isTooLate = (createdAt: number, now: number): boolean => now - createdAt >= DAY_MS

/** What a try means for a message; `attempts` are those before it. */
export function settledBy(
  outcome: NotifyOutcome,
  { attempts, createdAt }: { attempts: number; createdAt: number },
  now: number,
  random: RandomBytes,
): Settled {
  const tried = attempts + 1
  if (outcome.kind === 'sent')
    return { attempts: tried, nextAt: null, sentAt: now, lastError: null }
  const failed = { attempts: tried, sentAt: null, lastError: outcome.reason }
  const wait = WAITS_SECONDS[attempts]
  const over = wait === undefined || isTooLate(createdAt, now)
  if (outcome.kind === 'refused' || over) return { ...failed, nextAt: null }
  const [drawn = 0] = random(1)
  const own = wait + (JITTER_SECONDS * drawn) / 255
  return {
    ...failed,
    nextAt: now + Math.ceil(Math.max(own, outcome.retryAfterSeconds ?? 0) * 1_000),
  }
}
