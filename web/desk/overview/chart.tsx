import { barsOf } from '../../ui/bars.ts'

const CHART = { width: 600, height: 140 } as const
const FEET = 22
/** Labels beyond these would run into each other. */
const MOST_LABELS = 8

export interface Bar {
  label: string
  value: number
  /** The value in words, for the eye that rests on it. */
  text: string
}

/** Bars for the eye; the same figures stand in a table beside them. */
export function Chart({ bars }: { bars: readonly Bar[] }) {
  const gap = bars.length > 31 ? 2 : 6
  const drawn = barsOf(
    bars.map(({ value }) => value),
    { ...CHART, gap },
  )
  const every = Math.ceil(bars.length / MOST_LABELS)
  return (
    <svg class="chart" viewBox={`0 0 ${CHART.width} ${CHART.height + FEET}`} aria-hidden="true">
      <line
        class="chart__base"
        x1={0}
        x2={CHART.width}
        y1={CHART.height + 0.5}
        y2={CHART.height + 0.5}
      />
      {drawn.map((bar, at) => (
        <g key={bars[at]?.label}>
          <rect class="chart__bar" rx={Math.min(3, bar.width / 2)} {...bar}>
            <title>{bars[at]?.text}</title>
          </rect>
          {at % every === 0 && (
            <text x={bar.x + bar.width / 2} y={CHART.height + FEET - 6} text-anchor="middle">
              {bars[at]?.label}
            </text>
          )}
        </g>
      ))}
    </svg>
  )
}
