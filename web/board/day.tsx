import { useEffect, useState } from 'preact/hooks'
import { money } from '../lib/format.ts'
import { outcomeOf } from '../lib/outcome.ts'
import { Sheet } from '../ui/sheet.tsx'
import { api, type Day as Totals } from './state.ts'
import { t } from './words.ts'

const BEST = 5

/** What the day has come to so far. */
export function Day({ onClose }: { onClose: () => void }) {
  const [day, setDay] = useState<Totals | null | 'loading'>('loading')
  const read = () => {
    setDay('loading')
    void outcomeOf(api.api.v1.restaurants.me.statistics.$get({ query: {} })).then((answered) =>
      setDay(answered.ok ? answered.value : null),
    )
  }
  useEffect(read, [])
  return (
    <Sheet title={t('today')} closeLabel={t('close')} onClose={onClose}>
      {day === 'loading' && <p role="status">{t('loading')}</p>}
      {day === null && (
        <>
          <p class="note note--bad" role="alert">
            {t('unreached')}
          </p>
          <button type="button" class="button" onClick={read}>
            {t('retry')}
          </button>
        </>
      )}
      {day !== null && day !== 'loading' && (
        <>
          <p class="row">
            <span>{t('orders', { count: day.orders.total })}</span>
            <strong class="sum">
              {t('revenue')} {money(day.revenue, day.currency)}
            </strong>
          </p>
          {day.items.length === 0 && <p class="soft">{t('noSales')}</p>}
          <ol class="stack">
            {day.items.slice(0, BEST).map(({ menu_id: id, name, quantity, revenue }) => (
              <li key={id} class="row">
                <span>
                  {name} × {quantity}
                </span>
                <span class="sum">{money(revenue, day.currency)}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </Sheet>
  )
}
