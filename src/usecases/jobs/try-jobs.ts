import type { Job } from '../../domain/jobs.ts'
import type { Deps } from '../deps.ts'
import { runJob, type JobDeps } from './run-job.ts'

/**
 * The first try of jobs that were just committed. Never rejects: a job that failed is logged, and its
 * lease hands it to the queue.
 */
export async function tryJobs(
  deps: JobDeps & Pick<Deps, 'log'>,
  jobs: readonly Job[],
): Promise<void> {
  await Promise.all(
    jobs.map(async (job) => {
      try {
        await runJob(deps, job)
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
