import type { Job } from '../../domain/jobs.ts'
import type { Deps } from '../deps.ts'

export type RefundDeps = Pick<Deps, 'toss' | 'restaurants'>

/** Has the provider pay back and tells the object; a repeat is the same refund to the provider. */
export async function refundPayment(
  deps: RefundDeps,
  job: Extract<Job, { kind: 'refund' }>,
): Promise<void> {
  const { restaurantId, refundId, attempt, providerKey, amount, reason } = job
  const outcome = await deps.toss.refund({ refundId, attempt, providerKey, amount, reason })
  await deps.restaurants(restaurantId).report({ kind: 'refunded', refundId, attempt, outcome })
}
