import { settleRefundRequests } from '../../usecases/support/settle-refund-requests.ts'
import type { CronJob } from '../cron-job.ts'

export const settleRefundRequestsJob: CronJob = settleRefundRequests
