import type { PaymentStatus } from './payment.ts'

/** What clients and partners call a payment's state. */
const PUBLIC_STATUS = {
  OPENING: 'PENDING',
  READY: 'PENDING',
  CAPTURING: 'CAPTURING',
  AWAITING: 'WAITING_FOR_DEPOSIT',
  CAPTURED: 'COMPLETED',
  FAILED: 'FAILED',
  ENDED: 'ENDED',
} as const satisfies Record<PaymentStatus, string>

export const publicStatusOf = (status: PaymentStatus) => PUBLIC_STATUS[status]
