import type { Job } from '../../domain/jobs.ts'
import { publishEvents, type PublishDeps } from '../../usecases/jobs/publish-events.ts'

export type PublishJob = Extract<Job, { kind: 'publish' }>

/** Publishes what several messages of one restaurant carry, in one write. */
export const handlePublish = (
  deps: PublishDeps,
  restaurantId: string,
  jobs: readonly PublishJob[],
): Promise<void> =>
  publishEvents(
    deps,
    restaurantId,
    jobs.flatMap((job) => job.events),
  )
