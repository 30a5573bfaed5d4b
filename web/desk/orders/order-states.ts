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
