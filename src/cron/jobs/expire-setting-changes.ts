import { expireChanges } from '../../usecases/settings/expire-changes.ts'
import type { CronJob } from '../cron-job.ts'

export const expireSettingChangesJob: CronJob = expireChanges
