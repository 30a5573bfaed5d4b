import { isLive } from '../../../src/domain/payment/machine.ts'
import { isOpen } from '../../../src/domain/order/lifecycle.ts'
import type { DomainEvent } from '../../../src/domain/events.ts'
import type { DepositState } from '../../../src/domain/payment/deposit.ts'
import type { OrderView } from '../../../src/domain/queries.ts'
import { expected, moneyComes } from './expected.ts'
import type { Line } from './line.ts'
import { FAULTS } from './rows.ts'
import type { Scene } from './scene.ts'

const sum = (amounts: readonly number[]): number => amounts.reduce((all, one) => all + one, 0)

/** What is wrong after everything has come to rest: nothing, or these. */
export function wrongs(scene: Scene, faulty: Line): readonly string[] {
  const { row, place } = scene
  const found: string[] = []
  const is = (what: string, actual: unknown, wanted: unknown): void => {
    if (actual !== wanted) found.push(`${what}: ${String(actual)}, not ${String(wanted)}`)
  }
  is('the fault happened', faulty.fired, FAULTS[row.fault] !== null)
  const view = scene.view()
  const deposits = place
    .read({ type: 'deposits', status: null, limit: 100, beforeId: null })
    .filter(({ receivedAt }) => receivedAt >= view.order.placedAt)
  booksAgree(scene, view, deposits, is)
  asExpected(scene, view, deposits, is)
  addsUp(view, is)
  nothingIsLeft(scene, view, is)
  eventsTell(scene, view, is)
  return found
}

type Is = (what: string, actual: unknown, wanted: unknown) => void

const openDeposits = (deposits: readonly DepositState[]): number =>
  sum(deposits.filter(({ status }) => status === 'UNMATCHED').map(({ amount }) => amount))

/** Our rows against what the outside world took and paid back. */
function booksAgree(
  { row, place: { till } }: Scene,
  { payments, order }: OrderView,
  deposits: readonly DepositState[],
  is: Is,
): void {
  for (const payment of payments) {
    if (payment.provider === 'counter') continue
    const told = payment.status === 'CAPTURED' ? payment.amount : 0
    const unplaced = row.way === 'feed' ? openDeposits(deposits) : 0
    is(`captured of ${payment.provider}`, told + unplaced, till.captured(payment.id))
    is(`paid back of ${payment.provider}`, payment.refundedAmount, till.paidBack(payment.id))
    const captures = till.accounts.get(payment.id)?.captures ?? 0
    if (captures > 1) is('captures of one payment', captures, 1)
  }
  const cash = payments.filter(({ provider }) => provider === 'counter')
  is('cash', sum(cash.map(({ amount }) => amount)), till.cash.get(order.id) ?? 0)
}

function asExpected(
  { row, place: { till } }: Scene,
  { payments, order, refunds }: OrderView,
  deposits: readonly DepositState[],
  is: Is,
): void {
  const beside = payments.filter((one) => row.way === 'points+card' && one.provider === 'wallet')
  const others = payments.filter((one) => !beside.includes(one) && one.provider !== 'counter')
  const takenOf = (of: typeof payments) => sum(of.map(({ id }) => till.captured(id)))
  const points = takenOf(beside) > 0
  const main =
    row.way === 'counter'
      ? payments.filter(({ provider }) => provider === 'counter').length > 1 && row.state !== 'paid'
      : takenOf(others) > 0
  is('money came', main, moneyComes(row))
  const wanted = expected(row, { main, points })
  is('status', order.status, wanted.status)
  is('payment status', order.paymentStatus, wanted.paymentStatus)
  const ins = takenOf(payments) + (till.cash.get(order.id) ?? 0)
  const outs = sum(payments.map(({ id }) => till.paidBack(id)))
  const due = sum(refunds.filter(({ status }) => status === 'DUE').map(({ amount }) => amount))
  const kept = ins - outs - due - openDeposits(deposits)
  is('kept', kept, wanted.kept)
  if (kept > order.totalAmount) is('the guest paid twice', kept, order.totalAmount)
}

/** The order's sums are those of its payments and refunds. */
function addsUp({ order, payments, refunds }: OrderView, is: Is): void {
  const captured = payments.filter(({ status }) => status === 'CAPTURED')
  const counted = captured.filter((payment) => payment.counted)
  is('captured sum', order.capturedAmount, sum(counted.map(({ amount }) => amount)))
  is('refunded sum', order.refundedAmount, sum(counted.map((one) => one.refundedAmount)))
  const due = refunds.filter(({ status }) => status === 'DUE')
  is('due sum', order.refundDueAmount, sum(due.map(({ amount }) => amount)))
  for (const payment of captured) {
    const own = refunds.filter(({ paymentId }) => paymentId === payment.id)
    const done = own.filter(({ status }) => status === 'DONE')
    is('refunds done', payment.refundedAmount, sum(done.map(({ amount }) => amount)))
    const promised = own.filter(({ status }) => status !== 'DROPPED')
    const all = sum(promised.map(({ amount }) => amount))
    if (all > payment.amount) is('promised back', all, payment.amount)
  }
}

function nothingIsLeft({ place }: Scene, { payments, refunds }: OrderView, is: Is): void {
  is('live payments', payments.filter(isLive).length, 0)
  is('refunds under way', refunds.filter(({ status }) => status === 'REQUESTED').length, 0)
  const dead = place.rows('SELECT kind FROM agenda WHERE dead = 1')
  is('buried entries', dead.length, 0)
}

/** Every change was announced, in numbers without a gap, and the end of it is told. */
function eventsTell({ place, orderId }: Scene, { order }: OrderView, is: Is): void {
  const events: readonly DomainEvent[] = place.read({
    type: 'events-after',
    seq: place.lastSeq,
    limit: 1_000,
  })
  const gap = events.findIndex(({ seq }, index) => seq !== place.lastSeq + index + 1)
  is('a gap in the events', gap, -1)
  place.lastSeq = events.at(-1)?.seq ?? place.lastSeq
  const own = events.filter(
    ({ subject }) => subject.kind === 'order' && subject.order.id === orderId,
  )
  const last = own.at(-1)?.subject
  const told = last?.kind === 'order' ? last.order : null
  is('told last', JSON.stringify(told), JSON.stringify(order))
  const paid = own.filter(({ type }) => type === 'PAYMENT_COMPLETED').length
  const covered =
    (isOpen(order.status) || order.status === 'COMPLETED') &&
    order.capturedAmount >= order.totalAmount
  is('announced as paid', paid, covered ? 1 : 0)
}
