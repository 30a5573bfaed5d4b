import type { Job } from '../../domain/jobs.ts'
import { lookUpPayment, type LookUpDeps } from '../../usecases/jobs/look-up-payment.ts'

export const handleLookUp = (
  deps: LookUpDeps,
  job: Extract<Job, { kind: 'look-up' }>,
): Promise<void> => lookUpPayment(deps, job)
