import type { Job } from '../../domain/jobs.ts'
import { tellRefund, type TellRefundDeps } from '../../usecases/jobs/tell-refund.ts'

export const handleTellRefund = (
  deps: TellRefundDeps,
  job: Extract<Job, { kind: 'tell-refund' }>,
): Promise<void> => tellRefund(deps, job)
