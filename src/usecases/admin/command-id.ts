import { mintAccountId } from '../../domain/identity/account-id.ts'
import type { Deps } from '../deps.ts'

/** Who asks under which Idempotency-Key. */
export interface KeyedCommand {
  scope: string
  key: string
}

/** The id of what a command enters: the same for the same command, a new one without a key. */
export async function commandId(
  { random }: Pick<Deps, 'random'>,
  kind: string,
  command: KeyedCommand | null,
): Promise<string> {
  if (command === null) return mintAccountId(random)
  const named = new TextEncoder().encode(`${kind}\n${command.scope}\n${command.key}`)
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', named))
  return mintAccountId((length) => digest.slice(0, length))
}
