import { pushPendingRevocations } from '../../usecases/identity/push-pending-revocations.ts'
import type { CronJob } from '../cron-job.ts'

export const pushPendingRevocationsJob: CronJob = (deps) => pushPendingRevocations(deps)
