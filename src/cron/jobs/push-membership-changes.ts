import { pushMembershipChanges } from '../../usecases/identity/push-membership-changes.ts'
import type { CronJob } from '../cron-job.ts'

export const pushMembershipChangesJob: CronJob = (deps) => pushMembershipChanges(deps)
