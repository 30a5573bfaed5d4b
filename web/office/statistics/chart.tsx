import { money } from '../../lib/format.ts'
import { barsOf } from '../../ui/bars.ts'
import { t } from '../words.ts'

const CHART = { width: 600, height: 160, gap: 6 } as const
const FEET = 22
const MOST_LABELS = 12

interface Entry {
  label: string
  orders: number
  revenue: number
}

/** Revenue side by side. The picture is for the eye; the same figures stand in the table under it. */
export function RevenueChart({
  id,
  title,
  what,
  entries,
  currency,
}: {
  id: string
  title: string
  what: string
  entries: readonly Entry[]
  currency: string
}) {
  const bars = barsOf(
    entries.map(({ revenue }) => revenue),
    CHART,
  )
  const every = entries.length <= MOST_LABELS ? 1 : Math.ceil(entries.length / 8)
  return (
    <section class="card stack" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <svg class="chart" viewBox={`0 0 ${CHART.width} ${CHART.height + FEET}`} aria-hidden="true">
        <line
          class="chart__base"
          x1={0}
          x2={CHART.width}
          y1={CHART.height + 0.5}
          y2={CHART.height + 0.5}
        />
        {bars.map((bar, at) => (
          <g key={entries[at]?.label}>
            <rect class="chart__bar" rx={3} {...bar} />
            {at % every === 0 && (
              <text x={bar.x + bar.width / 2} y={CHART.height + FEET - 6} text-anchor="middle">
                {entries[at]?.label}
              </text>
            )}
          </g>
        ))}
      </svg>
      <details class="fold">
        <summary>{t('asTable')}</summary>
        <table class="data">
          <thead>
            <tr>
              <th scope="col">{what}</th>
              <th scope="col" class="sum">
                {t('orders')}
              </th>
              <th scope="col" class="sum">
                {t('revenue')}
              </th>
            </tr>
          </thead>
          <tbody>
            {entries.map(({ label, orders, revenue }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td class="sum">{orders}</td>
                <td class="sum">{money(revenue, currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  )
}
