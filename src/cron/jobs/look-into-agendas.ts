import { lookIntoAgendas } from '../../usecases/alerts/look-into-agendas.ts'
import type { CronJob } from '../cron-job.ts'

export const lookIntoAgendasJob: CronJob = lookIntoAgendas
