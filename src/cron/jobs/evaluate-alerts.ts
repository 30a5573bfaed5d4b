import { evaluateAlerts } from '../../usecases/alerts/evaluate-alerts.ts'
import type { CronJob } from '../cron-job.ts'

export const evaluateAlertsJob: CronJob = evaluateAlerts
