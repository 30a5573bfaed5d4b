import type { Job } from '../domain/jobs.ts'
import type { JobKind } from './agenda.ts'
import type { Context } from './context.ts'
import { publishJob, type Outbox } from './outbox.ts'

/**
 * What an agenda entry asks the Worker to do now, made from the rows as they are; null when the work
 * is no longer owed.
 */
export const JOB_OF_ENTRY: Record<
  JobKind,
  (cx: Context, subject: string, outbox: Outbox) => Job | null
> = {
  publish: (cx, _, outbox) => publishJob(cx.restaurant().id, outbox.settle(cx).owed),

  'look-up': (cx, paymentId) => {
    const payment = cx.store.payments.get(paymentId)
    // One that ended without money is asked about too: a webhook may tell of money that came late.
    if (payment === null || payment.status === 'CAPTURED') return null
    const { id: restaurantId } = cx.restaurant()
    return { kind: 'look-up', restaurantId, paymentId, providerKey: payment.providerKey }
  },

  refund: (cx, refundId) => {
    const refund = cx.store.payments.refund(refundId)
    const payment = refund === null ? null : cx.store.payments.get(refund.paymentId)
    if (refund?.status !== 'REQUESTED') return null
    // Money is owed: the entry must not end in silence.
    if (payment?.providerKey == null) throw new Error(`refund ${refundId} has no provider key`)
    return {
      kind: 'refund',
      restaurantId: cx.restaurant().id,
      refundId,
      paymentId: payment.id,
      providerKey: payment.providerKey,
      amount: refund.amount,
      reason: refund.reason,
      attempt: refund.attempt,
    }
  },
}
