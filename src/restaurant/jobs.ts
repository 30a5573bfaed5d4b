import type { Job } from '../domain/jobs.ts'
import { unseenNotice } from '../domain/restaurant/notice.ts'
import { isSink, SECRET_OF_SINK } from '../domain/restaurant/secrets.ts'
import type { JobKind } from './agenda.ts'
import type { Context } from './context.ts'
import { PUBLISH_BACKUP_MS, publishJob, type Outbox } from './outbox.ts'
import { unseenOrders } from './unseen.ts'

/** The job to lease now; or nothing is owed any more; or it is too early, come back. */
export type Owed = { job: Job; startOver?: boolean } | 'nothing' | { notBefore: number }

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

    'look-up': (cx, paymentId) => {
      const payment = cx.store.payments.get(paymentId)
      // One that ended without money is asked about too: a webhook may tell of money that came late.
      if (payment === null || payment.status === 'CAPTURED') return 'nothing'
      const { id: restaurantId } = cx.restaurant()
      const { providerKey } = payment
      return { job: { kind: 'look-up', restaurantId, paymentId, providerKey } }
    },

    notify: (cx, sink) => {
      const orders = unseenOrders(cx)
      if (!isSink(sink) || orders.length === 0) return 'nothing'
      if (cx.store.secrets.sealed(SECRET_OF_SINK[sink]) === null) return 'nothing'
      const restaurant = cx.restaurant()
      const notice = unseenNotice(restaurant, orders)
      return { job: { kind: 'notify', restaurantId: restaurant.id, sink, notice } }
    },

    refund: (cx, refundId) => {
      const refund = cx.store.payments.refund(refundId)
      const payment = refund === null ? null : cx.store.payments.get(refund.paymentId)
      if (refund?.status !== 'REQUESTED') return 'nothing'
      // Money is owed: the entry must not end in silence.
      if (payment?.providerKey == null) throw new Error(`refund ${refundId} has no provider key`)
      return {
        job: {
          kind: 'refund',
          restaurantId: cx.restaurant().id,
          refundId,
          paymentId: payment.id,
          providerKey: payment.providerKey,
          amount: refund.amount,
          reason: refund.reason,
          attempt: refund.attempt,
        },
      }
    },
  }
