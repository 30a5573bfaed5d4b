import type { Job } from '../../domain/jobs.ts'
import type { Deps } from '../deps.ts'
import type { Publisher } from './publisher.ts'
import { runJob, type JobDeps } from './run-job.ts'

/**
 * The first try of jobs that were just committed. Never rejects: a job that failed is logged, and its
 * lease hands it to the queue.
 */
export async function tryJobs(
  deps: JobDeps & Pick<Deps, 'log'>,
  jobs: readonly Job[],
  publisher: Publisher,
): Promise<void> {
  await Promise.all(
    jobs.map(async (job) => {
      try {
        if (job.kind === 'publish') await publisher.publish(deps, job.restaurantId, job.events)
        else await runJob(deps, job)
      } catch (error) {
        deps.log({
          level: 'warn',
          kind: 'job-failed',
          job: job.kind,
          restaurantId: job.restaurantId,
          error: error instanceof Error ? error.message : String(error),
        })
      }
    }),
  )
}
