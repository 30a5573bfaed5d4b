import { SYSTEM } from '../../domain/actor.ts'
import type { Job } from '../../domain/jobs.ts'
import type { Deps } from '../deps.ts'
import { openRefundAccount } from '../payments/refund-account.ts'

export type RefundDeps = Pick<Deps, 'provider' | 'restaurants' | 'secretBox'>

/**
 * Has the provider pay back and tells the object; a repeat is the same refund to the provider. A
 * message may be old (late, or driven again out of the dead letters): one whose refund is done, or
 * further, moves no money.
 */
export async function refundPayment(
  deps: RefundDeps,
  job: Extract<Job, { kind: 'refund' }>,
): Promise<void> {
  const { restaurantId, refundId, attempt, provider } = job
  const restaurant = deps.restaurants(restaurantId)
  const query = { type: 'refund', refundId } as const
  const owed = await restaurant.query<'refund'>({ query, asker: SYSTEM })
  if (!owed.ok) return
  const { refund, sealedAccount } = owed.value
  if (refund.status !== 'REQUESTED' || refund.attempt !== attempt) return
  const account = await openRefundAccount(deps.secretBox, restaurantId, sealedAccount)
  const adapter = await deps.provider(provider, restaurantId)
  const outcome = await adapter.refund({ ...job, account })
  await restaurant.report({ kind: 'refunded', refundId, attempt, outcome })
}
