import type { SecretName } from '../restaurant/secrets.ts'
import type { RemoteProvider } from './payment.ts'

/** The keys that make an account at a provider. */
export const KEYS_OF = {
  toss: ['toss-secret-key', 'toss-client-key'],
  stripe: ['stripe-secret-key', 'stripe-publishable-key', 'stripe-webhook-secret'],
  deposit: ['payaction-mall-id', 'payaction-api-key', 'payaction-webhook-key'],
  wallet: [],
} as const satisfies Record<RemoteProvider, readonly SecretName[]>

const PROVIDERS_WITH_KEYS = Object.keys(KEYS_OF) as RemoteProvider[]

/** Whose key it is; null for what is no provider's. */
export const providerOfKey = (name: SecretName): RemoteProvider | null =>
  PROVIDERS_WITH_KEYS.find((of) => (KEYS_OF[of] as readonly SecretName[]).includes(name)) ?? null
