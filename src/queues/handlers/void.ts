import type { Job } from '../../domain/jobs.ts'
import { voidPayment, type VoidDeps } from '../../usecases/jobs/void-payment.ts'

export const handleVoid = (deps: VoidDeps, job: Extract<Job, { kind: 'void' }>): Promise<void> =>
  voidPayment(deps, job)
