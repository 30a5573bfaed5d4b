import { sweepDeliveries } from '../../usecases/outgoing/sweep-deliveries.ts'
import type { CronJob } from '../cron-job.ts'

export const sweepDeliveriesJob: CronJob = sweepDeliveries
