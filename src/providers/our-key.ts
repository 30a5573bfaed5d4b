import type { ProviderRefusal } from '../domain/payment/outcomes.ts'

/**
 * What is told of a provider that does not accept our credentials. Its own words name the key, masked
 * or not, and guests read what is kept of a refusal.
 */
export const KEYS_NOT_ACCEPTED: ProviderRefusal = {
  code: 'KEYS_NOT_ACCEPTED',
  message: 'The payment account cannot be used.',
}
