import type { Restaurant } from '../state.ts'

type Shown = Restaurant['provider_keys']
export type Provider = keyof Shown

/** Providers of payments, each with its keys in the order of a form. */
export const PROVIDERS = {
  toss: ['secret_key', 'client_key'],
  stripe: ['secret_key', 'publishable_key', 'webhook_secret'],
  payaction: ['mall_id', 'api_key', 'webhook_key'],
} as const satisfies { [P in Provider]: readonly (keyof Shown[P])[] }

type Hint = Shown['toss']['secret_key']

/** What is told of a provider's keys: their names, and the hint of each that is set. */
export const keysOf = (shown: Shown, provider: Provider): [name: string, hint: string | null][] =>
  PROVIDERS[provider].map((name) => {
    const { configured, hint } = (shown[provider] as Record<string, Hint | undefined>)[name] ?? {
      configured: false,
      hint: null,
    }
    return [name, configured ? (hint ?? '…') : null]
  })

/** Keys of a provider are set together; one alone says nothing. */
export const isSet = (shown: Shown, provider: Provider): boolean =>
  keysOf(shown, provider).some(([, hint]) => hint !== null)
