import { useState } from 'preact/hooks'
import type { InferResponseType } from 'hono/client'
import type { Api } from '../lib/api.ts'
import { money } from '../lib/format.ts'
import { outcomeOf } from '../lib/outcome.ts'
import { barsOf } from '../ui/bars.ts'
import { Loading, Unread } from '../ui/parts.tsx'
import { useReading } from '../ui/reading.ts'
import { api } from './state.ts'
import { t } from './words.ts'

type Day = InferResponseType<Api['api']['v1']['restaurants']['me']['statistics']['$get'], 200>

const readDay = (day: string) =>
  outcomeOf(api.api.v1.restaurants.me.statistics.$get({ query: day === '' ? {} : { day } }))

/** What a day has come to: its sums, when it sold, and what. */
export function StatisticsView() {
  const [wanted, setWanted] = useState('')
  const { reading, again } = useReading(() => readDay(wanted), wanted)
  const day = reading.kind === 'read' ? reading.value : null
  return (
    <>
      <div class="field">
        <label for="day">{t('day')}</label>
        <input
          id="day"
          type="date"
          class="chooser"
          value={wanted === '' ? (day?.day ?? '') : wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
      </div>
      {reading.kind === 'loading' && <Loading />}
      {reading.kind === 'unread' && <Unread onRetry={() => void again()} />}
      {day !== null && (
        <>
          <Totals day={day} />
          {day.orders.total === 0 ? (
            <p class="card">{t('noOrders')}</p>
          ) : (
            <>
              <Hours day={day} />
              <Popular day={day} />
            </>
          )}
        </>
      )}
    </>
  )
}

const inMinutes = (seconds: number | null): string =>
  seconds === null ? '–' : t('minutes', { minutes: Math.round(seconds / 60) })

function Totals({ day }: { day: Day }) {
  const figures = [
    [t('orders'), t('ordersCount', { count: day.orders.total })],
    [t('revenue'), money(day.revenue, day.currency)],
    [t('captured'), money(day.captured_amount, day.currency)],
    [t('refunded'), money(day.refunded_amount, day.currency)],
    [t('toAccept'), inMinutes(day.average_seconds_to_accept)],
    [t('toReady'), inMinutes(day.average_seconds_to_ready)],
  ] as const
  return (
    <section class="stack" aria-labelledby="totals">
      <h2 id="totals">{t('totals')}</h2>
      <dl class="cards">
        {figures.map(([name, figure]) => (
          <div key={name} class="card figure">
            <dt>{name}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

const CHART = { width: 600, height: 160, gap: 6 } as const
const FEET = 22

/** The picture is for the eye; the same figures stand in the table under it. */
function Hours({ day: { hours, currency } }: { day: Day }) {
  const bars = barsOf(
    hours.map(({ revenue }) => revenue),
    CHART,
  )
  return (
    <section class="card stack" aria-labelledby="by-hour">
      <h2 id="by-hour">{t('byHour')}</h2>
      <svg class="chart" viewBox={`0 0 ${CHART.width} ${CHART.height + FEET}`} aria-hidden="true">
        <line
          class="chart__base"
          x1={0}
          x2={CHART.width}
          y1={CHART.height + 0.5}
          y2={CHART.height + 0.5}
        />
        {bars.map((bar, at) => (
          <g key={hours[at]?.hour}>
            <rect class="chart__bar" rx={3} {...bar} />
            {(hours.length <= 12 || at % 3 === 0) && (
              <text x={bar.x + bar.width / 2} y={CHART.height + FEET - 6} text-anchor="middle">
                {t('hourOf', { hour: hours[at]?.hour ?? 0 })}
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
              <th scope="col">{t('hour')}</th>
              <th scope="col" class="sum">
                {t('orders')}
              </th>
              <th scope="col" class="sum">
                {t('revenue')}
              </th>
            </tr>
          </thead>
          <tbody>
            {hours.map(({ hour, orders, revenue }) => (
              <tr key={hour}>
                <th scope="row">{t('hourOf', { hour })}</th>
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

function Popular({ day: { items, currency } }: { day: Day }) {
  const most = Math.max(1, ...items.map(({ quantity }) => quantity))
  return (
    <section class="card stack" aria-labelledby="popular">
      <h2 id="popular">{t('popular')}</h2>
      <table class="data">
        <thead>
          <tr>
            <th scope="col">{t('dish')}</th>
            <td />
            <th scope="col" class="sum">
              {t('quantity')}
            </th>
            <th scope="col" class="sum">
              {t('revenue')}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ menu_id: id, name, quantity, revenue }) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              <td>
                <svg
                  class="meter"
                  viewBox="0 0 100 8"
                  preserveAspectRatio="none"
                  aria-hidden="true"
                >
                  <rect class="chart__bar" width={(quantity / most) * 100} height={8} />
                </svg>
              </td>
              <td class="sum">{quantity}</td>
              <td class="sum">{money(revenue, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
