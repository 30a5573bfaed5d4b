import { deliverDue } from '../../usecases/outgoing/deliver-due.ts'
import type { CronJob } from '../cron-job.ts'

export const deliverDueJob: CronJob = deliverDue
