import { sweepDeadLetters } from '../../usecases/admin/sweep-dead-letters.ts'
import type { CronJob } from '../cron-job.ts'

export const sweepDeadLettersJob: CronJob = async (deps) => ({
  removed: await sweepDeadLetters(deps),
})
