import { bytesToHex } from '@noble/hashes/utils.js'
import type { DeadLetter } from '../../db/repositories/ports.ts'
import { mintTimedId } from '../../domain/ids.ts'
import type { Deps } from '../deps.ts'

export type DeadLetterDeps = Pick<Deps, 'deadLetters' | 'log'>

interface GivenUp extends Pick<DeadLetter, 'body' | 'errorKind' | 'firstSeenAt'> {
  /** The queue's name for the message; the same at every delivery. */
  messageId: string
}

/** Keeps a message that the queue gave up; the same message again is the same letter. */
export async function keepDeadLetter(deps: DeadLetterDeps, given: GivenUp): Promise<void> {
  const { messageId, ...letter } = given
  const id = await letterId(messageId, given.firstSeenAt)
  deps.log({ level: 'error', kind: 'dead-letter', id, errorKind: given.errorKind })
  await deps.deadLetters.insert({ ...letter, id, redrivenAt: null })
}

/** Follows from the message, so that a repeated delivery is recognised; sorts by time. */
async function letterId(messageId: string, firstSeenAt: number): Promise<string> {
  const digest = new Uint8Array(
    await crypto.subtle.digest('SHA-256', new TextEncoder().encode(messageId)),
  )
  const key = bytesToHex(digest.slice(0, 6))
  return mintTimedId(key, firstSeenAt, (length) => digest.slice(6, 6 + length))
}
