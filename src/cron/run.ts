import { errorText } from '../domain/error-text.ts'
import { newTraceId } from '../domain/trace.ts'
import type { Deps } from '../usecases/deps.ts'
import { CRON_JOBS } from './jobs/index.ts'
import { isScheduled, SCHEDULE, type CronJobName } from './schedule.ts'

/** Runs what stands under the expression, one after the other; a job that fails stops no other. */
export async function runCron(deps: Deps, cron: string): Promise<void> {
  if (!isScheduled(cron)) {
    deps.log({ level: 'error', kind: 'cron-unknown', cron })
    throw new Error(`nothing is scheduled at ${cron}`)
  }
  for (const name of SCHEDULE[cron]) await runOne(deps.inTrace(newTraceId(deps.random)), name)
}

async function runOne(deps: Deps, job: CronJobName): Promise<void> {
  const startedAt = deps.now()
  try {
    const figures = await CRON_JOBS[job](deps)
    deps.metrics.count('cron_runs_total', { job, outcome: 'done' })
    deps.metrics.gauge('cron_last_success_timestamp_seconds', { job }, deps.now() / 1_000)
    deps.log({
      ...figures,
      level: 'info',
      kind: 'cron-done',
      job,
      durationMs: deps.now() - startedAt,
    })
  } catch (error) {
    deps.metrics.count('cron_runs_total', { job, outcome: 'failed' })
    deps.log({ level: 'error', kind: 'cron-failed', job, error: errorText(error) })
  }
}
