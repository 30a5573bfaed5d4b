import { momentText, money } from '../../lib/format.ts'
import { OrderBadges } from './badges.tsx'
import type { ListedOrder, SupportOrder } from './types.ts'
import { t } from './words.ts'

type Shown = Pick<
  SupportOrder,
  | 'order_id'
  | 'order_number'
  | 'status'
  | 'payment_status'
  | 'currency'
  | 'total_amount'
  | 'placed_at'
> &
  Pick<ListedOrder, 'restaurant' | 'items'>

/** What was ordered, in few words. */
const inShort = (items: Shown['items']): string => {
  const [first, ...rest] = items
  if (first === undefined) return ''
  const name = first.quantity > 1 ? `${first.name} × ${first.quantity}` : first.name
  return rest.length === 0 ? name : t('items', { name, count: rest.length })
}

/** An order in a list, which opens. */
export const OrderRow = ({ order }: { order: Shown }) => (
  <li class="line">
    <div class="line__what">
      <a
        class="strong"
        href={`#orders/${order.order_id}`}
        aria-label={t('openOrder', { number: order.order_number })}
      >
        {order.order_number}
      </a>{' '}
      <OrderBadges order={order} />
      <p class="soft">
        {[
          order.restaurant.name,
          order.placed_at !== null && momentText(order.placed_at),
          inShort(order.items),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </div>
    <span class="sum">{money(order.total_amount, order.currency)}</span>
  </li>
)
