import { sweepFeed } from '../../usecases/outgoing/sweep-feed.ts'
import type { CronJob } from '../cron-job.ts'

export const sweepFeedJob: CronJob = sweepFeed
