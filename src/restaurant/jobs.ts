import type { Job, JobKind } from '../domain/jobs.ts'
import type { PaymentState } from '../domain/payment/payment.ts'
import { unseenNotice } from '../domain/restaurant/notice.ts'
import { isSink, SECRET_OF_SINK, type Sink } from '../domain/restaurant/secrets.ts'
import type { Context } from './context.ts'
import { lowStockOwed } from './low-stock.ts'
import { PUBLISH_BACKUP_MS, publishJob, type Outbox } from './outbox.ts'
import { unseenOrders } from './unseen.ts'

/** The job to lease now; or nothing is owed any more; or it is too early, come back. */
export type Owed = { job: Job; startOver?: boolean } | 'nothing' | { notBefore: number }

/** How long after its window a deposit is still taken back where nobody answers. */
const UNHEARD_DEPOSIT_MS = 24 * 3600_000

/** What every job about a payment names. */
function jobOf(cx: Context, { id: paymentId, orderId, provider, providerKey }: PaymentState) {
  if (provider === 'counter') throw new Error(`payment ${paymentId} was taken at the counter`)
  return { restaurantId: cx.restaurant().id, paymentId, orderId, provider, providerKey }
}

/** What an agenda entry asks the Worker to do now, made from the rows as they are. */
export const JOB_OF_ENTRY: Record<JobKind, (cx: Context, subject: string, outbox: Outbox) => Owed> =
  {
    publish: (cx, _, outbox) => {
      const { moved, owed } = outbox.settle(cx)
      const [oldest] = owed
      if (oldest === undefined) return 'nothing'
      // The direct projection may still be at work on these.
      const notBefore = oldest.at + PUBLISH_BACKUP_MS
      if (moved && notBefore > cx.now) return { notBefore }
      return { job: publishJob(cx.restaurant().id, owed), startOver: moved }
    },

    register: (cx, paymentId) => {
      const payment = cx.store.payments.get(paymentId)
      const order = payment === null ? null : cx.store.orders.get(payment.orderId)
      if (payment?.status !== 'AWAITING' || payment.providerKey !== null || order === null)
        return 'nothing'
      const { amount, currency, method, payerName, expiresAt } = payment
      const details = { amount, currency, method, payerName, expiresAt }
      return {
        job: {
          kind: 'register',
          ...jobOf(cx, payment),
          ...details,
          orderNumber: order.number,
        },
      }
    },

    capture: (cx, paymentId) => {
      const payment = cx.store.payments.get(paymentId)
      const order = payment === null ? null : cx.store.orders.get(payment.orderId)
      if (payment?.status !== 'CAPTURING' || order === null) return 'nothing'
      const { amount } = payment
      const { userId } = order
      const attemptId = payment.attemptId ?? ''
      return {
        job: { kind: 'capture', ...jobOf(cx, payment), amount, userId, attemptId },
      }
    },

    'look-up': (cx, paymentId) => {
      const payment = cx.store.payments.get(paymentId)
      // One that ended without money is asked about too: a webhook may tell of money that came late;
      // of one that was captured the provider's own desk may have paid back.
      return payment === null ? 'nothing' : { job: { kind: 'look-up', ...jobOf(cx, payment) } }
    },

    void: (cx, paymentId) => {
      const payment = cx.store.payments.get(paymentId)
      // Whoever watches the account was told with the order until when it would wait.
      const over =
        payment?.provider === 'deposit' && cx.now > payment.expiresAt + UNHEARD_DEPOSIT_MS
      return payment?.status === 'ENDED' && !over
        ? { job: { kind: 'void', ...jobOf(cx, payment) } }
        : 'nothing'
    },

    'tell-refund': (cx, refundId) => {
      const refund = cx.store.payments.refund(refundId)
      if (refund === null) return 'nothing'
      const { orderId } = refund
      return {
        job: { kind: 'tell-refund', restaurantId: cx.restaurant().id, refundId, orderId },
      }
    },

    notify: (cx, subject) => (isSink(subject) ? unseenOwed(cx, subject) : lowStockJob(cx, subject)),

    refund: (cx, refundId) => {
      const refund = cx.store.payments.refund(refundId)
      const payment = refund === null ? null : cx.store.payments.get(refund.paymentId)
      if (refund?.status !== 'REQUESTED') return 'nothing'
      // Money is owed: the entry must not end in silence.
      if (payment === null) throw new Error(`refund ${refundId} has no payment`)
      return {
        job: {
          kind: 'refund',
          ...jobOf(cx, payment),
          refundId,
          amount: refund.amount,
          currency: payment.currency,
          reason: refund.reason,
          attempt: refund.attempt,
        },
      }
    },
  }

function unseenOwed(cx: Context, sink: Sink): Owed {
  const orders = unseenOrders(cx)
  if (orders.length === 0 || cx.store.secrets.sealed(SECRET_OF_SINK[sink]) === null)
    return 'nothing'
  const restaurant = cx.restaurant()
  const notice = unseenNotice(restaurant, orders)
  return { job: { kind: 'notify', restaurantId: restaurant.id, sink, notice } }
}

function lowStockJob(cx: Context, entry: string): Owed {
  const owed = lowStockOwed(cx, entry)
  if (owed === null) return 'nothing'
  return { job: { kind: 'notify', restaurantId: cx.restaurant().id, ...owed } }
}
