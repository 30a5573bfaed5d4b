import { stableScope, type Asker } from '../../domain/actor.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { StorageUnavailableError } from '../../domain/unavailable.ts'
import type { Deps } from '../deps.ts'
import { subjectOf } from '../identity/count-try.ts'

/** Who asks about codes, and from which address. */
export interface CodeAsker {
  who: Pick<Asker, 'userId' | 'sessionId'>
  network: string
}

export type CodeDeps = Pick<Deps, 'attempts' | 'settings' | 'now' | 'log'>

/** The one answer about codes that there are not, and about those of others. */
export const UNKNOWN_COUPON = { kind: 'NOT_FOUND', what: 'coupon' } as const satisfies Refusal

/** How many codes an answer gives away that there are not here: a refusal speaks of one. */
export const unknownCoupons = (outcome: Result<unknown, Refusal>): number =>
  Number(!outcome.ok && outcome.refusal.kind === 'NOT_FOUND' && outcome.refusal.what === 'coupon')

/**
 * Runs what tells whether a code exists, unless its asker has named too many that do not. Codes that
 * exist cost one read; each that does not is counted. While D1 is away nothing is counted, and nobody
 * is kept from ordering for it.
 */
export async function askAboutCodes<T>(
  deps: CodeDeps,
  asker: CodeAsker,
  ask: () => Promise<T>,
  unknownIn: (answer: T) => number,
): Promise<Result<T, Refusal>> {
  const { perAccount, perNetwork, windowSeconds } = deps.settings.couponTries
  const [account, address] = await Promise.all([
    subjectOf(deps, 'coupon', 'account', stableScope(asker.who)),
    subjectOf(deps, 'coupon', 'network', asker.network),
  ])
  const limits = [
    { subject: account, max: perAccount },
    { subject: address, max: perNetwork },
  ]
  const windowMs = windowSeconds * 1000
  const { attempts } = deps
  const waitMs = await whileThere(deps, () => attempts.waiting(limits, windowMs, deps.now()))
  if (waitMs !== null) return tooMany(waitMs)
  const answer = await ask()
  const unknown = unknownIn(answer)
  if (unknown === 0) return ok(answer)
  const counted = await whileThere(deps, () => attempts.take(limits, windowMs, deps.now(), unknown))
  return counted?.taken === false ? tooMany(counted.retryAfterMs) : ok(answer)
}

const tooMany = (waitMs: number): Result<never, Refusal> =>
  refuse({ kind: 'RATE_LIMITED', retryAfterSeconds: Math.ceil(waitMs / 1000) })

async function whileThere<T>(deps: Pick<Deps, 'log'>, count: () => Promise<T>): Promise<T | null> {
  try {
    return await count()
  } catch (error) {
    if (!(error instanceof StorageUnavailableError)) throw error
    deps.log({ level: 'warn', kind: 'coupon-tries-not-counted' })
    return null
  }
}
