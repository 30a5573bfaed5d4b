import { finishEpochs } from '../../usecases/admin/finish-epochs.ts'
import type { CronJob } from '../cron-job.ts'

export const finishEpochsJob: CronJob = finishEpochs
