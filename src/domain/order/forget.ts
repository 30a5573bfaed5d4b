import type { PaymentState, RefundState } from '../payment/payment.ts'
import { isOpen } from './lifecycle.ts'
import type { OrderState } from './order.ts'

/** An order with all that hangs on it. */
export interface WholeOrder {
  order: OrderState
  payments: readonly PaymentState[]
  refunds: readonly RefundState[]
}

/** Ours: written by code, and of nobody. What people wrote may name anybody. */
const MACHINE_WORDS = /^[A-Z][A-Z0-9_]*$/

const withoutWords = (text: string | null): string | null =>
  text !== null && MACHINE_WORDS.test(text) ? text : null

/** Whether nothing of the order needs the person any more: it is over, and so is its money. */
export const isSettled = ({ order, payments, refunds }: WholeOrder): boolean =>
  !isOpen(order.status) &&
  order.paymentStatus !== 'REFUND_DUE' &&
  payments.every(({ status }) => ['CAPTURED', 'FAILED', 'ENDED'].includes(status)) &&
  refunds.every(({ status }) => status === 'DONE' || status === 'DROPPED')

/**
 * The order without the person: what was ordered, what it came to and how it was paid stay, under an
 * account's id that names nobody. The same again changes nothing.
 */
export const forgetOrder = ({ order, payments, refunds }: WholeOrder): WholeOrder => ({
  order: {
    ...order,
    specialRequests: null,
    message: null,
    endReason: withoutWords(order.endReason),
  },
  payments: payments.map((payment) => ({
    ...payment,
    payerName: null,
    account: null,
    checkoutUrl: null,
  })),
  refunds: refunds.map((refund) => ({
    ...refund,
    reason: withoutWords(refund.reason) ?? '',
    proof: refund.proof && { ...refund.proof, note: '' },
  })),
})

/** Whether anything of a person stands there. */
export const remembersPerson = (whole: WholeOrder): boolean =>
  JSON.stringify(forgetOrder(whole)) !== JSON.stringify(whole)
