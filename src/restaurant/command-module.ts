import type { Command, CommandType, CommandValue } from '../domain/commands.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { Result } from '../domain/result.ts'
import type { Context } from './context.ts'

export interface IdempotencyKey {
  key: string
  fingerprint: string
}

export type Answer<T extends CommandType> = Result<CommandValue<T>, Refusal>

/**
 * One verb. `run` reads rows, lets the domain decide, and writes rows, events and agenda; it returns
 * a refusal before its first write or not at all. `seen` is for verbs that keep their key with
 * their own rows; the others' answers are kept by the door.
 */
export interface CommandModule<T extends CommandType> {
  run(cx: Context, command: Command<T>, idempotency: IdempotencyKey | null): Answer<T>
  seen?(cx: Context, idempotency: IdempotencyKey): { fingerprint: string; answer: Answer<T> } | null
}
