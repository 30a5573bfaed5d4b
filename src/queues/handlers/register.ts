import type { Job } from '../../domain/jobs.ts'
import { registerDeposit, type RegisterDeps } from '../../usecases/jobs/register-deposit.ts'

export const handleRegister = (
  deps: RegisterDeps,
  job: Extract<Job, { kind: 'register' }>,
): Promise<void> => registerDeposit(deps, job)
