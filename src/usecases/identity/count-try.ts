import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { derivedSecret } from './refresh-secret.ts'

/** What can be guessed at. Each is counted on its own. */
export type Guessed = 'login' | 'forgot' | 'client' | 'coupon' | 'signature'

/** Whom a try is about (in lower case), and the network it comes from. */
export interface Trier {
  who: string
  network: string
}

export interface CountedTry {
  /** It was no guess: the account's counter starts again, the network gets its try back. */
  succeeded(): Promise<void>
}

/**
 * Counts a try before anything is compared, so that tries at the same moment are all counted. Whether
 * the account exists is not asked: the answer to both is the same.
 */
export async function countTry(
  deps: Deps,
  guessed: Guessed,
  { who, network }: Trier,
): Promise<Result<CountedTry, Refusal>> {
  const { perAccount, perNetwork, windowSeconds } = deps.settings.tries
  const takenAt = deps.now()
  const account = await subjectOf(deps, guessed, 'account', who)
  const address = await subjectOf(deps, guessed, 'network', network)
  const limits = [
    { subject: account, max: perAccount },
    { subject: address, max: perNetwork },
  ]
  const counted = await deps.attempts.take(limits, windowSeconds * 1000, takenAt)
  if (!counted.taken)
    return refuse({
      kind: 'RATE_LIMITED',
      retryAfterSeconds: Math.ceil(counted.retryAfterMs / 1000),
    })
  return ok({
    succeeded: async () => {
      await Promise.all([deps.attempts.clear(account), deps.attempts.giveBack([address], takenAt)])
    },
  })
}

/** The account's owner has proved to be one: earlier guesses by others count no longer. */
export const forgetTries = async (deps: Deps, guessed: Guessed, who: string): Promise<void> =>
  deps.attempts.clear(await subjectOf(deps, guessed, 'account', who))

/** Keyed, so that the table tells nobody who tried from where. */
export const subjectOf = (
  deps: Pick<Deps, 'settings'>,
  guessed: Guessed,
  of: 'account' | 'network',
  text: string,
) => derivedSecret(deps.settings.linkSecret, `tries:${guessed}:${of}`, text)
