import { errorText } from '../../domain/error-text.ts'
import type { Job } from '../../domain/jobs.ts'
import { ordersOf } from '../../domain/order/order-of.ts'
import type { Deps } from '../deps.ts'
import type { Publisher } from './publisher.ts'
import { runJob } from './run-job.ts'

/** An agenda's job may be of an earlier request's trace. */
const ofTrace = (deps: Deps, { traceId }: Job): Deps =>
  traceId === undefined || traceId === deps.about.traceId ? deps : deps.inTrace(traceId)

/**
 * The first try of jobs that were just committed. Never rejects: a job that failed is logged, and its
 * lease hands it to the queue.
 */
export async function tryJobs(
  deps: Deps,
  jobs: readonly Job[],
  publisher: Publisher,
): Promise<void> {
  await Promise.all(
    jobs.map(async (job) => {
      try {
        if (job.kind === 'publish') await publisher.publish(deps, job.restaurantId, job.events)
        else await runJob(ofTrace(deps, job), job)
      } catch (error) {
        const orders = new Set(ordersOf(job))
        deps.log({
          level: 'warn',
          kind: 'job-failed',
          job: job.kind,
          restaurantId: job.restaurantId,
          orderId: orders.size === 1 ? [...orders][0] : null,
          ...(job.traceId !== undefined && { traceId: job.traceId }),
          error: errorText(error),
        })
      }
    }),
  )
}
