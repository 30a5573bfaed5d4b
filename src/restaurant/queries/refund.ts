import { ok, refuse } from '../../domain/result.ts'
import type { QueryModule } from '../query-module.ts'

/** A refund with what hangs on it, for whoever is about to have it made or to tell of it. */
export const refund: QueryModule<'refund'> = (cx, { refundId }) => {
  const { payments, orders } = cx.store
  const found = cx.asker.role === 'SYSTEM' ? payments.refund(refundId) : null
  const payment = found === null ? null : payments.get(found.paymentId)
  const order = found === null ? null : orders.get(found.orderId)
  if (found === null || payment === null || order === null)
    return refuse({ kind: 'NOT_FOUND', what: 'refund' })
  return ok({ refund: found, payment, order, sealedAccount: payments.refundAccount(refundId) })
}
