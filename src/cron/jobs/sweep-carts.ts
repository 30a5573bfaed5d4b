import { sweepCarts } from '../../usecases/cart/sweep-carts.ts'
import type { CronJob } from '../cron-job.ts'

export const sweepCartsJob: CronJob = (deps) => sweepCarts(deps)
