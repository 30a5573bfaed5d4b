import { useEffect, useMemo } from 'preact/hooks'
import { textOf } from '../../lib/form.ts'
import { momentText, money } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Paged } from '../../ui/paged.tsx'
import { usePages } from '../../ui/pages.ts'
import { Field, Form, Select } from '../../ui/parts.tsx'
import { Table } from '../table.tsx'
import { FilterFold } from '../administration/filter-fold.tsx'
import { RestaurantField } from '../restaurant-field.tsx'
import { knowRestaurants, restaurantName } from '../names.ts'
import type { ListedOrder } from '../administration/types.ts'
import { api } from '../state.ts'
import { isId } from '../ids.ts'
import { PaidBadge, StatusBadge } from '../support/badges.tsx'
import { t } from './all-words.ts'
import { filter, NO_FILTER, queryOf, searchesLastMonth } from './order-filter.ts'
import { PAYMENTS, STATUSES } from './order-states.ts'

/** Every order of every restaurant, newest first. */
export function AllOrders() {
  const about = JSON.stringify(filter.value)
  // One moment for all of its pages: a list that begins elsewhere is another one.
  const query = useMemo(() => queryOf(filter.value, Date.now()), [about])
  const pages = usePages<ListedOrder>(
    (page) => outcomeOf(api.api.v1.admin.orders.$get({ query: { ...query, ...page } })),
    about,
  )
  useEffect(() => knowRestaurants(pages.items.map(({ restaurant }) => restaurant)), [pages.items])
  return (
    <section class="stack" aria-labelledby="all-orders">
      <h2 id="all-orders">{t('title')}</h2>
      <FilterFold>
        <Filters key={about} />
      </FilterFold>
      {filter.value.person !== '' && <p class="note">{t('onlyOf')}</p>}
      {searchesLastMonth(filter.value) && <p class="soft">{t('lastMonth')}</p>}
      <Paged pages={pages} empty={t('none')}>
        {(orders) => (
          <Table
            label={t('title')}
            heads={[
              t('order'),
              t('restaurant'),
              t('state'),
              t('payment'),
              { sum: t('total') },
              t('placed'),
            ]}
          >
            {orders.map((order) => (
              <Row key={order.order_id} order={order} />
            ))}
          </Table>
        )}
      </Paged>
    </section>
  )
}

function Row({ order }: { order: ListedOrder }) {
  const { restaurant, order_number: number, table } = order
  const named = restaurant.name ?? restaurantName(restaurant.id)
  return (
    <tr>
      <th scope="row">
        <a
          class="number"
          href={`#orders/${order.order_id}`}
          aria-label={t('openOrder', { number, restaurant: named })}
        >
          {number}
        </a>
        {table !== null && <span class="soft"> {table.name}</span>}
      </th>
      <td>{named}</td>
      <td>
        <StatusBadge status={order.status} />
      </td>
      <td>
        <PaidBadge paid={order.payment_status} />
      </td>
      <td class="sum">{money(order.total_amount, order.currency)}</td>
      <td>{momentText(order.placed_at)}</td>
    </tr>
  )
}

const FIELDS = ['restaurant', 'status', 'payment', 'day', 'from', 'to', 'number', 'words'] as const

const Filters = () => {
  const { restaurant, status, payment, day, from, to, number, words } = filter.value
  return (
    <Form
      label={t('filters')}
      onSubmit={(form) => {
        const wanted = Object.fromEntries(FIELDS.map((name) => [name, textOf(form, name)]))
        const number = textOf(form, 'number').trim()
        if (isId(number)) location.hash = `orders/${number.toLowerCase()}`
        else filter.value = { ...filter.value, ...wanted }
      }}
    >
      <div class="filters">
        <Field
          name="number"
          label={t('number')}
          hint={t('numberHint')}
          value={number}
          maxLength={40}
          autocomplete="off"
        />
        <Select
          name="status"
          label={t('state')}
          value={status}
          options={[
            ['', t('all')],
            ['open', t('open')],
            ...STATUSES.map((one) => [one, t(one)] as const),
          ]}
        />
        <Select
          name="payment"
          label={t('payment')}
          value={payment}
          options={[['', t('all')], ...PAYMENTS.map((one) => [one, t(`pay_${one}`)] as const)]}
        />
        <Field name="words" label={t('words')} value={words} maxLength={100} />
        <Field name="day" label={t('day')} type="date" value={day} />
        <Field name="from" label={t('from')} type="date" value={from} />
        <Field name="to" label={t('to')} type="date" value={to} />
        <RestaurantField value={restaurant} hint={t('restaurantHint')} />
      </div>
      <div class="tools">
        <button type="submit" class="button button--main">
          {t('show')}
        </button>
        {filter.value !== NO_FILTER && (
          <button type="button" class="button" onClick={() => (filter.value = NO_FILTER)}>
            {t('clear')}
          </button>
        )}
      </div>
    </Form>
  )
}
