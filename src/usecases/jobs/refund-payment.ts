import { SYSTEM } from '../../domain/actor.ts'
import type { Job } from '../../domain/jobs.ts'
import type { Deps } from '../deps.ts'

export type RefundDeps = Pick<Deps, 'toss' | 'restaurants'>

/**
 * Has the provider pay back and tells the object; a repeat is the same refund to the provider. A
 * message may be old (late, or driven again out of the dead letters): one whose refund is done, or
 * further, moves no money.
 */
export async function refundPayment(
  deps: RefundDeps,
  job: Extract<Job, { kind: 'refund' }>,
): Promise<void> {
  const { restaurantId, refundId, attempt, providerKey, amount, reason } = job
  const restaurant = deps.restaurants(restaurantId)
  const query = { type: 'refund', refundId } as const
  const owed = await restaurant.query<'refund'>({ query, asker: SYSTEM })
  if (!owed.ok || owed.value.status !== 'REQUESTED' || owed.value.attempt !== attempt) return
  const outcome = await deps.toss.refund({ refundId, attempt, providerKey, amount, reason })
  await restaurant.report({ kind: 'refunded', refundId, attempt, outcome })
}
