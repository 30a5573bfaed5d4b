import { settleCouponCodes } from '../../usecases/coupons/settle-coupon-codes.ts'
import type { CronJob } from '../cron-job.ts'

export const settleCouponCodesJob: CronJob = (deps) => settleCouponCodes(deps)
