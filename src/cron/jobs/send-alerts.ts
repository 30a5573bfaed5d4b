import { sendAlerts } from '../../usecases/alerts/send-alerts.ts'
import type { CronJob } from '../cron-job.ts'

export const sendAlertsJob: CronJob = sendAlerts
