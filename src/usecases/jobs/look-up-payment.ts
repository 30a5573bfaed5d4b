import type { Job } from '../../domain/jobs.ts'
import type { Deps } from '../deps.ts'

export type LookUpDeps = Pick<Deps, 'provider' | 'restaurants'>

/** Asks the provider what became of a payment and tells the object. */
export async function lookUpPayment(
  deps: LookUpDeps,
  { restaurantId, paymentId, provider, providerKey }: Extract<Job, { kind: 'look-up' }>,
): Promise<void> {
  const adapter = await deps.provider(provider, restaurantId)
  const outcome = await adapter.lookUp({ paymentId, providerKey })
  await deps.restaurants(restaurantId).report({ kind: 'looked-up', paymentId, outcome })
}
