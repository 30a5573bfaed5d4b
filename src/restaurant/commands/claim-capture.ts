import { isStaff } from '../../domain/actor.ts'
import { isOwn } from '../../domain/order/lifecycle.ts'
import { KEYS_OF } from '../../domain/payment/account-keys.ts'
import { decideClaim } from '../../domain/payment/capturing.ts'
import type { PaymentState } from '../../domain/payment/payment.ts'
import { ok, refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'
import { emitOrder } from '../context.ts'
import { sealedSecretsOf } from '../sealed-secrets.ts'
import { watch } from '../settle-payment.ts'

/** Other keys follow from the payment's id, or are plain words: who shows one proves nothing. */
const hasSecretKey = ({ provider }: PaymentState): boolean =>
  provider === 'toss' || provider === 'stripe'

/** Claims the right to ask the provider for the money; one claim is open at a time. */
export const claimCapture: CommandModule<'claim-capture'> = {
  run(cx, { id, providerKey, amount, viaLink }) {
    const { payments, orders } = cx.store
    const payment =
      payments.get(id) ??
      payments.ofOrder(id).find((candidate) => candidate.providerKey === providerKey) ??
      null
    const order = payment === null ? null : orders.get(payment.orderId)
    if (payment === null || order === null) return refuse({ kind: 'NOT_FOUND', what: 'payment' })
    const byLink = viaLink && hasSecretKey(payment)
    if (!(byLink || isOwn(order, cx.asker) || isStaff(cx.asker)))
      return refuse({ kind: 'NOT_FOUND', what: 'payment' })
    const decided = decideClaim(
      payment,
      order,
      payments.ofOrder(order.id),
      { providerKey, amount },
      { attemptId: cx.mintTimedId(), now: cx.now },
    )
    if (!decided.ok) return decided
    if ('already' in decided.value) return ok({ claimed: false, payment, order })
    const { claimed } = decided.value
    payments.save(claimed)
    watch(cx, claimed)
    emitOrder(cx, 'PAYMENT_CHANGED', order)
    const names = claimed.provider === 'counter' ? [] : KEYS_OF[claimed.provider]
    const account = sealedSecretsOf(cx, names)
    return ok({ claimed: true, payment: claimed, attemptId: claimed.attemptId ?? '', account })
  },
}
