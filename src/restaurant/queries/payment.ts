import { ok, refuse } from '../../domain/result.ts'
import type { QueryModule } from '../query-module.ts'

/** A payment with its order, for the pages the provider returns to. */
export const payment: QueryModule<'payment'> = (cx, { paymentId }) => {
  const found = cx.store.payments.get(paymentId)
  const order = found === null ? null : cx.store.orders.get(found.orderId)
  return found === null || order === null
    ? refuse({ kind: 'NOT_FOUND', what: 'payment' })
    : ok({ payment: found, order })
}
