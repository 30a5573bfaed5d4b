import { useEffect, useRef, useState } from 'preact/hooks'
import { ringing } from './state.ts'
import { t } from './words.ts'

/** Says each new order aloud, once, when it begins to ring; what rang before is not said again. */
export function Arrivals() {
  const known = useRef<ReadonlySet<string>>(new Set())
  const [said, setSaid] = useState('')
  const cards = ringing.value
  const ids = cards.map(({ order }) => order.order_id).join(' ')
  useEffect(() => {
    const fresh = cards.filter(({ order }) => !known.current.has(order.order_id))
    known.current = new Set(cards.map(({ order }) => order.order_id))
    if (fresh.length === 0) return
    setSaid(
      fresh
        .map(({ order: { order_number: number, table } }) =>
          t('newOrder', {
            number,
            table: table === null ? t('takeAway') : t('table', { name: table.name }),
          }),
        )
        .join('. '),
    )
  }, [ids])
  return (
    <p class="unseen" role="alert">
      {said}
    </p>
  )
}
