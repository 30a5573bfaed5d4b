import { finishUnfinishedRestaurants } from '../../usecases/restaurants/finish-unfinished-restaurants.ts'
import type { CronJob } from '../cron-job.ts'

export const finishUnfinishedRestaurantsJob: CronJob = (deps) => finishUnfinishedRestaurants(deps)
