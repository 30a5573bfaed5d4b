import { SYSTEM, type Asker } from '../../src/domain/actor.ts'
import type { Job, Report } from '../../src/domain/jobs.ts'
import type { CaptureOutcome, LookupOutcome } from '../../src/domain/payment/outcomes.ts'
import type { PaymentState, PaymentStatus } from '../../src/domain/payment/payment.ts'
import type { PaymentMethod, RestaurantSettings } from '../../src/domain/restaurant/settings.ts'
import { collectJobs } from './sent-jobs.ts'
import { found, HOUR, MINUTE, openKitchen, providerKeyOf } from './ordering.ts'
import { DONE, REFUSED, UNKNOWN } from './paying.ts'

const ACCOUNT = { bank: '신한은행', accountNo: '110-123-456789', holder: '맛있는 치킨집' }
/** Both ways the kitchen takes the order by itself once it may. */
const SETTINGS: Partial<RestaurantSettings> = {
  paymentMethods: ['CARD', 'VIRTUAL_ACCOUNT', 'STRIPE', 'DEPOSIT', 'POINTS'],
  depositAccount: ACCOUNT,
  acceptDeadlineOutcome: 'AUTO_ACCEPT',
  tableAccess: 'OPEN',
}
/** What is tried again every few seconds need not be tried each time. */
const SHORTEST_PAUSE_MS = 2 * MINUTE
const MINSU: Asker = { role: 'CUSTOMER', sessionId: 'phone', userId: 'minsu', visit: null }

/**
 * What the provider knows. `late`: the money comes when the order is over, and who calls the payment off
 * hears of it.
 */
export type Truth = 'paid' | 'nothing' | 'refused' | 'late'

export interface Hanging {
  policy: RestaurantSettings['paymentPolicy']
  method: PaymentMethod
  status: PaymentStatus
  truth: Truth
  /** For so long the provider answers nothing that tells anything. */
  silentMs: number
}

/** An order whose payment hangs in a status; nobody but alarms and a provider does anything more. */
export async function hang({ policy, method, status, truth, silentMs }: Hanging) {
  const kitchen = await openKitchen({ ...SETTINGS, paymentPolicy: policy })
  const { restaurant } = kitchen
  const jobs: Job[] = []
  collectJobs(restaurant.key, (message) => {
    if (message.kind === 'job') jobs.push(message.job)
  })
  const order = await kitchen.place(MINSU, 1, { paymentMethod: method })
  const since = restaurant.now()
  const view = () => kitchen.view(order)
  const state = async (): Promise<PaymentState> => (await view()).payments[0]!
  const provider = answering(truth, status, () => restaurant.now() - since < silentMs)

  await reach()
  return { ...kitchen, order, state, view, goOn }

  async function reach(): Promise<void> {
    if (method === 'DEPOSIT' || method === 'POINTS') return
    const amount = order.totalAmount
    const open = {
      type: 'open-payment',
      orderId: order.id,
      viaLink: false,
      method,
      amount,
    } as const
    const { payment } = await restaurant.done(MINSU, open)
    const { id } = payment
    if (status === 'OPENING') return
    const providerKey = providerKeyOf(id)
    const opened = { kind: 'opened', providerKey, checkoutUrl: null } as const
    await restaurant.done(SYSTEM, { type: 'record-opening', paymentId: id, outcome: opened })
    if (status === 'READY') return
    const claim = { type: 'claim-capture', id, providerKey, amount, viaLink: false } as const
    const claimed = await restaurant.done(MINSU, claim)
    if (status !== 'AWAITING' || !claimed.claimed) return
    const account = { ...ACCOUNT, dueAt: restaurant.now() + 6 * HOUR }
    await kitchen.settle(payment, claimed.attemptId, { kind: 'awaiting', account, secret: null })
  }

  /** Time passes; alarms ring in an object that was away; each job they send is done and reported. */
  async function goOn(ms: number): Promise<void> {
    const until = restaurant.now() + ms
    for (;;) {
      const { now } = restaurant
      const [entry] = await restaurant.rows('SELECT min(due) AS due FROM agenda WHERE dead = 0')
      const next = Math.max(Number(entry?.['due'] ?? Infinity), now() + SHORTEST_PAUSE_MS)
      if (next > until) break
      if (Math.floor(next / HOUR) > Math.floor(now() / HOUR)) await restaurant.evict()
      restaurant.passes(next - now())
      await restaurant.ringAlarm()
      await work()
    }
    restaurant.passes(until - restaurant.now())
  }

  async function work(): Promise<void> {
    for (;;) {
      const job = jobs.shift() ?? restaurant.jobs.shift()
      if (job === undefined) return
      const report = provider(job, await state())
      if (report !== null) await kitchen.report(report)
    }
  }
}

/** The provider's answer to a job, as the report of it; null for jobs that are not about money. */
function answering(truth: Truth, status: PaymentStatus, silent: () => boolean) {
  const lookUp = (payment: PaymentState, ended: boolean): LookupOutcome => {
    if (silent()) return UNKNOWN
    if (truth === 'paid' || (truth === 'late' && ended)) return found(payment, 'CAPTURED')
    if (truth === 'refused') return found(payment, 'FAILED')
    if (status === 'OPENING' || payment.provider === 'deposit') return { kind: 'missing' }
    if (status !== 'AWAITING') return found(payment, 'OPEN')
    return found(payment, 'AWAITING', { account: payment.account })
  }
  const capture = ({ amount }: PaymentState): CaptureOutcome => {
    if (silent() || truth === 'late' || truth === 'nothing') return UNKNOWN
    return truth === 'refused' ? REFUSED : { kind: 'captured', amount, currency: 'KRW' }
  }
  return (job: Job, payment: PaymentState): Report | null => {
    const { id: paymentId } = payment
    switch (job.kind) {
      case 'publish': {
        const [first, last] = [job.events[0]!, job.events.at(-1)!]
        return { kind: 'published', epoch: first.epoch, fromSeq: first.seq, toSeq: last.seq }
      }
      case 'register':
        return {
          kind: 'registered',
          paymentId,
          outcome: { kind: 'opened', providerKey: 'code', checkoutUrl: null },
        }
      case 'look-up':
        return { kind: 'looked-up', paymentId, outcome: lookUp(payment, false) }
      case 'capture':
        return {
          kind: 'captured',
          paymentId,
          attemptId: job.attemptId,
          outcome: capture(payment),
        }
      case 'void': {
        const known = lookUp(payment, true)
        const came = known.kind === 'found' && known.state === 'CAPTURED'
        return {
          kind: 'voided',
          paymentId,
          outcome: came
            ? { kind: 'captured', found: known }
            : known.kind === 'unknown'
              ? known
              : { kind: 'voided' },
        }
      }
      case 'refund':
        return {
          kind: 'refunded',
          refundId: job.refundId,
          attempt: job.attempt,
          outcome: silent() ? UNKNOWN : DONE,
        }
      case 'tell-refund':
      case 'notify':
        return null
    }
  }
}
