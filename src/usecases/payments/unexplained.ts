import type { ProviderRefusal } from '../../domain/payment/outcomes.ts'

/** For a provider that refused without words. */
export const UNEXPLAINED: ProviderRefusal = { code: 'UNKNOWN', message: '' }
