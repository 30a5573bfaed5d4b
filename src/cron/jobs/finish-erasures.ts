import { finishErasures } from '../../usecases/admin/finish-erasures.ts'
import type { CronJob } from '../cron-job.ts'

export const finishErasuresJob: CronJob = finishErasures
