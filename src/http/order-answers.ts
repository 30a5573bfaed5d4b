import type { Asker } from '../domain/actor.ts'
import { orderJson } from '../domain/order/order-json.ts'
import type { OrderState } from '../domain/order/order.ts'
import { pointsOf, stillDue } from '../domain/order/paid-by-points.ts'
import { isBeingAsked } from '../domain/payment/machine.ts'
import type { PaymentState } from '../domain/payment/payment.ts'
import { guidanceOf } from '../domain/payment/guidance.ts'
import { attemptsOf, payIn } from '../domain/payment/pay-in.ts'
import { publicStatusOf } from '../domain/payment/public-status.ts'
import { supertossUrl } from '../domain/payment/supertoss.ts'
import type { OrderView } from '../domain/queries.ts'
import { isoTime } from './schemas/common.ts'

/** An order whose payments the caller has not read: a claim under way may still refuse what it offers. */
export const plainOrder = (order: OrderState, asker: Asker) =>
  orderJson(order, { capturing: false }, asker)

/** An order with what its payments allow. */
export const viewedOrder = ({ order, payments }: OrderView, asker: Asker) => ({
  ...orderJson(order, { capturing: payments.some(isBeingAsked) }, asker),
  points_amount: pointsOf(payments),
  amount_due: stillDue(order, payments),
})

/** What a guest needs to transfer the money; null for what is paid in another way. */
export function depositToMake(payment: PaymentState | undefined) {
  const { account, payerName, amount, expiresAt } = payment ?? {}
  if (account == null || amount === undefined || expiresAt === undefined) return NO_DEPOSIT
  const { bank, accountNo, holder } = account
  return {
    redirect_url: supertossUrl({ bank, accountNo, amount }),
    deposit: {
      bank,
      account_no: accountNo,
      holder,
      payer_name: payerName ?? '',
      amount,
      expires_at: isoTime(expiresAt),
    },
  }
}
const NO_DEPOSIT = { redirect_url: null, deposit: null }

/** The account that waits for the money of a payment; null where none does. */
export function payInJson(payment: PaymentState, order: Pick<OrderState, 'expiresAt'>) {
  const account = payIn(payment, order)
  return (
    account && {
      bank: account.bank,
      account_no: account.accountNo,
      holder: account.holder,
      expires_at: isoTime(account.dueAt),
    }
  )
}

const paymentJson = (payment: PaymentState, order: OrderState) => ({
  payment_id: payment.id,
  status: publicStatusOf(payment.status),
  amount: payment.amount,
  refunded_amount: payment.refundedAmount,
  method: payment.method,
  opened_at: isoTime(payment.openedAt),
  expires_at: isoTime(payment.expiresAt),
  captured_at: isoTime(payment.capturedAt),
  failure: payment.failure && { ...payment.failure, guidance: guidanceOf(payment.failure.code) },
  account: payInJson(payment, order),
  disputed: payment.disputed,
})

export const paymentStatusJson = ({ order, payments }: OrderView) => ({
  order_id: order.id,
  order_number: order.number,
  status: order.status,
  payment_status: order.paymentStatus,
  total_amount: order.totalAmount,
  captured_amount: order.capturedAmount,
  refunded_amount: order.refundedAmount,
  refund_due_amount: order.refundDueAmount,
  currency: order.currency,
  expires_at: isoTime(order.expiresAt),
  attempts: attemptsOf(payments),
  payments: payments.map((payment) => paymentJson(payment, order)),
})
