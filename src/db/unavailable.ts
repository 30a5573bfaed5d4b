import { DrizzleQueryError } from 'drizzle-orm/errors'
import { StorageUnavailableError } from '../domain/unavailable.ts'

// Texts as listed in Cloudflare's D1 debugging guide; D1 gives no codes.
const LOST = [
  /network connection lost/i,
  /storage caused object to be reset/i,
  /reset because its code was updated/i,
  /transient issue on remote node/i,
]
const BUSY = [/overloaded/i, /queued for too long/i, /too many requests queued/i]
const FAILED = [/storage operation exceeded timeout/i, /D1_ERROR: internal error/i, /timed out/i]

const ATTEMPTS = 3
const FIRST_PAUSE_MS = 50

/** Full jitter: callers that failed together do not come back together. */
const pauseWithJitter = (attempt: number): Promise<void> =>
  scheduler.wait(Math.random() * FIRST_PAUSE_MS * 4 ** attempt)

/** The words of an error and of everything that caused it (drizzle wraps what D1 threw). */
function wordsOf(error: unknown): string {
  const words: string[] = []
  for (let cause = error; cause instanceof Error; cause = cause.cause) words.push(cause.message)
  return words.join('\n')
}

/** What kind of trouble D1 is in, or null when the statement itself was at fault. */
export function d1Trouble(error: unknown): 'lost' | 'busy' | 'failed' | null {
  const words = wordsOf(error)
  const says = (patterns: readonly RegExp[]) => patterns.some((pattern) => pattern.test(words))
  if (says(BUSY)) return 'busy'
  if (says(LOST)) return 'lost'
  return says(FAILED) ? 'failed' : null
}

/** Drizzle's own message holds the statement's values: people's data, which no log may show. */
const withoutValues = (error: unknown): unknown =>
  error instanceof DrizzleQueryError && error.cause !== undefined ? error.cause : error

/** Runs a statement once; D1's trouble comes out as StorageUnavailableError. D1 itself repeats reads. */
export async function once<T>(statement: () => Promise<T>): Promise<T> {
  try {
    return await statement()
  } catch (error) {
    const bare = withoutValues(error)
    throw d1Trouble(error) === null ? bare : new StorageUnavailableError(bare)
  }
}

/**
 * Runs an idempotent write up to three times while the connection is lost (D1 never repeats writes,
 * and a lost answer may have been committed). An overloaded database is not asked again.
 */
export async function repeatable<T>(
  statement: () => Promise<T>,
  pause: (attempt: number) => Promise<void> = pauseWithJitter,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await statement()
    } catch (error) {
      const trouble = d1Trouble(error)
      if (trouble === null) throw withoutValues(error)
      if (trouble !== 'lost' || attempt === ATTEMPTS)
        throw new StorageUnavailableError(withoutValues(error))
      await pause(attempt)
    }
  }
}
