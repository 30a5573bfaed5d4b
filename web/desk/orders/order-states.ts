import type { ListedOrder } from '../administration/types.ts'

type Status = ListedOrder['status']
type Payment = ListedOrder['payment_status']

export const STATUSES = [
  'PENDING',
  'ACCEPTED',
  'READY',
  'COMPLETED',
  'REJECTED',
  'CANCELLED',
  'EXPIRED',
] as const satisfies readonly Status[]

export const PAYMENTS = [
  'UNPAID',
  'PENDING',
  'PAID',
  'PARTIALLY_REFUNDED',
  'REFUNDED',
  'REFUND_DUE',
] as const satisfies readonly Payment[]

/** An order waits for its kitchen, a payment for its guest: two words for one name. */
export const paymentWord = (status: Payment) => (status === 'PENDING' ? 'paymentPending' : status)

export function toneOf(status: Status): '' | 'badge--good' | 'badge--bad' {
  if (status === 'READY' || status === 'COMPLETED') return 'badge--good'
  return status === 'REJECTED' || status === 'CANCELLED' || status === 'EXPIRED' ? 'badge--bad' : ''
}
