import type { RandomBytes } from '../ids.ts'
import { isSpent, nextTryAt } from './backoff.ts'
import type { Delivery, DeliveryState, DestinationKind } from './delivery.ts'

/** What became of one try. */
export type Tried =
  | { kind: 'answered'; status: number; retryAfterMs: number | null }
  /** No answer in time, or none at all: whether it arrived is not known. */
  | { kind: 'unanswered'; reason: string }
  /** Not sent, since it never can be. */
  | { kind: 'impossible'; reason: string }
  /** Not sent, since nobody is there to receive it. */
  | { kind: 'nobody'; reason: string }

/** What is written down after a try. */
export interface Verdict {
  state: DeliveryState
  /** Tries that count. */
  attempts: number
  nextAt: number
  lastStatus: number | null
  lastError: string | null
  /** The destination wants nothing at all until then; 0 = it said nothing of the kind. */
  pausedUntil: number
  /** It said that it is gone for good. */
  gone: boolean
}

const SECOND = 1000
const HOUR_MS = 3600 * SECOND
/** A destination that names no time is left alone this long after saying that it is too much. */
const PAUSE_MS = 60 * SECOND
const LONGEST_PAUSE_MS = 24 * HOUR_MS
/** A destination may say "too much" for so long; then that counts as a try, too. */
const PATIENCE_MS = 7 * 24 * HOUR_MS

const TOO_MANY = 429
const GONE = 410
const UNAVAILABLE = 503
/** Answers that the same request would get again. */
const FINAL: ReadonlySet<number> = new Set([400, 401, 403, 404, 405, GONE, 413, 415, 422])
const PASSING: ReadonlySet<number> = new Set([408, 425, TOO_MANY])

/** Whether the answer is the last word: pushes and lines by status, chats for all that is the owner's to mend. */
function isFinal(kind: DestinationKind, status: number): boolean {
  if (status < 200 || (status >= 300 && status < 400)) return true
  if (kind === 'DISCORD' || kind === 'SLACK')
    return status >= 400 && status < 500 && !PASSING.has(status)
  return FINAL.has(status)
}

type Sent = Pick<Delivery, 'destinationKind' | 'attempts' | 'createdAt'>

/** Decides what a try means; `attempts` counts it already. */
export function verdictOf(delivery: Sent, tried: Tried, now: number, random: RandomBytes): Verdict {
  const { attempts, destinationKind, createdAt } = delivery
  const base = { attempts, nextAt: now, lastStatus: null, pausedUntil: 0, gone: false }
  if (tried.kind === 'nobody') return { ...base, state: 'SKIPPED', lastError: tried.reason }
  if (tried.kind === 'impossible') return { ...base, state: 'DEAD', lastError: tried.reason }
  if (tried.kind === 'unanswered') return { ...base, ...again(tried.reason), pausedUntil: 0 }
  const { status } = tried
  if (status >= 200 && status < 300)
    return { ...base, state: 'DONE', lastStatus: status, lastError: null }
  const said = { lastStatus: status, lastError: `STATUS_${status}` }
  if (isFinal(destinationKind, status))
    return { ...base, ...said, state: 'DEAD', gone: status === GONE }
  const asked = tried.retryAfterMs === null ? 0 : Math.min(tried.retryAfterMs, LONGEST_PAUSE_MS)
  if (status === TOO_MANY && now - createdAt < PATIENCE_MS) {
    const until = now + (asked || PAUSE_MS)
    return {
      ...{ ...base, ...said, state: 'PENDING', attempts: attempts - 1 },
      ...{ nextAt: until, pausedUntil: until },
    }
  }
  const next = again(said.lastError)
  return {
    ...{ ...base, ...said, ...next, nextAt: Math.max(next.nextAt, now + asked) },
    pausedUntil: asked > 0 && (status === UNAVAILABLE || status === TOO_MANY) ? now + asked : 0,
  }

  function again(lastError: string) {
    if (isSpent(attempts, createdAt, now)) return { state: 'DEAD', nextAt: now, lastError } as const
    return { state: 'PENDING', nextAt: nextTryAt(attempts, now, random), lastError } as const
  }
}
