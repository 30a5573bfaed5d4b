import type { OrderState } from '../domain/order/order.ts'
import type { OrderView } from '../domain/queries.ts'
import type { Context } from './context.ts'

/** The order with its payments and refunds. */
export const orderView = (cx: Context, order: OrderState): OrderView => ({
  order,
  payments: cx.store.payments.ofOrder(order.id),
  refunds: cx.store.payments.refundsOfOrder(order.id),
})
