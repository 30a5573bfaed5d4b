import { sameText } from '../../domain/same-text.ts'
import { ok, refuse } from '../../domain/result.ts'
import type { CommandModule } from '../command-module.ts'

/** However many webhooks come (nobody signs them), the provider is asked no oftener than this. */
const LOOK_UPS_APART_MS = 2_000

/**
 * A provider said that something happened to the payment. What it said is not believed: the agenda
 * asks at once, also while another look-up is under way: its answer may be older than the webhook.
 */
export const noteWebhook: CommandModule<'note-webhook'> = {
  run(cx, { paymentId, providerKey, secret }) {
    const payment = cx.store.payments.get(paymentId)
    if (payment === null || payment.provider === 'wallet' || payment.provider === 'counter')
      return refuse({ kind: 'NOT_FOUND', what: 'payment' })
    if (payment.providerKey !== null && providerKey !== null && payment.providerKey !== providerKey)
      return refuse({ kind: 'NOT_FOUND', what: 'payment' })
    const kept = secret == null ? null : cx.store.payments.secretOf(paymentId)
    if (secret != null && kept !== null && !sameText(secret, kept))
      return refuse({ kind: 'UNAUTHENTICATED', reason: 'WEBHOOK_NOT_VERIFIED' })
    cx.agenda.hurry('look-up', paymentId, cx.now, LOOK_UPS_APART_MS)
    return ok({ orderId: payment.orderId })
  },
}
