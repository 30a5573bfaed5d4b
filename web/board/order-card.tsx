import { clock, money } from '../lib/format.ts'
import { now } from './clock.ts'
import { inColumn, type Card } from './columns.ts'
import { cards, tap, type Order } from './state.ts'
import { t } from './words.ts'

export interface Ask {
  what: 'accept' | 'reject'
  order: Order
}

export const cardsIn = (column: Card['column']): readonly Card[] => inColumn(cards.value, column)

const MINUTE_MS = 60_000
const minutesSince = (iso: string): number =>
  Math.max(0, Math.floor((now.value - Date.parse(iso)) / MINUTE_MS))

/** One order, with what can be done about it next under one thumb. */
export function OrderCard({ card, onAsk }: { card: Card; onAsk: (ask: Ask) => void }) {
  const { order, column, pending, rings } = card
  const { order_id: orderId, table, currency } = order
  const isPaid = order.payment_status !== 'UNPAID' && order.payment_status !== 'PENDING'
  return (
    <li
      id={`order-${orderId}`}
      class={`card order${rings ? ' order--rings' : ''}${column === 'waiting' ? ' order--waiting' : ''}`}
      aria-busy={pending !== null}
    >
      <div class="row">
        <h3 class="order__number">{order.order_number}</h3>
        <strong>{table === null ? t('takeAway') : t('table', { name: table.name })}</strong>
      </div>
      <p class="row soft">
        <span>
          {order.placed_at !== null && t('placedAgo', { minutes: minutesSince(order.placed_at) })}
        </span>
        <span>
          {column === 'waiting' ? t('waiting') : t(isPaid ? 'paid' : 'unpaid')} ·{' '}
          {money(order.total_amount, currency)}
        </span>
      </p>
      <Deadline order={order} />
      <ul class="order__lines">
        {order.items.map((line) => (
          <li key={line.line_id}>
            <strong>{line.quantity - line.unavailable_quantity}</strong> × {line.name}
            {line.options.length > 0 && (
              <span class="soft"> {line.options.map(({ choice }) => choice).join(' · ')}</span>
            )}
            {line.unavailable_quantity > 0 && (
              <span class="soft"> ({t('tookOut', { count: line.unavailable_quantity })})</span>
            )}
          </li>
        ))}
      </ul>
      {order.special_requests !== null && (
        <p class="note note--warn">
          <strong>{t('requests')}</strong> {order.special_requests}
        </p>
      )}
      {rings && (
        <button
          type="button"
          class="button button--wide"
          onClick={() => tap({ kind: 'acknowledge', orderId })}
        >
          {t('acknowledge')}
        </button>
      )}
      {pending !== null && pending !== 'acknowledge' ? (
        <p class="soft">{t('sending')}</p>
      ) : (
        <Actions order={order} column={column} onAsk={onAsk} />
      )}
    </li>
  )
}

function Deadline({ order }: { order: Order }) {
  const { status, accept_by: acceptBy, estimated_ready_at: readyAt } = order
  if (status === 'PENDING' && acceptBy !== null)
    return <p class="soft">{t('dueBy', { time: clock(acceptBy) })}</p>
  if (status !== 'ACCEPTED' || readyAt === null) return null
  const late = minutesSince(readyAt)
  return late > 0 ? (
    <p class="note note--bad">{t('late', { minutes: late })}</p>
  ) : (
    <p class="soft">{t('readyBy', { time: clock(readyAt) })}</p>
  )
}

function Actions({
  order,
  column,
  onAsk,
}: {
  order: Order
  column: Card['column']
  onAsk: (ask: Ask) => void
}) {
  const { order_id: orderId } = order
  if (column === 'new' || column === 'waiting')
    return (
      <div class="row">
        <button
          type="button"
          class="button button--bad"
          onClick={() => onAsk({ what: 'reject', order })}
        >
          {t('reject')}
        </button>
        {column === 'new' && (
          <button
            type="button"
            class="button button--main order__main"
            onClick={() => onAsk({ what: 'accept', order })}
          >
            {t('accept')}
          </button>
        )}
      </div>
    )
  const kind = column === 'cooking' ? 'ready' : 'complete'
  return (
    <button
      type="button"
      class="button button--main button--wide"
      onClick={() => tap({ kind, orderId })}
    >
      {t(kind === 'ready' ? 'markReady' : 'markDone')}
    </button>
  )
}
