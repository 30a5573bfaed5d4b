import type { DeadLetter } from '../../db/repositories/ports.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { QueueMessage } from '../../queues/messages.ts'
import type { Deps } from '../deps.ts'
import { auditOf, type Acting } from './audit.ts'

/**
 * Sends a given-up message again, once; asked again it answers what stands. Should it be given up
 * again, it comes back as a letter of its own.
 */
export async function redriveDeadLetter(
  deps: Pick<Deps, 'deadLetters' | 'send' | 'now' | 'random' | 'log'>,
  id: string,
  by: Acting,
): Promise<Result<DeadLetter, Refusal>> {
  const letter = await deps.deadLetters.byId(id)
  if (letter === null) return refuse({ kind: 'NOT_FOUND', what: 'dead letter' })
  if (letter.redrivenAt !== null) return ok(letter)
  const redrivenAt = deps.now()
  // Sent before it is marked: a crash between the two sends it twice, which jobs take.
  await deps.send(letter.body as QueueMessage)
  const what = { action: 'dead-letter-redriven', subject: 'dead-letter', subjectId: id } as const
  await deps.deadLetters.markRedriven(id, redrivenAt, auditOf(deps, by, what))
  deps.log({ level: 'info', kind: 'dead-letter-redriven', id })
  return ok({ ...letter, redrivenAt })
}
