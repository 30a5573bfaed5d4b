import { momentText } from '../../lib/format.ts'
import { useState } from 'preact/hooks'
import { outcomeOf } from '../../lib/outcome.ts'
import { Paged } from '../../ui/paged.tsx'
import { usePages } from '../../ui/pages.ts'
import { api } from '../state.ts'
import { OrderRow } from '../support/order-row.tsx'
import type { SupportOrder } from '../support/types.ts'
import { t } from './words.ts'

/** A customer's orders with what became of their money, newest first. */
export function Orders({ id }: { id: string }) {
  const [asOf, setAsOf] = useState<string | null>(null)
  const pages = usePages<SupportOrder>(async (query) => {
    const { orders } = api.api.v1.support.customers[':id']
    const page = await outcomeOf(orders.$get({ param: { id }, query: { ...query, limit: '10' } }))
    if (page.ok) setAsOf(page.value.as_of)
    return page
  })
  return (
    <Paged pages={pages} empty={t('noCustomerOrders')}>
      {(orders) => (
        <>
          <ul>
            {orders.map((order) => (
              <OrderRow key={order.order_id} order={order} />
            ))}
          </ul>
          {asOf !== null && <p class="soft">{t('copyFrom', { time: momentText(asOf) })}</p>}
        </>
      )}
    </Paged>
  )
}
