import type { RandomBytes } from '../ids.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE

/** How long to wait at least after the first try, the second, …; docs/deliveries.md has the table. */
export const WAITS_SECONDS = [
  5,
  30,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  6 * HOUR,
  6 * HOUR,
  8 * HOUR,
] as const

/** Tries before a delivery is given up, and for how long it is tried at least, whatever was drawn. */
export const TRIES = WAITS_SECONDS.length + 1
export const LEAST_SPAN_MS = 26 * HOUR * 1000

/** What is drawn comes on top, so that the sum of all waits is never below the schedule's. */
const JITTER = 0.15

/** When the next try is due after `attempts` of them; beyond the schedule its last wait stands. */
export function nextTryAt(attempts: number, now: number, random: RandomBytes): number {
  const wait = WAITS_SECONDS[Math.max(0, attempts - 1)] ?? WAITS_SECONDS.at(-1) ?? 0
  const [drawn = 0] = random(1)
  return now + Math.ceil(wait * 1000 * (1 + (JITTER * drawn) / 255))
}

/** Whether enough was tried, for long enough. */
export const isSpent = (attempts: number, createdAt: number, now: number): boolean =>
  attempts >= TRIES && now - createdAt >= LEAST_SPAN_MS
