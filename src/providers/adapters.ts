import type { RemoteProvider } from '../domain/payment/payment.ts'
import type { Runtime } from '../runtime.ts'
import type { AccountKeys, PaymentProvider } from './payment-port.ts'
import { accountOf, type PayActionAccount } from './payaction/account.ts'
import { createPayActionProvider, unwatched } from './payaction/payaction-provider.ts'
import { accountOf as stripeAccountOf, type StripeSettings } from './stripe/account.ts'
import { createStripeProvider } from './stripe/stripe-provider.ts'
import { createTossProvider } from './toss/toss-provider.ts'
import { unavailable } from './unavailable.ts'

export interface AdapterSettings {
  toss: { baseUrl: string; secretKey: string }
  stripe: Pick<StripeSettings, 'baseUrl' | 'account'>
  /** `account` null: the deployment has no mall of its own. */
  payaction: { baseUrl: string; excludePath: string; account: PayActionAccount | null }
}

/** Points need nothing from outside: their adapter stands over the ledger. */
type Makers = Record<
  Exclude<RemoteProvider, 'wallet'>,
  (keys: AccountKeys | null) => PaymentProvider
>

/** An adapter per provider, with a restaurant's own keys or (null) the deployment's. */
export function createAdapters(
  settings: AdapterSettings,
  runtime: Pick<Runtime, 'fetch' | 'now'>,
): Makers {
  const fetch: Runtime['fetch'] = (request) => runtime.fetch(request)
  const now = () => runtime.now()
  return {
    toss: (keys) =>
      createTossProvider({
        baseUrl: settings.toss.baseUrl,
        secretKey: keys?.['toss-secret-key'] ?? settings.toss.secretKey,
        fetch,
      }),
    stripe: (keys) => {
      const { baseUrl, account: deployment } = settings.stripe
      const account = stripeAccountOf(keys, deployment)
      if (account === null) return unavailable
      return createStripeProvider({ baseUrl, secretKey: account.secretKey, fetch })
    },
    deposit: (keys) => {
      const { baseUrl, excludePath, account: deployment } = settings.payaction
      const account = keys === null ? deployment : accountOf(keys)
      if (account === null) return unwatched
      return createPayActionProvider({ baseUrl, excludePath, account, fetch, now })
    },
  }
}
