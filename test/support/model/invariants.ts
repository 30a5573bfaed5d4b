import { expect } from 'vitest'
import type { Subject } from '../../../src/domain/events.ts'
import type {
  OrderPaymentStatus,
  OrderState,
  OrderStatus,
} from '../../../src/domain/order/order.ts'
import { isBeingAsked, isLive } from '../../../src/domain/payment/machine.ts'
import type { PaymentState } from '../../../src/domain/payment/payment.ts'
import type { OrderView } from '../../../src/domain/queries.ts'
import type { DifferenceKind } from '../../../src/domain/reconciliation/difference.ts'
import { moneyDifferences } from '../../../src/domain/reconciliation/money.ts'
import type { Snapshot, World } from './world.ts'

const sum = (amounts: readonly number[]): number => amounts.reduce((all, one) => all + one, 0)

/** What a consumer knows that has read every event so far. */
export class Reader {
  readonly orders = new Map<string, Extract<Subject, { kind: 'order' }>>()
  lastSeq = 0

  read({ events }: Snapshot): void {
    for (const { seq, subject } of events) {
      expect(seq, 'events are numbered without gaps').toBe(this.lastSeq + 1)
      this.lastSeq = seq
      if (subject.kind !== 'order') continue
      const before = this.orders.get(subject.order.id)
      if (before !== undefined) moved(before.order.status, subject.order.status)
      if (before !== undefined)
        paymentMoved(before.order.paymentStatus, subject.order.paymentStatus)
      this.orders.set(subject.order.id, subject)
    }
  }
}

const NEXT: Record<OrderStatus, readonly OrderStatus[]> = {
  PENDING: ['ACCEPTED', 'REJECTED', 'CANCELLED', 'EXPIRED'],
  ACCEPTED: ['READY'],
  READY: ['COMPLETED'],
  COMPLETED: [],
  REJECTED: [],
  CANCELLED: [],
  EXPIRED: [],
}
const UNPAID: readonly OrderPaymentStatus[] = ['UNPAID', 'PENDING']

function moved(from: OrderStatus, to: OrderStatus): void {
  if (from !== to) expect(NEXT[from], `${from} → ${to}`).toContain(to)
}
function paymentMoved(from: OrderPaymentStatus, to: OrderPaymentStatus): void {
  if (UNPAID.includes(to)) expect(UNPAID, `${from} → ${to}`).toContain(from)
  if (from === 'REFUNDED') expect(['REFUNDED', 'REFUND_DUE', 'PARTIALLY_REFUNDED']).toContain(to)
}

/** What must hold after every step. */
export function holds(now: Snapshot, world: World, reader: Reader): void {
  stockAddsUp(now, world)
  numbersAreTaken(now)
  eventsTellAll(now, reader)
  for (const view of now.orders) moneyAddsUp(view, world)
  reconcilesWith(now, world)
  nothingIsOverdue(now, world)
  everythingOwedIsEntered(now, world)
}

function stockAddsUp({ orders, stock }: Snapshot, { supplied }: World): void {
  for (const { item_id, level, reserved } of stock) {
    const portionsOf = (wanted: (view: OrderView) => boolean): number =>
      sum(
        orders
          .filter(wanted)
          .flatMap(({ order }) => order.lines)
          .filter((line) => line.itemId === item_id)
          .map((line) => line.quantity - line.unavailableQuantity),
      )
    expect(reserved, 'held is what pending orders hold').toBe(
      portionsOf(({ order }) => order.status === 'PENDING'),
    )
    expect(level, 'no more is held than there is').toBeGreaterThanOrEqual(reserved)
    const made = portionsOf(({ order }) => order.acceptedAt !== null)
    expect(level + made, 'what came in is there or was made').toBe(supplied.get(item_id))
  }
}

function numbersAreTaken({ orders, days }: Snapshot): void {
  for (const { business_day, last_number } of days) {
    const numbers = orders
      .filter(({ order }) => order.businessDay === business_day)
      .map(({ order }) => order.number)
    expect(new Set(numbers).size, 'each number once').toBe(numbers.length)
    expect(numbers.length, 'no number is left out').toBe(last_number)
  }
}

/** Leases are renewed without telling anybody. */
const told = ({ leaseUntil: _, ...payment }: PaymentState) => payment

function eventsTellAll({ orders, lastSeq }: Snapshot, reader: Reader): void {
  expect(reader.lastSeq).toBe(lastSeq)
  for (const { order, payments, refunds } of orders) {
    const known = reader.orders.get(order.id)
    expect(known?.order, 'the last event carries the order').toEqual(order)
    expect(known?.payments.map(told)).toEqual(payments.map(told))
    expect(known?.refunds).toEqual(refunds)
  }
  expect(reader.orders.size).toBe(orders.length)
}

/**
 * Of all that was captured for an order: what pays it, what went back, what is promised back, and what
 * is held while the rest is waited for are all of it.
 */
/** Waiting is no fault here: the provider may be away for long. */
const WAITS: readonly DifferenceKind[] = [
  'PAYMENT_STUCK',
  'CAPTURE_STUCK',
  'REFUND_STUCK',
  'REFUND_DUE_LONG',
  'DISPUTED',
]

/** What reconciliation would raise an alarm about never happens. */
function reconcilesWith({ orders }: Snapshot, { restaurant }: World): void {
  const raised = orders
    .flatMap((view) => moneyDifferences(view, restaurant.now()))
    .filter(({ kind }) => !WAITS.includes(kind))
  expect(raised, 'the books agree').toEqual([])
}

