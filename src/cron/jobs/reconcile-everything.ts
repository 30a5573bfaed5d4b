import { reconcile } from '../../usecases/reconciliation/reconcile.ts'
import { startReconciliation } from '../../usecases/reconciliation/start-reconciliation.ts'
import type { CronJob } from '../cron-job.ts'

export const reconcileEverythingJob: CronJob = async (deps) => {
  await startReconciliation(deps, 'FULL')
  return reconcile(deps)
}
