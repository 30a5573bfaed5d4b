import { sweepActivity } from '../../usecases/support/sweep-activity.ts'
import type { CronJob } from '../cron-job.ts'

export const sweepSupportActivityJob: CronJob = sweepActivity
