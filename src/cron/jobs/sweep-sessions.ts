import { sweepSessions } from '../../usecases/identity/sweep-sessions.ts'
import type { CronJob } from '../cron-job.ts'

export const sweepSessionsJob: CronJob = async (deps) => ({ removed: await sweepSessions(deps) })
