import { mintAccountId } from '../../domain/identity/account-id.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { countTry } from './count-try.ts'
import { digestOf, resetTokenOf } from './refresh-secret.ts'

const LINK_LIVES_MS = 30 * 60_000

export interface ResetWish {
  email: string
  network: string
  /** Where the link leads. */
  origin: string
  locale: 'ko' | 'en'
}

/**
 * Has a link sent that sets a new password, in place of any earlier one. An address without an account
 * costs the same work and gets the same answer: only the queue's consumer finds nobody to write to.
 */
export async function askPasswordReset(
  deps: Deps,
  { email, network, origin, locale }: ResetWish,
): Promise<Result<null, Refusal>> {
  const tried = await countTry(deps, 'forgot', { who: email.toLowerCase(), network })
  if (!tried.ok) return tried
  return deps.toTheEnd(async () => {
    const resetId = mintAccountId(deps.random)
    const digest = await digestOf(await resetTokenOf(deps.settings.linkSecret, resetId))
    const expiresAt = deps.now() + LINK_LIVES_MS
    await deps.passwordChanges.noteLink({ email, digest, expiresAt })
    if (deps.mail === null) deps.log({ level: 'error', kind: 'mail-not-set-up' })
    else await deps.send({ v: 1, kind: 'mail', mail: 'password-reset', resetId, origin, locale })
    return ok(null)
  })
}
