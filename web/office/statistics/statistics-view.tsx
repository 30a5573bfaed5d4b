import { useState } from 'preact/hooks'
import { locale } from '../../lib/i18n.ts'
import { money } from '../../lib/format.ts'
import { Pending } from '../../ui/parts.tsx'
import { useReading } from '../../ui/reading.ts'
import { t } from '../words.ts'
import { RevenueChart } from './chart.tsx'
import { readDays, type Day } from './data.ts'
import { sumsOf } from './range.ts'

const SPANS = [1, 7, 28] as const

/** What a day, or some, have come to: the sums, when it sold, and what. */
export function StatisticsView() {
  const [wanted, setWanted] = useState('')
  const [span, setSpan] = useState<number>(1)
  const { reading, again } = useReading(() => readDays(wanted, span), `${wanted} ${span}`)
  const days = reading.kind === 'read' ? reading.value : []
  const last = days.at(-1)
  return (
    <>
      <div class="tools">
        <div class="field">
          <label for="day">{t(span === 1 ? 'day' : 'lastDay')}</label>
          <input
            id="day"
            type="date"
            class="chooser"
            value={wanted === '' ? (last?.day ?? '') : wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
        </div>
        <div class="field">
          <label for="span">{t('span')}</label>
          <select
            id="span"
            class="chooser"
            value={String(span)}
            onChange={(event) => setSpan(Number(event.currentTarget.value))}
          >
            {SPANS.map((count) => (
              <option key={count} value={String(count)}>
                {t(count === 1 ? 'oneDay' : 'spanDays', { count })}
              </option>
            ))}
          </select>
        </div>
      </div>
      <Pending of={reading} again={() => void again()} />
      {last !== undefined && <Figures days={days} last={last} />}
    </>
  )
}

function Figures({ days, last }: { days: readonly Day[]; last: Day }) {
  const { orders, items } = sumsOf(days)
  const { currency } = last
  return (
    <>
      <Totals days={days} last={last} />
      {orders === 0 ? (
        <p class="card">{t(days.length === 1 ? 'noOrders' : 'noOrdersThen')}</p>
      ) : (
        <>
          {days.length === 1 ? (
            <RevenueChart
              id="by-hour"
              title={t('byHour')}
              what={t('hour')}
              currency={currency}
              entries={last.hours.map(({ hour, ...rest }) => ({
                label: t('hourOf', { hour }),
                ...rest,
              }))}
            />
          ) : (
            <RevenueChart
              id="by-day"
              title={t('byDay')}
              what={t('day')}
              currency={currency}
              entries={days.map((day) => ({
                label: shortDay(day.day),
                orders: day.orders.total,
                revenue: day.revenue,
              }))}
            />
          )}
          <Popular items={items} currency={currency} />
        </>
      )}
    </>
  )
}

const shortDay = (day: string): string =>
  new Intl.DateTimeFormat(locale.value, {
    month: 'numeric',
    day: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`))

const inMinutes = (seconds: number | null): string =>
  seconds === null ? '–' : t('minutes', { minutes: Math.round(seconds / 60) })

function Totals({ days, last }: { days: readonly Day[]; last: Day }) {
  const { orders, revenue, captured, refunded } = sumsOf(days)
  const { currency } = last
  const figures = [
    [t('orders'), t('ordersCount', { count: orders })],
    [t('revenue'), money(revenue, currency)],
    [t('captured'), money(captured, currency)],
    [t('refunded'), money(refunded, currency)],
    ...(days.length === 1
      ? [
          [t('toAccept'), inMinutes(last.average_seconds_to_accept)] as const,
          [t('toReady'), inMinutes(last.average_seconds_to_ready)] as const,
        ]
      : []),
  ] as const
  return (
    <section class="stack" aria-labelledby="totals">
      <h2 id="totals">{t(days.length === 1 ? 'totals' : 'totalsOfDays')}</h2>
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

function Popular({ items, currency }: { items: Day['items']; currency: string }) {
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
