import { useEffect, useState } from 'preact/hooks'
import { clock, money } from '../lib/format.ts'
import { orders, readBill } from './orders.ts'
import { t } from './words.ts'

const PARTS = [
  ['discount', 'discount_amount', -1],
  ['serviceFee', 'service_fee_amount', 1],
  ['packagingFee', 'packaging_fee_amount', 1],
] as const

type Bill = NonNullable<Awaited<ReturnType<typeof readBill>>>

/** What the table has ordered together, line by line, with its time. */
export function BillView() {
  const [bill, setBill] = useState<Bill | null | 'loading'>('loading')
  const read = () => {
    void readBill().then(setBill)
  }
  // Every change of an order of this phone may have changed the bill.
  useEffect(read, [orders.value])
  if (bill === 'loading') return <p class="empty soft">{t('loading')}</p>
  if (bill === null)
    return (
      <div class="empty stack">
        <p>{t('unreached')}</p>
        <button type="button" class="button" onClick={read}>
          {t('again')}
        </button>
      </div>
    )
  const counted = bill.items.filter(
    ({ status }) => status !== 'REJECTED' && status !== 'CANCELLED' && status !== 'EXPIRED',
  )
  return (
    <section class="stack">
      <h1>{t('bill')}</h1>
      {counted.length === 0 && <p class="empty soft">{t('noOrders')}</p>}
      {counted.map((order) => (
        <article key={order.order_id} class="card stack">
          <h2 class="row">
            <span>
              {t('orderNo', { number: order.order_number })}
              <span class="soft"> · {order.own ? t('yourOrders') : t('othersOrder')}</span>
            </span>
          </h2>
          <ul class="lines">
            {order.items.map((line) => (
              <li key={line.line_id} class="row">
                <span>
                  {order.placed_at !== null && <time class="soft">{clock(order.placed_at)} </time>}
                  {line.name} × {line.quantity - line.unavailable_quantity}
                </span>
                <span class="sum">{money(line.total, order.currency)}</span>
              </li>
            ))}
          </ul>
          {order.total_amount !== order.subtotal_amount && (
            <dl class="sums">
              {PARTS.filter(([, field]) => order[field] !== 0).map(([word, field, sign]) => (
                <div key={word} class="row soft">
                  <dt>{t(word)}</dt>
                  <dd class="sum">{money(sign * order[field], order.currency)}</dd>
                </div>
              ))}
              <div class="row">
                <dt>{t('sum')}</dt>
                <dd class="sum">{money(order.total_amount, order.currency)}</dd>
              </div>
            </dl>
          )}
        </article>
      ))}
      <dl class="sums card">
        <div class="row">
          <dt>{t('spent')}</dt>
          <dd class="sum">{money(bill.total_spent, bill.currency)}</dd>
        </div>
        <div class="row sums__total">
          <dt>{t('unpaid')}</dt>
          <dd class="sum">{money(bill.total_unpaid, bill.currency)}</dd>
        </div>
      </dl>
    </section>
  )
}
