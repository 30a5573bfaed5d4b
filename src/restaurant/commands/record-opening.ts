import { ok, refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { emitOrder } from '../context.ts'
import { enterVoid } from '../money-moves.ts'
import { settle } from '../settle-payment.ts'

/** What the provider answered to opening. An unknown answer leaves the intent to be asked again. */
export const recordOpening: CommandModule<'record-opening'> = {
  run(cx, { paymentId, outcome }) {
    const payment = cx.store.payments.get(paymentId)
    if (payment === null) return refuse({ kind: 'NOT_FOUND', what: 'payment' })
    switch (outcome.kind) {
      case 'opened': {
        const { providerKey, checkoutUrl } = outcome
        const changes = { providerKey, checkoutUrl }
        // The order ended while the provider was being asked: it knows of the payment only now.
        if (payment.status === 'ENDED' && payment.providerKey === null && providerKey !== null) {
          const known = { ...payment, providerKey }
          cx.store.payments.save(known)
          enterVoid(cx, known)
          const order = cx.store.orders.get(known.orderId)
          if (order !== null) emitOrder(cx, 'PAYMENT_CHANGED', order)
          return ok(known)
        }
        return ok(settle(cx, payment, { event: 'opened', changes }).payment)
      }
      case 'refused': {
        const changes = { failure: outcome.failure }
        return ok(settle(cx, payment, { event: 'open-refused', changes }).payment)
      }
      case 'unknown': {
        // Nobody is asking any more: the next caller need not wait for the lease.
        const free = { ...payment, leaseUntil: cx.now }
        if (payment.status === 'OPENING') cx.store.payments.save(free)
        return ok(payment)
      }
    }
  },
}
