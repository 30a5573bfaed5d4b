import { dateText } from '../../lib/format.ts'
import { Wrong } from '../../ui/parts.tsx'
import { useTask } from '../../ui/task.ts'
import { OrderRow } from '../support/order-row.tsx'
import type { CustomerRow } from '../support/types.ts'
import { Marks } from './marks.tsx'
import { found as shown, look, type Found, type Search } from './search-state.ts'
import { t } from './words.ts'

/** Whoever was found, masked; of a number in all restaurants, the orders. */
export function FoundList({ found, onSeek }: { found: Found; onSeek: (search: Search) => void }) {
  const { busy, trouble, run } = useTask()
  const { customers, orders, orderId, cursor, search } = found
  const more = async () => {
    const outcome = await run(look(search, found))
    if (outcome.ok) shown.value = outcome.value
  }
  const count = orders?.length ?? customers.length
  return (
    <section class="stack" aria-labelledby="found">
      <h2 id="found">
        {t(orders === null ? 'results' : 'ordersFound')}{' '}
        <span class="soft" role="status">
          {t('found', { count: cursor === null ? count : `${count}+` })}
        </span>
      </h2>
      {orderId !== null && (
        <p class="note row">
          <span>{customers.length === 0 && t('guestOrder')}</span>
          <a class="button button--small" href={`#orders/${orderId}`}>
            {t('meantOrder')}
          </a>
        </p>
      )}
      {count === 0 && orderId === null && (
        <p class="soft">{t(orders === null ? 'none' : 'noOrders')}</p>
      )}
      {customers.length > 0 && (
        <ul class="card">
          {customers.map((customer) => (
            <Row key={customer.id} customer={customer} />
          ))}
        </ul>
      )}
      {orders !== null && orders.length > 0 && (
        <ul class="card">
          {orders.map((order) => (
            <OrderRow key={order.order_id} order={order} />
          ))}
        </ul>
      )}
      <Wrong text={trouble} />
      <div class="tools">
        {cursor !== null && (
          <button type="button" class="button" disabled={busy} onClick={() => void more()}>
            {t('more')}
          </button>
        )}
        {count === 0 && search.where !== null && (
          <button
            type="button"
            class="button"
            onClick={() => onSeek({ q: search.q, by: 'name', where: null })}
          >
            {t('findAsName', { text: search.q })}
          </button>
        )}
      </div>
    </section>
  )
}

const Row = ({ customer }: { customer: CustomerRow }) => {
  const name = customer.name ?? t('nameless')
  return (
    <li class="line">
      <div class="line__what">
        <a class="strong" href={`#customers/${customer.id}`} aria-label={t('openNamed', { name })}>
          {name}
        </a>{' '}
        <Marks of={customer} />
        <p class="soft">
          {[customer.email, t('since', { date: dateText(customer.created_at) })]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
    </li>
  )
}
