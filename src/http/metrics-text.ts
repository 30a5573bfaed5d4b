import { cumulative } from '../domain/metrics/histogram.ts'
import { METRICS, type Definition } from '../domain/metrics/registry.ts'
import { labelsText, type HistogramSample, type Labels } from '../domain/metrics/samples.ts'

/** Prometheus' text exposition format, version 0.0.4. */
export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** Anything that is to be shown. */
export interface Shown {
  counters: readonly { name: string; labels: Labels; value: number }[]
  gauges: readonly { name: string; labels: Labels; value: number }[]
  histograms: readonly HistogramSample[]
}

const escapedHelp = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
const escapedValue = (text: string): string => escapedHelp(text).replaceAll('"', '\\"')

/** In the registry's order; a label that another version left out is empty. */
function labelled(names: readonly string[], labels: Labels, le?: number): string {
  const pairs = names.map((name) => `${name}="${escapedValue(labels[name] ?? '')}"`)
  if (le !== undefined) pairs.push(`le="${le === Infinity ? '+Inf' : String(le)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function histogramLines(
  name: string,
  { labels: names, bounds }: Extract<Definition, { type: 'histogram' }>,
  { labels, sum, buckets }: HistogramSample,
): string[] {
  const steps = cumulative(buckets, bounds)
  const own = labelled(names, labels)
  return [
    ...steps.map(
      ({ bound, count }) => `${name}_bucket${labelled(names, labels, bound)} ${String(count)}`,
    ),
    `${name}_sum${own} ${String(sum)}`,
    `${name}_count${own} ${String(steps.at(-1)?.count ?? 0)}`,
  ]
}

/** Every metric of the registry that something is known of, in its order; steady for the same figures. */
export function metricsText({ counters, gauges, histograms }: Shown): string {
  const lines: string[] = []
  for (const [name, definition] of Object.entries(METRICS)) {
    const rows =
      definition.type === 'histogram'
        ? ofName(histograms, name).flatMap((sample) => histogramLines(name, definition, sample))
        : ofName(definition.type === 'gauge' ? gauges : counters, name).map(
            ({ labels, value }) => `${name}${labelled(definition.labels, labels)} ${String(value)}`,
          )
    if (rows.length === 0) continue
    lines.push(`# HELP ${name} ${escapedHelp(definition.help)}`)
    lines.push(`# TYPE ${name} ${definition.type}`, ...rows)
  }
  return `${lines.join('\n')}\n`
}

function ofName<S extends { name: string; labels: Labels }>(samples: readonly S[], name: string) {
  return samples
    .filter((sample) => sample.name === name)
    .map((sample) => ({ sample, key: labelsText(sample.labels) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ sample }) => sample)
}
