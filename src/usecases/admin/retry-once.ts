import type { Retried, RetryRun } from '../../db/repositories/outbox-ports.ts'
import { mintAccountId } from '../../domain/identity/account-id.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import type { Acting } from './audit.ts'

/** Who asks, and under which key. */
export interface RetryCommand {
  by: Acting
  scope: string
  idempotency: { key: string; fingerprint: string } | null
}

export type RetryDeps = Pick<Deps, 'retryRuns' | 'random' | 'now' | 'log'>

/**
 * Sends again what a filter finds and writes down who asked and how much it was: the same command
 * again is told that. `work` may be repeated: what was sent again is not found any more.
 */
export async function retryOnce(
  deps: RetryDeps,
  { what, filter }: { what: RetryRun['what']; filter: object },
  { by, scope, idempotency }: RetryCommand,
  work: () => Promise<Retried>,
): Promise<Result<Retried, Refusal>> {
  const id = await idOf(deps, `retry\n${scope}\n${idempotency?.key ?? ''}`, idempotency !== null)
  const fingerprint = idempotency?.fingerprint ?? ''
  const standing = idempotency === null ? null : await deps.retryRuns.byId(id)
  if (standing !== null)
    return standing.fingerprint === fingerprint
      ? ok({ retried: standing.retried, more: standing.more })
      : refuse({ kind: 'IDEMPOTENCY_KEY_REUSED' })
  const { retried, more } = await work()
  await deps.retryRuns.insert({
    ...{ id, what, fingerprint, userId: by.userId, retried, more },
    filter: JSON.stringify(filter),
    retriedAt: deps.now(),
  })
  deps.log({ level: 'info', kind: 'sent-again', id, what, retried, more, userId: by.userId })
  return ok({ retried, more })
}

async function idOf(
  { random }: Pick<Deps, 'random'>,
  command: string,
  named: boolean,
): Promise<string> {
  if (!named) return mintAccountId(random)
  const text = new TextEncoder().encode(command)
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', text))
  return mintAccountId((length) => digest.slice(0, length))
}
