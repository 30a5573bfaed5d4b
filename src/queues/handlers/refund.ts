import type { Job } from '../../domain/jobs.ts'
import { refundPayment, type RefundDeps } from '../../usecases/jobs/refund-payment.ts'

export const handleRefund = (
  deps: RefundDeps,
  job: Extract<Job, { kind: 'refund' }>,
): Promise<void> => refundPayment(deps, job)
