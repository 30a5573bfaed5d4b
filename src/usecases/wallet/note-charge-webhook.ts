import { errorText } from '../../domain/error-text.ts'
import { PROVIDER_OF_CHARGE } from '../../domain/wallet/charge.ts'
import type { WebhookHint } from '../../providers/payment-port.ts'
import type { Deps } from '../deps.ts'
import { lookUpCharge, type LookUpChargeDeps } from './look-up-charge.ts'

type NotingDeps = LookUpChargeDeps & Pick<Deps, 'toTheEnd' | 'log'>

/** Webhooks carry no signature: this often one has the provider asked about a charge. */
const GAP_MS = 2_000

/**
 * A provider's webhook about a charge: noted, then looked up behind the answer; the cron does it where
 * that fails. False when there is no such charge, or it has another key at the provider.
 */
export async function noteChargeWebhook(
  deps: NotingDeps,
  { paymentId: chargeId, providerKey }: Pick<WebhookHint, 'paymentId' | 'providerKey'>,
): Promise<boolean> {
  const found = await deps.charges.byId(chargeId)
  if (found === null || PROVIDER_OF_CHARGE[found.state.method] === null) return false
  const known = found.state.payment.providerKey
  if (known !== null && providerKey !== known) return false
  if (!(await deps.charges.told(chargeId, deps.now(), GAP_MS))) return true
  void deps.toTheEnd(async () => {
    try {
      await lookUpCharge(deps, found)
    } catch (error) {
      const text = errorText(error)
      deps.log({ level: 'warn', kind: 'charge-not-looked-up', chargeId, error: text })
    }
  })
  return true
}
