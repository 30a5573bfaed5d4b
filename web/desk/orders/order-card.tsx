import { useState } from 'preact/hooks'
import { clock } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { api } from '../state.ts'
import { OrderBadges } from '../support/badges.tsx'
import { Facts } from '../support/facts.tsx'
import { OpenedHeading } from '../support/opened-heading.tsx'
import { Orderer } from '../support/people.tsx'
import type { SupportOrder } from '../support/types.ts'
import { ShownHere, UnmaskSheet } from '../support/unmask.tsx'
import { useClear } from '../use-clear.ts'
import { t as shared } from '../support/words.ts'
import { t } from './words.ts'

interface Clear {
  special_requests?: string | null | undefined
  payer_names?: string[] | undefined
}

/** Whose order it is, where, and how it stands. */
export function OrderCard({ order }: { order: SupportOrder }) {
  const { order_id: id, unseen_since: unseen } = order
  const [asking, setAsking] = useState(false)
  const [clear, setClear] = useClear<Clear>()
  return (
    <section class="card stack" aria-labelledby="order">
      <div class="row head">
        <OpenedHeading id="order">
          {shared('orderNo', { number: order.order_number })} <OrderBadges order={order} />
        </OpenedHeading>
        <button type="button" class="button button--small" onClick={() => setAsking(true)}>
          {shared('unmask')}
        </button>
      </div>
      {unseen !== null && <p class="note note--bad">{t('unseen', { time: clock(unseen) })}</p>}
      {clear !== null && <ShownHere onHide={() => setClear(null)} />}
      <Facts
        of={[
          [t('restaurant'), order.restaurant.name ?? order.restaurant.id],
          [t('day'), order.business_day],
          [t('table'), order.table?.name],
          [t('orderer'), <Orderer id={order.customer_id} />],
          [t('payment'), shared(`by_${order.payment_method}`)],
          [t('message'), order.message],
          [t('endReason'), order.end_reason],
          [t('payerNames'), clear?.payer_names?.join(', ')],
          [t('id'), <span class="id">{id}</span>],
        ]}
      />
      <Requests order={order} clear={clear} />
      {asking && (
        <UnmaskSheet
          fields={[
            ['special_requests', t('requests')],
            ['payer_names', t('payerNames')],
          ]}
          ask={(json) =>
            outcomeOf(api.api.v1.support.orders[':id'].unmask.$post({ param: { id }, json }))
          }
          onShown={({ order_id: _, ...shown }) => setClear({ ...clear, ...shown })}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  )
}

function Requests({ order, clear }: { order: SupportOrder; clear: Clear | null }) {
  const inClear = clear !== null && 'special_requests' in clear
  const text = inClear ? clear.special_requests : order.special_requests
  if (text == null && !inClear) return null
  return (
    <div>
      <h3 class="soft">{t('requests')}</h3>
      <p class="quote">{text ?? t('noRequests')}</p>
    </div>
  )
}
