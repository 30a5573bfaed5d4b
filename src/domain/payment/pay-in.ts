import type { OrderState } from '../order/order.ts'
import type { PayInAccount, PaymentState } from './payment.ts'

/** Where the guest is to transfer the money to, and until when it still pays the order. */
export function payIn(
  { status, account }: PaymentState,
  order: Pick<OrderState, 'expiresAt'>,
): PayInAccount | null {
  if (status !== 'AWAITING' || account === null) return null
  // A bank keeps an account for days; the order does not wait that long.
  return { ...account, dueAt: Math.min(account.dueAt, order.expiresAt ?? Infinity) }
}

/** How often the guest was led to a provider's page. */
export const attemptsOf = (payments: readonly PaymentState[]): number =>
  payments.filter(({ provider }) => provider === 'toss' || provider === 'stripe').length
