import type { Snapshot } from '../../domain/metrics/samples.ts'
import type { Deps } from '../deps.ts'

/** Everything that is counted, with what this isolate has not handed on yet. */
export async function readMetrics({ metrics }: Pick<Deps, 'metrics'>): Promise<Snapshot> {
  await metrics.flush()
  return metrics.read()
}
