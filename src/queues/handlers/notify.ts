import type { Job } from '../../domain/jobs.ts'
import { notifyOwner, type NotifyDeps } from '../../usecases/jobs/notify-owner.ts'

export const handleNotify = (
  deps: NotifyDeps,
  job: Extract<Job, { kind: 'notify' }>,
): Promise<void> => notifyOwner(deps, job)
