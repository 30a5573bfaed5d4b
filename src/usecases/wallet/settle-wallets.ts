import { errorText } from '../../domain/error-text.ts'
import type { Deps } from '../deps.ts'
import { lookUpCharge, type LookUpChargeDeps } from './look-up-charge.ts'
import { payBackPoints, type PayingBackDeps } from './pay-back-points.ts'

/** One run asks so many; the rest is asked by the next. */
const PER_RUN = 50

/** Finishes charges and refunds of points that a request left open. For the cron. */
export async function settleWallets(
  deps: LookUpChargeDeps & PayingBackDeps & Pick<Deps, 'log'>,
): Promise<{ charges: number; refunds: number; failed: number }> {
  const charges = await deps.charges.waiting(deps.now(), PER_RUN)
  const refunds = await deps.pointsRefunds.waiting(deps.now(), PER_RUN)
  let failed = 0
  const each = async (subject: string, work: () => Promise<unknown>) => {
    try {
      await work()
    } catch (error) {
      failed += 1
      const text = errorText(error)
      deps.log({ level: 'error', kind: 'wallet-not-settled', subject, error: text })
    }
  }
  for (const charge of charges) await each(charge.state.id, () => lookUpCharge(deps, charge))
  for (const refund of refunds) await each(refund.state.id, () => payBackPoints(deps, refund))
  return { charges: charges.length, refunds: refunds.length, failed }
}
