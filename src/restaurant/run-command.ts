import { stableScope } from '../domain/actor.ts'
import type { CommandEnvelope, CommandOutcome, CommandType } from '../domain/commands.ts'
import { isOfSameRequest } from '../domain/fingerprint.ts'
import { admit } from './admit.ts'
import type { CommandModule } from './command-module.ts'
import { COMMANDS } from './commands/index.ts'
import type { Context } from './context.ts'

/**
 * The way of every command inside its transaction: who asks, seen before, decide and store. What is
 * due was swept before.
 */
export function runCommand<T extends CommandType>(
  opened: Context,
  { command, idempotency }: CommandEnvelope<T>,
): CommandOutcome<T> {
  const admitted = admit(opened, command.type)
  if (!admitted.ok) return admitted
  const cx = admitted.value
  const module = COMMANDS[command.type] as unknown as CommandModule<T>

  if (idempotency !== null) {
    const seen =
      module.seen === undefined
        ? keptAnswer<T>(cx, command.type, idempotency.key)
        : module.seen(cx, idempotency)
    if (seen !== null) {
      if (!isOfSameRequest(seen.fingerprint, idempotency.fingerprint))
        return { ok: false, refusal: { kind: 'IDEMPOTENCY_KEY_REUSED' } }
      return seen.answer.ok ? { ...seen.answer, replayed: true } : seen.answer
    }
  }

  const answer = module.run(cx, command, idempotency)
  if (!answer.ok) return answer
  if (idempotency !== null && module.seen === undefined)
    cx.store.sessions.keepAnswer({
      scope: stableScope(cx.asker),
      operation: command.type,
      key: idempotency.key,
      fingerprint: idempotency.fingerprint,
      answer: answer.value,
      at: cx.now,
    })
  return { ...answer, replayed: false }
}

function keptAnswer<T extends CommandType>(
  cx: Context,
  operation: T,
  key: string,
): ReturnType<NonNullable<CommandModule<T>['seen']>> {
  const kept = cx.store.sessions.answered(stableScope(cx.asker), operation, key)
  if (kept === null) return null
  return { fingerprint: kept.fingerprint, answer: { ok: true, value: kept.answer as never } }
}
