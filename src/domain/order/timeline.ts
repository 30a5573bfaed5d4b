import type { OrderView } from '../queries.ts'
import type { OrderStatus } from './order.ts'

/** Something that happened to an order or its money. `subjectId`: the payment or refund it happened to. */
export interface Happening {
  at: number
  what:
    | 'PLACED'
    | 'PAYMENT_OPENED'
    | 'PAID'
    | 'ACCEPTED'
    | 'ACKNOWLEDGED'
    | 'READY'
    | 'REFUND_REQUESTED'
    | 'REFUND_DONE'
    | Extract<OrderStatus, 'COMPLETED' | 'REJECTED' | 'CANCELLED' | 'EXPIRED'>
  subjectId: string | null
  amount: number | null
}

/** What an order has been through, oldest first, as far as its rows tell. */
export function timelineOf({ order, payments, refunds }: OrderView): Happening[] {
  const plain = (what: Happening['what'], at: number | null): Happening[] =>
    at === null ? [] : [{ at, what, subjectId: null, amount: null }]
  const money = (
    what: Happening['what'],
    at: number | null,
    { id, amount }: { id: string; amount: number },
  ): Happening[] => (at === null ? [] : [{ at, what, subjectId: id, amount }])
  const { status } = order
  const ended = status === 'REJECTED' || status === 'CANCELLED' || status === 'EXPIRED'
  const all = [
    ...plain('PLACED', order.placedAt),
    ...payments.flatMap((payment) => [
      ...money('PAYMENT_OPENED', payment.openedAt, payment),
      ...money('PAID', payment.capturedAt, payment),
    ]),
    ...plain('ACCEPTED', order.acceptedAt),
    ...plain('ACKNOWLEDGED', order.acknowledgedAt),
    ...plain('READY', order.readyAt),
    ...plain('COMPLETED', order.completedAt),
    ...(ended ? plain(status, order.endedAt) : []),
    ...refunds.flatMap((refund) => [
      ...money('REFUND_REQUESTED', refund.requestedAt, refund),
      ...money('REFUND_DONE', refund.doneAt, refund),
    ]),
  ]
  return all.sort((a, b) => a.at - b.at)
}
