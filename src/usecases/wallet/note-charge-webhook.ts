import type { Deps } from '../deps.ts'
import { lookUpCharge, type LookUpChargeDeps } from './look-up-charge.ts'

type NotingDeps = LookUpChargeDeps & Pick<Deps, 'toTheEnd' | 'log'>

/**
 * A provider's webhook about a charge: noted, then looked up behind the answer; the cron does it where
 * that fails. False when there is no such charge.
 */
export async function noteChargeWebhook(deps: NotingDeps, chargeId: string): Promise<boolean> {
  const found = await deps.charges.byId(chargeId)
  if (found === null) return false
  await deps.charges.lookAt(chargeId, deps.now())
  void deps.toTheEnd(async () => {
    try {
      await lookUpCharge(deps, found)
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error)
      deps.log({ level: 'warn', kind: 'charge-not-looked-up', chargeId, error: text })
    }
  })
  return true
}
