import type { SupportOrder } from '../support/types.ts'

export type What =
  | 'placed'
  | 'opened'
  | 'paid'
  | 'seen'
  | 'accepted'
  | 'ready'
  | 'completed'
  | 'ended'
  | 'refundAsked'
  | 'refundDone'

export interface Step {
  at: string
  what: What
  /** With money; null otherwise. */
  amount: number | null
}

type Told = Pick<
  SupportOrder,
  | 'placed_at'
  | 'acknowledged_at'
  | 'accepted_at'
  | 'ready_at'
  | 'completed_at'
  | 'ended_at'
  | 'payments'
  | 'refunds'
>

/** What an order has been through, oldest first. */
export function stepsOf(order: Told): Step[] {
  const step = (what: What, at: string | null, amount: number | null = null): Step[] =>
    at === null ? [] : [{ at, what, amount }]
  return [
    ...step('placed', order.placed_at),
    ...order.payments.flatMap(({ opened_at: opened, captured_at: paid, amount }) => [
      ...step('opened', opened, amount),
      ...step('paid', paid, amount),
    ]),
    ...step('seen', order.acknowledged_at),
    ...step('accepted', order.accepted_at),
    ...step('ready', order.ready_at),
    ...step('completed', order.completed_at),
    // An order that was served has come to its end with that.
    ...step('ended', order.completed_at === null ? order.ended_at : null),
    ...order.refunds.flatMap(({ requested_at: asked, done_at: done, amount }) => [
      ...step('refundAsked', asked, amount),
      ...step('refundDone', done, amount),
    ]),
  ].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
}
