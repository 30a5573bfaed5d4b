import type { ComponentChildren } from 'preact'
import { outcomeOf } from '../../lib/outcome.ts'
import { Opened } from '../opened.tsx'
import { api, isAdmin } from '../state.ts'
import type { SupportOrder } from '../support/types.ts'
import { Lines } from './lines.tsx'
import { Payments, Refunds } from './moneys.tsx'
import { OrderCard } from './order-card.tsx'
import { OrderMoves } from './order-moves.tsx'
import { RefundRequests } from './refund-requests.tsx'
import { Steps } from './steps-list.tsx'
import { t } from './words.ts'

const read = (id: string) => outcomeOf(api.api.v1.support.orders[':id'].$get({ param: { id } }))

/** An order as its restaurant has it this moment, masked, with all that became of its money. */
export const OrderPage = ({ id }: { id: string }) => (
  <Opened id={id} list="orders" read={() => read(id)}>
    {(order, again) => <Whole order={order} onMoved={again} />}
  </Opened>
)

const Whole = ({ order, onMoved }: { order: SupportOrder; onMoved: () => void }) => (
  <>
    <OrderCard order={order} />
    {isAdmin.value && <OrderMoves id={order.order_id} onMoved={onMoved} />}
    <Section id="requests" title={t('refundRequests')}>
      <RefundRequests order={order} onMoved={onMoved} />
    </Section>
    <Section id="lines" title={t('lines')}>
      <Lines order={order} />
    </Section>
    <Section id="steps" title={t('steps')}>
      <Steps order={order} />
    </Section>
    <Section id="payments" title={t('payments')}>
      <Payments order={order} />
    </Section>
    <Section id="refunds" title={t('refunds')}>
      <Refunds order={order} />
    </Section>
  </>
)

const Section = ({
  id,
  title,
  children,
}: {
  id: string
  title: string
  children: ComponentChildren
}) => (
  <section class="card stack" aria-labelledby={`of-${id}`}>
    <h3 id={`of-${id}`}>{title}</h3>
    {children}
  </section>
)
