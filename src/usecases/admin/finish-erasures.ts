import type { Erasure } from '../../db/repositories/erasure-ports.ts'
import { errorText } from '../../domain/error-text.ts'
import { SYSTEM } from '../../domain/actor.ts'
import type { CommandOutcome } from '../../domain/commands.ts'
import type { Deps } from '../deps.ts'

type ErasureDeps = Pick<Deps, 'erasures' | 'restaurants' | 'now' | 'log'>

const PER_RUN = 20
/** Orders that were placed at the last moment have been copied by then, and are found. */
const SETTLED_AFTER_MS = 60 * 60_000

/** Goes on with people being erased, whose request died or whose orders had to end first. For the cron. */
export async function finishErasures(
  deps: ErasureDeps,
): Promise<{ finished: number; open: number; failed: number }> {
  const counted = { finished: 0, open: 0, failed: 0 }
  for (const erasure of await deps.erasures.open(PER_RUN))
    try {
      // Before it: one that breaks, or takes the Worker with it, lets the others go first.
      await deps.erasures.tried(erasure.userId, deps.now())
      counted[(await forgetEverywhere(deps, erasure)) ? 'finished' : 'open'] += 1
    } catch (error) {
      counted.failed += 1
      const what = errorText(error)
      deps.log({ level: 'warn', kind: 'erasure-cut', accountId: erasure.userId, error: what })
    }
  return counted
}

/** Every step may be repeated. True when nothing is left of the person. */
export async function forgetEverywhere(
  deps: ErasureDeps,
  { userId, askedAt }: Erasure,
): Promise<boolean> {
  await deps.erasures.forgetLeftovers(userId)
  for (const restaurantId of await deps.erasures.restaurantsLeft(userId))
    if (await forgetAt(deps, restaurantId, userId))
      await deps.erasures.restaurantDone(userId, restaurantId, deps.now())
  await deps.erasures.forgetSent(userId)
  if (deps.now() < askedAt + SETTLED_AFTER_MS) return false
  return deps.erasures.finish(userId, deps.now())
}

/** False while orders of theirs are open there, or the restaurant cannot be reached. */
async function forgetAt(deps: ErasureDeps, restaurantId: string, userId: string): Promise<boolean> {
  let settled = true
  let beforeId: string | null = null
  do {
    const outcome: CommandOutcome<'forget-person'> = await deps
      .restaurants(restaurantId)
      .execute<'forget-person'>({
        command: { type: 'forget-person', userId, beforeId },
        asker: SYSTEM,
        idempotency: null,
        traceId: null,
      })
    if (!outcome.ok) {
      const { kind: reason } = outcome.refusal
      deps.log({ level: 'warn', kind: 'person-not-forgotten', restaurantId, reason })
      return false
    }
    settled &&= outcome.value.open === 0
    beforeId = outcome.value.next
  } while (beforeId !== null)
  return settled
}
