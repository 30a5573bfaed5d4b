import { money } from '../../lib/format.ts'
import type { SupportOrder } from '../support/types.ts'
import { Table } from '../table.tsx'
import { t } from './words.ts'

/** What was ordered, line by line, and what it comes to. */
export function Lines({ order }: { order: SupportOrder }) {
  const { items, currency } = order
  return (
    <>
      <Table
        label={t('lines')}
        heads={[t('dish'), { sum: t('quantity') }, { sum: t('price') }]}
        width="few"
      >
        {items.map((line) => (
          <tr key={line.line_id}>
            <th scope="row">
              {line.name}
              <p class="soft">{detailsOf(line)}</p>
            </th>
            <td class="sum">{line.quantity}</td>
            <td class="sum">{money(line.total, currency)}</td>
          </tr>
        ))}
      </Table>
      <Sums order={order} />
    </>
  )
}

const detailsOf = ({
  options,
  unavailable_quantity: out,
  refunded_quantity: back,
}: SupportOrder['items'][number]): string =>
  [
    ...options.map(({ name, choice }) => `${name}: ${choice}`),
    ...(out > 0 ? [t('takenOut', { count: out })] : []),
    ...(back > 0 ? [t('paidBack', { count: back })] : []),
  ].join(' · ')

function Sums({ order }: { order: SupportOrder }) {
  const { currency } = order
  const coupons = order.coupons.map(({ code }) => code).join(', ')
  const rows = [
    ['subtotal', order.subtotal_amount, ''],
    ['discount', -order.discount_amount, coupons],
    ['packaging', order.packaging_fee_amount, ''],
    ['service', order.service_fee_amount, ''],
    ['total', order.total_amount, ''],
    ['tax', order.tax_amount, ''],
    ['captured', order.captured_amount, ''],
    ['refunded', order.refunded_amount, ''],
    ['refundDue', order.refund_due_amount, ''],
  ] as const
  return (
    <dl class="sums">
      {rows
        .filter(([word, amount]) => amount !== 0 || word === 'total' || word === 'captured')
        .map(([word, amount, about]) => (
          <div key={word} class={word === 'total' ? 'row sums__total' : 'row'}>
            <dt>
              {t(word)} {about !== '' && <span class="soft">{about}</span>}
            </dt>
            <dd class="sum">{money(amount, currency)}</dd>
          </div>
        ))}
    </dl>
  )
}
