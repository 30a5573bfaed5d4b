import { StorageUnavailableError } from '../../domain/unavailable.ts'
import type { CounterSample, GaugeSample, HistogramSample } from '../../domain/metrics/samples.ts'
import type { Deps } from '../deps.ts'

export interface ReadMetrics {
  counters: readonly CounterSample[]
  histograms: readonly HistogramSample[]
  gauges: readonly GaugeSample[]
}

type MetricsDeps = Pick<Deps, 'metrics' | 'figures' | 'now' | 'log'>

/**
 * Everything that is counted, this isolate's last seconds included, and what the tables say now. While
 * D1 is away the rest is told without it.
 */
export async function readMetrics(deps: MetricsDeps): Promise<ReadMetrics> {
  const { metrics } = deps
  await metrics.flush()
  const [counted, told] = await Promise.all([metrics.read(), readFigures(deps)])
  return {
    histograms: counted.histograms,
    counters: [...counted.counters, ...(told?.counters ?? [])],
    gauges: [
      ...counted.gauges,
      ...(told?.gauges ?? []),
      { name: 'platform_database_up', labels: {}, value: told === null ? 0 : 1 },
    ],
  }
}

async function readFigures({ figures, metrics, now, log }: MetricsDeps) {
  try {
    const { counters, gauges } = await figures.read(now())
    // A restore takes rows away for a while; a counter must not follow.
    return { counters: await metrics.highest(counters), gauges }
  } catch (error) {
    if (!(error instanceof StorageUnavailableError)) throw error
    log({ level: 'warn', kind: 'figures-not-read', what: error.name })
    return null
  }
}
