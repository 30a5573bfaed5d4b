import { setTimeout as pause } from 'node:timers/promises'
import { errorOf, UnexpectedAnswerError, type Answer } from '../lib/api.ts'

/** Longer than any restart; who waits longer has found a server that does not come back. */
const PATIENCE_MS = 90_000
const BETWEEN_MS = 150

const TRY_AGAIN_REASONS = new Set(['CAPTURING', 'IDEMPOTENCY_IN_PROGRESS'])

const isPassing = (answer: Answer): boolean =>
  answer.status >= 502 ||
  answer.status === 429 ||
  TRY_AGAIN_REASONS.has(errorOf(answer)?.reason ?? '')

/**
 * Sends the same request until it is answered for good, as a phone on bad Wi-Fi does: no answer, a
 * gateway's 5xx and "at work" are tried again. A 500 is a bug and is not.
 */
export async function persist(send: () => Promise<Answer>): Promise<Answer> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const answer = await send().catch(() => null)
    if (answer !== null && answer.status === 500) throw new UnexpectedAnswerError(answer, 'no bug')
    if (answer !== null && !isPassing(answer)) return answer
    if (Date.now() > deadline)
      throw answer === null
        ? new Error('the server did not come back')
        : new UnexpectedAnswerError(answer, 'an answer for good')
    await pause(BETWEEN_MS)
  }
}
