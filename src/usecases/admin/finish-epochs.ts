import { errorText } from '../../domain/error-text.ts'
import { finishEpoch, type EpochDeps } from './begin-epoch.ts'

const MINUTE_MS = 60_000
const PER_RUN = 20

/** Begins epochs that were noted and whose request died before the object knew. For the cron. */
export async function finishEpochs(deps: EpochDeps): Promise<{ finished: number; failed: number }> {
  const waiting = await deps.restores.unfinishedEpochs(deps.now() - MINUTE_MS, PER_RUN)
  let finished = 0
  for (const epoch of waiting)
    try {
      if ((await finishEpoch(deps, epoch)).ok) finished += 1
    } catch (error) {
      const { restaurantId } = epoch
      const what = errorText(error)
      deps.log({ level: 'warn', kind: 'epoch-not-begun', restaurantId, error: what })
    }
  return { finished, failed: waiting.length - finished }
}
