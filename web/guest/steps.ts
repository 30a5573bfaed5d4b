import type { Order } from './state.ts'
import type { GuestWord } from './words.ts'

export interface Step {
  word: GuestWord
  /** When it was reached; null = not yet. */
  at: string | null
  done: boolean
}

/** The way of an order as its guest sees it; empty once it has ended another way. */
export function stepsOf(order: Order): readonly Step[] {
  const { status, payment_policy: policy, payment_status: paid } = order
  if (status === 'REJECTED' || status === 'CANCELLED' || status === 'EXPIRED') return []
  const past = ['PENDING', 'ACCEPTED', 'READY', 'COMPLETED'].indexOf(status)
  const kitchen: readonly Step[] = [
    { word: 'stepAccepted', at: order.accepted_at, done: past >= 1 },
    { word: 'stepReady', at: order.ready_at, done: past >= 2 },
    { word: 'stepCompleted', at: order.completed_at, done: past >= 3 },
  ]
  const placed: Step = { word: 'stepPlaced', at: order.placed_at, done: true }
  if (policy !== 'PREPAID') return [placed, ...kitchen]
  const isPaid = paid !== 'UNPAID' && paid !== 'PENDING'
  return [placed, { word: 'stepPaid', at: null, done: isPaid }, ...kitchen]
}

/** What is to be said of it in one line. */
export function headlineOf({
  status,
  allowed_actions: may,
  payment_policy: policy,
}: Order): GuestWord {
  const waits = status === 'PENDING' && policy === 'PREPAID' && may.includes('pay')
  return waits ? 'waitingForPayment' : status
}
