import { coreOf, type CoreMetrics } from '../../domain/metrics/core.ts'
import type { Deps } from '../deps.ts'

/** How the platform has been doing for the last so many seconds, a day at most. */
export async function readCoreMetrics(
  { metrics, figures, now }: Pick<Deps, 'metrics' | 'figures' | 'now'>,
  seconds: number,
): Promise<CoreMetrics> {
  await metrics.flush()
  const [window, tables] = await Promise.all([metrics.window(seconds), figures.read(now())])
  return coreOf(window, tables)
}
