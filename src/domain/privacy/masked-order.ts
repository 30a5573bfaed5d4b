import type { OrderState } from '../order/order.ts'
import type { PaymentState, RefundState } from '../payment/payment.ts'
import { maskAccount, maskName, maskText } from './mask.ts'

const maskedText = (text: string | null): string | null => (text === null ? null : maskText(text))

/** The order without what the guest wrote of themselves. */
export const maskedOrder = (order: OrderState): OrderState => ({
  ...order,
  specialRequests: maskedText(order.specialRequests),
  message: maskedText(order.message),
  endReason: maskedText(order.endReason),
})

/** The payment without who paid it. */
export const maskedPayment = (payment: PaymentState): PaymentState => ({
  ...payment,
  payerName: payment.payerName === null ? null : maskName(payment.payerName),
  account: payment.account && {
    ...payment.account,
    accountNo: maskAccount(payment.account.accountNo),
    holder: maskName(payment.account.holder),
  },
})

/** The refund without what people wrote about it. */
export const maskedRefund = (refund: RefundState): RefundState => ({
  ...refund,
  reason: maskText(refund.reason),
  proof: refund.proof && { ...refund.proof, note: maskText(refund.proof.note) },
})
