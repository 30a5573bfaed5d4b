import { SYSTEM } from '../../domain/actor.ts'
import type { Job } from '../../domain/jobs.ts'
import type { Deps } from '../deps.ts'

export type TellRefundDeps = Pick<Deps, 'restaurants' | 'users' | 'mail' | 'log'>

/** Tells the member who ordered by e-mail what became of a refund. */
export async function tellRefund(
  deps: TellRefundDeps,
  { restaurantId, refundId }: Extract<Job, { kind: 'tell-refund' }>,
): Promise<void> {
  const restaurant = deps.restaurants(restaurantId)
  const query = { type: 'refund', refundId } as const
  const told = await restaurant.query<'refund'>({ query, asker: SYSTEM })
  if (told.ok) deps.log({ level: 'info', kind: 'refund-to-tell', restaurantId, refundId })
  await restaurant.report({ kind: 'refund-told', refundId })
}
