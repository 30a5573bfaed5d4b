import { finishCheckouts } from '../../usecases/cart/finish-checkouts.ts'
import type { CronJob } from '../cron-job.ts'

export const finishCheckoutsJob: CronJob = (deps) => finishCheckouts(deps)
