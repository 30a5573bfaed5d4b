import type { DeadLetterFilter } from '../../db/repositories/ports.ts'
import type { Retried } from '../../db/repositories/outbox-ports.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type { Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { redriveDeadLetter } from './redrive-dead-letter.ts'
import { retryOnce, type RetryCommand, type RetryDeps } from './retry-once.ts'

/** Each is a message and a write. */
const MAX_REDRIVEN = 50

/** Sends the given-up messages again that a filter finds and that were not, newest first. */
export async function redriveDeadLetters(
  deps: Pick<Deps, 'deadLetters' | 'send'> & RetryDeps,
  filter: Omit<DeadLetterFilter, 'redriven'>,
  command: RetryCommand,
): Promise<Result<Retried, Refusal>> {
  return retryOnce(deps, { what: 'DEAD_LETTERS', filter }, command, async () => {
    const wanted = { ...filter, redriven: false }
    const page = { limit: MAX_REDRIVEN + 1, beforeId: null }
    const found = await deps.deadLetters.page(page, wanted)
    for (const { id } of found.slice(0, MAX_REDRIVEN)) await redriveDeadLetter(deps, id, command.by)
    return { retried: Math.min(found.length, MAX_REDRIVEN), more: found.length > MAX_REDRIVEN }
  })
}
