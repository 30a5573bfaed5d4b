import type { RemoteProvider } from '../domain/payment/payment.ts'
import type { Runtime } from '../runtime.ts'
import type { AccountKeys, PaymentProvider } from './payment-port.ts'
import { createTossProvider } from './toss/toss-provider.ts'
import { unavailable } from './unavailable.ts'

export interface AdapterSettings {
  toss: { baseUrl: string; secretKey: string }
}

type Makers = Record<RemoteProvider, (keys: AccountKeys | null) => PaymentProvider>

/** An adapter per provider, with a restaurant's own keys or (null) the deployment's. */
export function createAdapters(settings: AdapterSettings, runtime: Pick<Runtime, 'fetch'>): Makers {
  const fetch: Runtime['fetch'] = (request) => runtime.fetch(request)
  return {
    toss: (keys) =>
      createTossProvider({
        baseUrl: settings.toss.baseUrl,
        secretKey: keys?.['toss-secret-key'] ?? settings.toss.secretKey,
        fetch,
      }),
    stripe: () => unavailable,
    deposit: () => unavailable,
    wallet: () => unavailable,
  }
}
