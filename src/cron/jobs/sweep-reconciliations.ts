import { sweepReconciliations } from '../../usecases/reconciliation/sweep-reconciliations.ts'
import type { CronJob } from '../cron-job.ts'

export const sweepReconciliationsJob: CronJob = async (deps) => ({
  removed: await sweepReconciliations(deps),
})
