import { SYSTEM } from '../../domain/actor.ts'
import type { Job } from '../../domain/jobs.ts'
import type { RefundState } from '../../domain/payment/payment.ts'
import type { OrderState } from '../../domain/order/order.ts'
import { refundMail, refundNotice, type RefundNotice } from '../../domain/payment/refund-notice.ts'
import type { Deps } from '../deps.ts'

export type TellRefundDeps = Pick<Deps, 'restaurants' | 'users' | 'mail' | 'log'>

/**
 * Tells the member who ordered by e-mail what became of a refund. Every status of it is a mail of its
 * own: a gateway that heard of this one drops a repeat.
 */
export async function tellRefund(
  deps: TellRefundDeps,
  { restaurantId, refundId }: Extract<Job, { kind: 'tell-refund' }>,
): Promise<void> {
  const restaurant = deps.restaurants(restaurantId)
  const query = { type: 'refund', refundId } as const
  const found = await restaurant.query<'refund'>({ query, asker: SYSTEM })
  if (!found.ok) return
  const { refund, payment, order } = found.value
  const about = {
    restaurantName: await nameOf(restaurant),
    orderNumber: order.number,
    currency: payment.currency,
    method: payment.method,
  }
  const notice = refundNotice(refund, about)
  if (notice !== null) await tell(deps, restaurantId, { refund, order, notice })
  await restaurant.report({ kind: 'refund-told', refundId, status: refund.status })
}

async function nameOf(restaurant: ReturnType<Deps['restaurants']>): Promise<string> {
  const query = { type: 'restaurant' } as const
  const found = await restaurant.query<'restaurant'>({ query, asker: SYSTEM })
  return found.ok ? found.value.name : ''
}

async function tell(
  { users, mail, log }: TellRefundDeps,
  restaurantId: string,
  { refund, order, notice }: { refund: RefundState; order: OrderState; notice: RefundNotice },
): Promise<void> {
  const member = order.userId === null ? null : await users.byId(order.userId)
  if (member === null) return
  if (mail === null) {
    log({
      level: 'warn',
      kind: 'refund-not-told',
      restaurantId,
      orderId: order.id,
      refundId: refund.id,
    })
    return
  }
  const { subject, text } = refundMail(notice)
  await mail.send({ id: `${refund.id}-${refund.status}`, to: member.email, subject, text })
}
