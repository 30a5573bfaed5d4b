const FIRST_SECONDS = 5
/** Longer delays are not promised by every version of the platform's limits. */
const LONGEST_SECONDS = 12 * 3600

/**
 * How long a message waits before its next delivery: doubled with every attempt (from 1), of which
 * the second half is drawn, so that messages that failed together do not come back together.
 */
export function delaySeconds(attempts: number, random: (length: number) => Uint8Array): number {
  const full = Math.min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** Math.min(attempts - 1, 20))
  const [drawn = 0] = random(1)
  return Math.ceil(full / 2 + (full / 2) * (drawn / 255))
}
