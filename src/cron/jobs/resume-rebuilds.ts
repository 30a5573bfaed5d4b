import { resumeRebuilds } from '../../usecases/admin/resume-rebuilds.ts'
import type { CronJob } from '../cron-job.ts'

export const resumeRebuildsJob: CronJob = async (deps) => ({ resumed: await resumeRebuilds(deps) })
