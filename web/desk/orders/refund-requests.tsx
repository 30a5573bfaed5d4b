import { useState } from 'preact/hooks'
import { outcomeOf } from '../../lib/outcome.ts'
import { Paged } from '../../ui/paged.tsx'
import { usePages } from '../../ui/pages.ts'
import { RequestCard } from '../refunds/request-card.tsx'
import { api, isAdmin } from '../state.ts'
import type { RefundRequest, SupportOrder } from '../support/types.ts'
import { AskRefund } from './ask-refund.tsx'
import { leftOf } from './refund-wish.ts'
import { t } from './words.ts'

/** What was asked for of an order, how it stands, and the way to ask for more. Administrators decide alone. */
export function RefundRequests({ order, onMoved }: { order: SupportOrder; onMoved: () => void }) {
  const { order_id: id } = order
  const [asking, setAsking] = useState(false)
  const pages = usePages<RefundRequest>((query) =>
    outcomeOf(api.api.v1.support.refunds.$get({ query: { ...query, order_id: id } })),
  )
  const left = leftOf(order.payments, order.refunds)
  return (
    <>
      <Paged pages={pages} empty={t('noRefundRequests')}>
        {(requests) =>
          requests.map((request) => (
            <RequestCard
              key={request.id}
              request={request}
              within="order"
              watch
              onMoved={onMoved}
            />
          ))
        }
      </Paged>
      {!isAdmin.value &&
        (left > 0 ? (
          <div>
            <button type="button" class="button button--main" onClick={() => setAsking(true)}>
              {t('ask')}
            </button>
          </div>
        ) : (
          <p class="soft">{t('askNothing')}</p>
        ))}
      {asking && (
        <AskRefund
          order={order}
          left={left}
          onClose={() => setAsking(false)}
          onAsked={() => {
            setAsking(false)
            void pages.again()
            onMoved()
          }}
        />
      )}
    </>
  )
}
