import { useEffect, useRef, useState } from 'preact/hooks'
import { momentText } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Pending, Wrong } from '../../ui/parts.tsx'
import { useReading } from '../../ui/reading.ts'
import { narrowing } from '../filters.ts'
import { Choice } from '../choice.tsx'
import { knowRestaurants, restaurantName } from '../names.ts'
import { RestaurantFilter } from '../restaurant-field.tsx'
import { api, views } from '../state.ts'
import { lastDays, MOST_DAYS, wrongWith, type Range } from './range.ts'
import { Charts } from './charts.tsx'
import { Breakdowns } from './breakdowns.tsx'
import { Totals } from './totals.tsx'
import type { Statistics } from './types.ts'
import { t } from './words.ts'

const PRESETS = [1, 7, 30, MOST_DAYS] as const
const NO_RANGE: Range = { from: '', to: '' }

/** The figures of some days, of all restaurants or one. */
export function StatisticsSection() {
  const [range, setRange] = useState(NO_RANGE)
  const [restaurant, setRestaurant] = useState('')
  const wrong = range === NO_RANGE ? null : wrongWith(range)
  const query = narrowing({ ...range, restaurant_id: restaurant })
  const asked = useRef(query)
  if (wrong === null) asked.current = query
  const { reading, again } = useReading(
    () => outcomeOf(api.api.v1.admin.stats.$get({ query: asked.current })),
    JSON.stringify(asked.current),
  )
  const found = reading.kind === 'read' ? reading.value : null
  // The last day of what was first read is today by the platform's clocks, which only it knows.
  const [today, setToday] = useState<string | null>(null)
  useEffect(() => {
    if (found === null) return
    if (range === NO_RANGE) setToday(found.to)
    knowRestaurants([...found.restaurants.top, ...found.items.top.map((item) => item.restaurant)])
  }, [found])
  const shown = range === NO_RANGE && found !== null ? { from: found.from, to: found.to } : range
  return (
    <section class="stack" aria-labelledby="statistics">
      <h2 id="statistics">{t('statistics')}</h2>
      <RangeFields
        {...{ range: shown, today, restaurant, found }}
        onRange={setRange}
        onRestaurant={setRestaurant}
      />
      <Wrong text={wrong === null ? null : t(wrong, { most: MOST_DAYS })} />
      <Pending of={reading} again={() => void again()} />
      {found !== null && wrong === null && (
        <>
          <p class="soft">{t('asOf', { zone: found.timezone, at: momentText(found.as_of) })}</p>
          <Totals found={found} />
          {found.orders.total === 0 ? (
            <p class="card">{t('noOrders')}</p>
          ) : (
            <>
              <Charts found={found} />
              <Breakdowns found={found} onRestaurant={setRestaurant} />
            </>
          )}
        </>
      )}
    </section>
  )
}

function RangeFields({
  range,
  today,
  restaurant,
  found,
  onRange,
  onRestaurant,
}: {
  range: Range
  today: string | null
  restaurant: string
  found: Statistics | null
  onRange: (range: Range) => void
  onRestaurant: (id: string) => void
}) {
  const named = found?.restaurants.top.map(({ id }) => id) ?? []
  const listed = [...new Set([...named, ...(restaurant === '' ? [] : [restaurant])])]
  return (
    <>
      <div class="tools" role="group" aria-label={t('days')}>
        {PRESETS.map((days) => {
          const preset = today === null ? null : lastDays(days, today)
          const chosen = preset?.from === range.from && preset.to === range.to
          return (
            <button
              key={days}
              type="button"
              class="button button--tab"
              aria-pressed={chosen}
              disabled={preset === null}
              onClick={() => preset !== null && onRange(preset)}
            >
              {days === 1 ? t('today') : t('lastDays', { count: days })}
            </button>
          )
        })}
      </div>
      <div class="pair">
        {(['from', 'to'] as const).map((end) => (
          <div key={end} class="field">
            <label for={`range-${end}`}>{t(end)}</label>
            <input
              id={`range-${end}`}
              type="date"
              value={range[end]}
              {...(today !== null && { max: today })}
              onChange={(event) => onRange({ ...range, [end]: event.currentTarget.value })}
            />
          </div>
        ))}
        {views.value.includes('orders') ? (
          <RestaurantFilter value={restaurant} onChange={onRestaurant} />
        ) : (
          // Who may not search restaurants chooses among those that the figures name.
          <Choice
            label={t('restaurant')}
            value={restaurant}
            options={[
              ['', t('anyRestaurant')],
              ...listed.map((id) => [id, restaurantName(id)] as const),
            ]}
            onChange={onRestaurant}
          />
        )}
      </div>
    </>
  )
}
