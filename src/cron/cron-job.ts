import type { Deps } from '../usecases/deps.ts'

/** Does its work and says in figures what it did, for the log. */
export type CronJob = (deps: Deps) => Promise<Record<string, number>>
