import { providerOfKey } from '../domain/payment/account-keys.ts'
import { isLive } from '../domain/payment/machine.ts'
import type { PaymentState } from '../domain/payment/payment.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { SecretChange } from '../domain/restaurant/secrets.ts'
import type { Context } from './context.ts'

/**
 * Why other keys cannot be taken now: what is still open was opened at the account that stands, and
 * another knows nothing of it. A window ends also where the account no longer answers.
 */
export function openAtProviders(cx: Context, changes: readonly SecretChange[]): Refusal | null {
  const providers = changes
    .filter(({ name, sealed }) => sealed !== null || cx.store.secrets.sealed(name) !== null)
    .map(({ name }) => providerOfKey(name))
    .filter((of) => of !== null)
  if (providers.length === 0) return null
  const open = cx.store.payments
    .withTimeLeft([...new Set(providers)], cx.now)
    .filter((payment) => isLive(payment) || isBeingTakenBack(cx, payment))
  if (open.length === 0) return null
  const until = Math.max(
    ...open.map(({ expiresAt, leaseUntil }) => Math.max(expiresAt, leaseUntil ?? 0)),
  )
  return { kind: 'PAYMENTS_OPEN', payments: open.length, until }
}

/** Its order is over, and its provider has not said yet that no money will come. */
const isBeingTakenBack = (cx: Context, { id, status }: PaymentState): boolean =>
  status === 'ENDED' && cx.store.agenda.get('void', id) !== null
