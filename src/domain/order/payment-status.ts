import type { OrderPaymentStatus, OrderState } from './order.ts'

export const MONEY_EVENTS = [
  'payment-opened',
  'payment-over',
  'captured',
  'refunded-partly',
  'refunded-whole',
  'refund-due',
  'nothing-due',
] as const
export type MoneyEvent = (typeof MONEY_EVENTS)[number]

/** What the guest is told of the money: event × status → status. A pair that is not here changes nothing. */
export const MONEY_TABLE: Record<
  MoneyEvent,
  Partial<Record<OrderPaymentStatus, OrderPaymentStatus>>
> = {
  'payment-opened': { UNPAID: 'PENDING' },
  'payment-over': { PENDING: 'UNPAID' },
  captured: { UNPAID: 'PAID', PENDING: 'PAID' },
  'refunded-partly': {
    UNPAID: 'PARTIALLY_REFUNDED',
    PENDING: 'PARTIALLY_REFUNDED',
    PAID: 'PARTIALLY_REFUNDED',
    REFUNDED: 'PARTIALLY_REFUNDED',
    REFUND_DUE: 'PARTIALLY_REFUNDED',
  },
  'refunded-whole': {
    UNPAID: 'REFUNDED',
    PENDING: 'REFUNDED',
    PAID: 'REFUNDED',
    PARTIALLY_REFUNDED: 'REFUNDED',
    REFUND_DUE: 'REFUNDED',
  },
  'refund-due': {
    PAID: 'REFUND_DUE',
    PARTIALLY_REFUNDED: 'REFUND_DUE',
    REFUNDED: 'REFUND_DUE',
    UNPAID: 'REFUND_DUE',
    PENDING: 'REFUND_DUE',
  },
  'nothing-due': { REFUND_DUE: 'PAID' },
}

/** The order after the money event; the same order when the table has no such move. */
export function afterMoneyEvent(order: OrderState, event: MoneyEvent): OrderState {
  const next = MONEY_TABLE[event][order.paymentStatus]
  return next === undefined ? order : { ...order, paymentStatus: next }
}
