import { nudgeProjections } from '../../usecases/admin/nudge-projections.ts'
import type { CronJob } from '../cron-job.ts'

export const nudgeProjectionsJob: CronJob = (deps) => nudgeProjections(deps)
