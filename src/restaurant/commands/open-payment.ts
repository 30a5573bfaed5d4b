import { isStaff, stableScope } from '../../domain/actor.ts'
import { isOwn } from '../../domain/order/lifecycle.ts'
import { afterMoneyEvent } from '../../domain/order/payment-status.ts'
import { decideOpening, OPENING_LEASE_MS } from '../../domain/payment/opening.ts'
import type { PaymentState } from '../../domain/payment/payment.ts'
import { ok, refuse } from '../../domain/result.ts'
import type { Answer, CommandModule } from '../command-module.ts'
import { emitOrder, type Context } from '../context.ts'
import { watch } from '../settle-payment.ts'
import { payerOf } from '../take-in-hand.ts'

/**
 * Writes the intent to open a payment before the provider is asked. Of parallel callers one is told
 * to ask (`fresh`); the key remembers the payment, so that a repeat finds it in whatever state it is.
 */
export const openPayment: CommandModule<'open-payment'> = {
  seen(cx, { key }) {
    const kept = cx.store.sessions.answered(stableScope(cx.asker), 'open-payment', key)
    const payment = kept === null ? null : cx.store.payments.get(kept.answer as string)
    if (kept === null || payment === null) return null
    return { fingerprint: kept.fingerprint, answer: again(cx, payment) }
  },

  run(cx, { orderId, amount, method, viaLink }, idempotency) {
    const order = cx.store.orders.get(orderId)
    if (order === null || !(viaLink || isOwn(order, cx.asker) || isStaff(cx.asker)))
      return refuse({ kind: 'NOT_FOUND', what: 'order' })
    const payments = cx.store.payments.ofOrder(orderId)
    const payerName = payerOf(payments)
    const decided = decideOpening(
      cx.restaurant(),
      order,
      payments,
      { amount, method, payerName },
      { id: cx.mintTimedId(), now: cx.now },
    )
    if (!decided.ok) return decided
    const opening = decided.value
    if ('create' in opening) {
      cx.store.payments.save(opening.create)
      const waits = opening.create.status === 'AWAITING'
      const held = waits ? afterMoneyEvent(opening.order, 'payment-opened') : opening.order
      cx.store.orders.update(held)
      if (held.expiresAt !== null) cx.agenda.set('expire-order', orderId, held.expiresAt)
      if (method === 'DEPOSIT') cx.agenda.set('register', opening.create.id, cx.now)
      watch(cx, opening.create)
      emitOrder(cx, 'PAYMENT_CHANGED', held)
    }
    const payment =
      'create' in opening ? opening.create : 'retry' in opening ? opening.retry : opening.use
    if ('retry' in opening) cx.store.payments.save(payment)
    if (idempotency !== null)
      cx.store.sessions.keepAnswer({
        scope: stableScope(cx.asker),
        operation: 'open-payment',
        ...idempotency,
        answer: payment.id,
        at: cx.now,
      })
    // A deposit waits for its money from the start: nobody has to be asked first.
    const fresh = !('use' in opening) && payment.status === 'OPENING'
    return ok({ payment, orderNumber: order.number, fresh })
  },
}

/** A repeat waits for the first caller; once that one's time is over, it takes the work on itself. */
function again(cx: Context, payment: PaymentState): Answer<'open-payment'> {
  const orderNumber = cx.store.orders.get(payment.orderId)?.number ?? ''
  if (payment.status !== 'OPENING') return ok({ payment, orderNumber, fresh: false })
  const left = (payment.leaseUntil ?? 0) - cx.now
  if (left > 0)
    return refuse({
      kind: 'IDEMPOTENCY_IN_PROGRESS',
      retryAfterSeconds: Math.ceil(left / 1000),
    })
  const taken = { ...payment, leaseUntil: cx.now + OPENING_LEASE_MS }
  cx.store.payments.save(taken)
  return ok({ payment: taken, orderNumber, fresh: true })
}
