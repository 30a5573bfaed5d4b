import {
  forgetOrder,
  isSettled,
  remembersPerson,
  type WholeOrder,
} from '../../domain/order/forget.ts'
import type { OrderState } from '../../domain/order/order.ts'
import { ok } from '../../domain/result.ts'
import { emitOrder, type Context } from '../context.ts'
import type { CommandModule } from '../command-module.ts'

const ORDERS_PER_COMMAND = 100

/**
 * Rows, events and kept answers lose the person; one event for each order that changed carries its new
 * state. Nothing is written where nothing was left of them.
 */
export const forgetPerson: CommandModule<'forget-person'> = {
  run(cx, { userId, beforeId }) {
    const { store } = cx
    const page = store.orders.ofOwner(userId, { limit: ORDERS_PER_COMMAND, beforeId })
    const whole = page.map((order) => wholeOf(cx, order))
    const settled = whole.filter(isSettled)
    store.forgetting.forgetTraces(userId, settled)
    const changed = settled.filter(remembersPerson)
    for (const before of changed) {
      const after = forgetOrder(before)
      store.orders.update(after.order)
      for (const payment of after.payments) store.payments.save(payment)
      for (const refund of after.refunds) store.payments.saveRefund(refund)
      emitOrder(cx, 'ORDER_FORGOTTEN', after.order)
    }
    const next = page.length === ORDERS_PER_COMMAND ? (page.at(-1)?.id ?? null) : null
    return ok({ next, forgotten: changed.length, open: whole.length - settled.length })
  },
}

const wholeOf = ({ store }: Context, order: OrderState): WholeOrder => ({
  order,
  payments: store.payments.ofOrder(order.id),
  refunds: store.payments.refundsOfOrder(order.id),
})
