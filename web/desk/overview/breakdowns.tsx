import { money } from '../../lib/format.ts'
import { countText, partText } from '../counts.ts'
import { Table } from '../table.tsx'
import { Meter } from './figures.tsx'
import type { Statistics } from './types.ts'
import { t } from './words.ts'

/** Where it came from: statuses, ways to pay, restaurants, items. */
export const Breakdowns = ({
  found,
  onRestaurant,
}: {
  found: Statistics
  onRestaurant: (id: string) => void
}) => (
  <>
    <Statuses found={found} />
    <Methods found={found} />
    {found.restaurant_id === null && <Restaurants found={found} onRestaurant={onRestaurant} />}
    <Items found={found} />
  </>
)

const STATUSES = [
  'PENDING',
  'ACCEPTED',
  'READY',
  'COMPLETED',
  'REJECTED',
  'CANCELLED',
  'EXPIRED',
] as const

function Statuses({ found: { orders } }: { found: Statistics }) {
  const there = STATUSES.filter((status) => orders.by_status[status] > 0)
  return (
    <section class="card stack" aria-labelledby="by-status">
      <h3 id="by-status">{t('byStatus')}</h3>
      <Table label={t('byStatus')} heads={[t('status'), t('share'), { sum: t('orders') }]}>
        {there.map((status) => {
          const count = orders.by_status[status]
          const part = count / Math.max(1, orders.total)
          return (
            <tr key={status}>
              <th scope="row">{t(status)}</th>
              <td>
                <Meter part={part} />
                <span class="soft">{partText(part)}</span>
              </td>
              <td class="sum">{countText(count)}</td>
            </tr>
          )
        })}
      </Table>
    </section>
  )
}

const Methods = ({ found: { revenue } }: { found: Statistics }) => (
  <section class="card stack" aria-labelledby="by-method">
    <h3 id="by-method">{t('byMethod')}</h3>
    <Table
      label={t('byMethod')}
      heads={[
        t('method'),
        t('market'),
        { sum: t('orders') },
        { sum: t('captured') },
        { sum: t('refunded') },
        { sum: t('net') },
      ]}
    >
      {revenue.map((one) => (
        <tr key={`${one.market ?? ''}/${one.currency}/${one.payment_method}`}>
          <th scope="row">{t(`by_${one.payment_method}`)}</th>
          <td>{one.market ?? t('noMarket')}</td>
          <td class="sum">{countText(one.orders)}</td>
          <td class="sum">{money(one.captured_amount, one.currency)}</td>
          <td class="sum">{money(one.refunded_amount, one.currency)}</td>
          <td class="sum">{money(one.net_amount, one.currency)}</td>
        </tr>
      ))}
    </Table>
  </section>
)

const Restaurants = ({
  found,
  onRestaurant,
}: {
  found: Statistics
  onRestaurant: (id: string) => void
}) => (
  <section class="card stack" aria-labelledby="top-restaurants">
    <h3 id="top-restaurants">{t('topRestaurants')}</h3>
    <Table
      label={t('topRestaurants')}
      heads={[t('restaurant'), { sum: t('orders') }, { sum: t('net') }]}
    >
      {found.restaurants.top.map((one) => {
        const name = one.name ?? t('unnamed')
        return (
          <tr key={one.id}>
            <th scope="row">
              <button
                type="button"
                class="button button--small"
                onClick={() => onRestaurant(one.id)}
              >
                {name}
                <span class="unseen">{t('onlyThis')}</span>
              </button>
            </th>
            <td class="sum">{countText(one.orders)}</td>
            <td class="sum">{money(one.net_amount, one.currency)}</td>
          </tr>
        )
      })}
    </Table>
  </section>
)

function Items({ found: { items } }: { found: Statistics }) {
  const most = Math.max(1, ...items.top.map(({ quantity }) => quantity))
  return (
    <section class="card stack" aria-labelledby="top-items">
      <h3 id="top-items">{t('topItems')}</h3>
      <Table
        label={t('topItems')}
        heads={[
          t('item'),
          t('restaurant'),
          t('share'),
          { sum: t('quantity') },
          { sum: t('revenue') },
        ]}
      >
        {items.top.map((item) => (
          <tr key={item.menu_id}>
            <th scope="row">{item.name ?? t('unnamed')}</th>
            <td>{item.restaurant.name ?? t('unnamed')}</td>
            <td>
              <Meter part={item.quantity / most} />
            </td>
            <td class="sum">{countText(item.quantity)}</td>
            <td class="sum">{item.currency === null ? '–' : money(item.amount, item.currency)}</td>
          </tr>
        ))}
      </Table>
    </section>
  )
}
