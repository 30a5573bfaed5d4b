import type { RegisteredCode } from '../../db/repositories/coupon-ports.ts'
import { SYSTEM } from '../../domain/actor.ts'
import type { Deps } from '../deps.ts'

/** A request that still runs is left alone. */
const UNSETTLED_AFTER_MS = 600_000
/** Whoever registered it has had a day to try again. */
const GIVEN_UP_AFTER_MS = 86_400_000
const AT_ONCE = 50

type SettleDeps = Pick<Deps, 'couponCodes' | 'restaurants' | 'now' | 'log'>

/**
 * Finds out what became of codes whose registration died half-way: the restaurant has the coupon, or,
 * after a day without it, the code is free again. One that fails does not hold up the others.
 */
export async function settleCouponCodes(
  deps: SettleDeps,
): Promise<{ settled: number; removed: number }> {
  const done = { settled: 0, removed: 0 }
  for (const entry of await deps.couponCodes.unsettled(deps.now() - UNSETTLED_AFTER_MS, AT_ONCE)) {
    try {
      const became = await whatBecame(deps, entry)
      if (became !== null) done[became] += 1
    } catch (error) {
      const reason = error instanceof Error ? error.name : 'unknown'
      const { restaurantId } = entry
      deps.log({ level: 'error', kind: 'coupon-code-not-settled', restaurantId, reason })
    }
  }
  return done
}

async function whatBecame(
  deps: SettleDeps,
  entry: RegisteredCode,
): Promise<'settled' | 'removed' | null> {
  const { code, restaurantId, registeredAt } = entry
  const found = await deps.restaurants(restaurantId).query<'coupon-by-code'>({
    query: { type: 'coupon-by-code', code },
    asker: SYSTEM,
  })
  if (found.ok) {
    await deps.couponCodes.settle(code, restaurantId, deps.now())
    return 'settled'
  }
  if (found.refusal.kind !== 'NOT_FOUND')
    throw new Error(`asking for a coupon was refused: ${found.refusal.kind}`)
  if (deps.now() - registeredAt < GIVEN_UP_AFTER_MS) return null
  return (await deps.couponCodes.remove(entry)) ? 'removed' : null
}