function moneyAddsUp({ order, payments, refunds }: OrderView, world: World): void {
  const over = order.endedAt !== null
  const captured = payments.filter((payment) => payment.status === 'CAPTURED')
  let kept = 0
  for (const payment of captured) {
    const own = refunds.filter(
      (refund) => refund.paymentId === payment.id && refund.status !== 'DROPPED',
    )
    const promised = sum(own.map((refund) => refund.amount))
    expect(promised, 'no more goes back than came').toBeLessThanOrEqual(payment.amount)
    const done = own.filter((refund) => refund.status === 'DONE')
    expect(payment.refundedAmount).toBe(sum(done.map((refund) => refund.amount)))
    kept += payment.amount - promised
    if (payment.provider === 'counter') continue
    expect(world.provider.capturedAmount(payment.id), 'captured is captured').toBe(payment.amount)
    const byMachine = sum(done.filter(({ proof }) => proof === null).map(({ amount }) => amount))
    expect(world.provider.paidBack(payment.id)).toBeGreaterThanOrEqual(byMachine)
  }
  const counted = captured.filter((payment) => payment.counted)
  expect(order.capturedAmount).toBe(sum(counted.map(({ amount }) => amount)))
  expect(order.refundedAmount).toBe(sum(counted.map(({ refundedAmount }) => refundedAmount)))
  if (over) expect(kept, 'of an order that is over nothing is kept').toBe(0)
  else {
    const wanted = Math.min(order.totalAmount, order.capturedAmount)
    expect(kept, 'no more is kept than pays the order').toBeLessThanOrEqual(wanted)
    if (!world.givenBack.has(order.id)) expect(kept, 'what pays the order is kept').toBe(wanted)
  }
  const due = sum(refunds.filter(({ status }) => status === 'DUE').map(({ amount }) => amount))
  expect(order.refundDueAmount).toBe(due)
  expect(statusesOf(order), 'the status says how the money stands').toContain(order.paymentStatus)
  const live = payments.filter(isLive)
  const points = live.filter(({ provider }) => provider === 'wallet')
  expect(points.length, 'points are taken once').toBeLessThanOrEqual(1)
  expect(live.length - points.length, 'one other payment is live').toBeLessThanOrEqual(1)
  if (over) expect(live, 'an order that is over waits for no money').toEqual([])
  if (order.paymentStatus === 'PENDING') expect(live.length, 'pending on something').not.toBe(0)
}

/** What an order with these amounts may say of its money. */
function statusesOf(order: OrderState): readonly OrderPaymentStatus[] {
  const { capturedAmount, refundedAmount, refundDueAmount, totalAmount, endedAt } = order
  if (capturedAmount < totalAmount && endedAt === null) return UNPAID
  if (refundDueAmount > 0) return ['REFUND_DUE']
  if (capturedAmount === 0) return ['UNPAID']
  // Of an order that ended in parts nothing was ever paid; the parts are on their way back.
  if (refundedAmount === 0) return capturedAmount < totalAmount ? ['UNPAID', 'PAID'] : ['PAID']
  return [refundedAmount < capturedAmount ? 'PARTIALLY_REFUNDED' : 'REFUNDED']
}

function nothingIsOverdue(now: Snapshot, { restaurant }: World): void {
  const clock = restaurant.now()
  for (const { order, payments } of now.orders) {
    if (order.status !== 'PENDING' || order.expiresAt === null || order.expiresAt > clock) continue
    const waiting = now.agenda.find(
      (row) => row.kind === 'expire-order' && row.subject === order.id,
    )
    const capturing = payments.some(isBeingAsked)
    const soon = (waiting?.due ?? Infinity) <= clock + 5_000
    expect(soon, 'an unpaid order is over when its hold is').toBe(true)
    if (waiting!.due === clock + 5_000) expect(capturing).toBe(true)
  }
  for (const row of now.agenda) {
    expect(row.dead, `${row.kind} was buried`).toBe(0)
    expect(row.due, `${row.kind} was left lying`).toBeGreaterThan(clock)
  }
  expect(now.alarm, 'the alarm is armed').not.toBeNull()
}

function everythingOwedIsEntered({ agenda, orders, lastSeq, watermark }: Snapshot, world: World) {
  const entered = (kind: string, subject: string): void =>
    expect(
      agenda.some((row) => row.kind === kind && row.subject === subject),
      `${kind} of ${subject} is entered`,
    ).toBe(true)
  entered('housekeeping', 'daily')
  if (watermark < lastSeq) entered('publish', 'outbox')
  for (let seq = 1; seq <= watermark; seq += 1)
    expect(world.projected.has(seq), 'confirmed is projected').toBe(true)
  for (const { order, payments, refunds } of orders) {
    if (order.status === 'PENDING')
      entered(order.expiresAt === null ? 'accept-deadline' : 'expire-order', order.id)
    for (const payment of payments.filter(isLive)) {
      entered(payment.provider === 'wallet' ? 'capture' : 'look-up', payment.id)
      if (payment.provider === 'deposit' && payment.providerKey === null && !payment.failure)
        entered('register', payment.id)
    }
    for (const refund of refunds) if (refund.status === 'REQUESTED') entered('refund', refund.id)
  }
}
