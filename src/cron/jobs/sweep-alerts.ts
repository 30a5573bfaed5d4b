import { sweepAlerts } from '../../usecases/alerts/sweep-alerts.ts'
import type { CronJob } from '../cron-job.ts'

export const sweepAlertsJob: CronJob = sweepAlerts
