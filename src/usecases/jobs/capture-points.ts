import type { Job } from '../../domain/jobs.ts'
import type { Deps } from '../deps.ts'

export type CapturePointsDeps = Pick<Deps, 'provider' | 'restaurants'>

/** Takes the points of an order and tells the object; where they were taken before, nothing changes. */
export async function capturePoints(
  deps: CapturePointsDeps,
  job: Extract<Job, { kind: 'capture' }>,
): Promise<void> {
  const { restaurantId, paymentId, provider, attemptId } = job
  const wallet = await deps.provider(provider, restaurantId)
  const outcome = await wallet.capture(job)
  await deps.restaurants(restaurantId).report({ kind: 'captured', paymentId, attemptId, outcome })
}
