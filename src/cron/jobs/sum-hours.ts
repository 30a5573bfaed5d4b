import { sumHours } from '../../usecases/popularity/sum-hours.ts'
import type { CronJob } from '../cron-job.ts'

export const sumHoursJob: CronJob = async (deps) => ({ hours: await sumHours(deps) })
