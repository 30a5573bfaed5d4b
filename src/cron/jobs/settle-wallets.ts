import { settleWallets } from '../../usecases/wallet/settle-wallets.ts'
import type { CronJob } from '../cron-job.ts'

export const settleWalletsJob: CronJob = settleWallets
