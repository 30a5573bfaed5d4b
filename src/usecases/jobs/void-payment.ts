import type { Job } from '../../domain/jobs.ts'
import type { Deps } from '../deps.ts'

export type VoidDeps = Pick<Deps, 'provider' | 'restaurants'>

/** Tells the provider that no money shall come any more, and the object what it said. */
export async function voidPayment(
  deps: VoidDeps,
  { restaurantId, paymentId, provider, providerKey }: Extract<Job, { kind: 'void' }>,
): Promise<void> {
  const adapter = await deps.provider(provider, restaurantId)
  const outcome = await adapter.void({ paymentId, providerKey })
  await deps.restaurants(restaurantId).report({ kind: 'voided', paymentId, outcome })
}
