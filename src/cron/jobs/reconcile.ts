import { reconcile } from '../../usecases/reconciliation/reconcile.ts'
import type { CronJob } from '../cron-job.ts'

export const reconcileJob: CronJob = (deps) => reconcile(deps)
