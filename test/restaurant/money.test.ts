import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SYSTEM, type Asker } from '../../src/domain/actor.ts'
import type { FoundRefund } from '../../src/domain/payment/outcomes.ts'
import type { PaymentState, RefundState } from '../../src/domain/payment/payment.ts'
import { refundable } from '../../src/domain/payment/refunding.ts'
import {
  accept,
  cancel,
  EVERY_WAY,
  found,
  MINUTE,
  openKitchen,
  POSTPAID,
  providerKeyOf,
  SECOND,
} from '../support/ordering.ts'
import { DONE, eventsOf, many, REFUSED, sum, withClaim, withMoney } from '../support/paying.ts'
import { OWNER, STAFF } from '../support/restaurant.ts'

const MINSU: Asker = { role: 'CUSTOMER', sessionId: 'phone', userId: 'minsu', visit: null }

describe('a hundred at once', () => {
  it('confirms, webhooks and look-ups of one payment settle it once', async () => {
    const { kitchen, restaurant, payment, attempt, settle, lookedUp, now } = await withClaim()
    const captured = { kind: 'captured', amount: 18_000, currency: 'KRW' } as const
    await Promise.all(
      many(100).map((n) => {
        if (n % 4 === 0) return settle(payment, attempt, captured)
        if (n % 4 === 1) return lookedUp(payment, found(payment, 'CAPTURED'))
        if (n % 4 === 2) return kitchen.claim(payment)
        const providerKey = providerKeyOf(payment.id)
        const told = { type: 'note-webhook', paymentId: payment.id, providerKey } as const
        return restaurant.execute(SYSTEM, told)
      }),
    )
    expect(await now()).toMatchObject({ paymentStatus: 'PAID', capturedAmount: 18_000 })
    expect(await eventsOf(kitchen, 'PAYMENT_COMPLETED')).toHaveLength(1)
    expect((await kitchen.view({ id: payment.orderId })).refunds).toEqual([])
  })

  it('refunds by sum and by line never promise more than came', async () => {
    const { restaurant, order, view } = await withMoney()
    await restaurant.done(STAFF, accept(order.id))
    const line = { lineId: order.lines[0]!.id, quantity: 1 }
    const answers = await Promise.all(
      many(100).map((n) =>
        restaurant.execute(OWNER, {
          type: 'request-refund',
          orderId: order.id,
          amount: n % 3 === 0 ? null : n % 3 === 1 ? 700 : 5_000,
          ...(n % 7 === 6 && { amount: null, lines: [line] }),
          reason: `${n}`,
        }),
      ),
    )
    expect(answers.some(({ ok }) => ok)).toBe(true)
    expect(sum((await view(order)).refunds.map(({ amount }) => amount))).toBe(18_000)
  })
})

type Act =
  | { kind: 'points' | 'card' | 'late-card'; good: boolean }
  | { kind: 'cash'; amount: number | null }
  | { kind: 'refund'; amount: number | null }
  | { kind: 'refund-line' | 'accept' | 'cancel' | 'expire' }
  | { kind: 'ended'; which: number; good: boolean }
  | { kind: 'record' | 'retry' | 'bounce' | 'desk'; which: number; amount: number }

const ACTS: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('points' as const, 'card' as const, 'late-card' as const),
    good: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('cash' as const), amount: fc.constantFrom(null, 500, 6_000) }),
  fc.record({ kind: fc.constant('refund' as const), amount: fc.constantFrom(null, 700, 9_000) }),
  fc.record({ kind: fc.constantFrom('refund-line' as const, 'accept' as const) }),
  fc.record({ kind: fc.constantFrom('cancel' as const, 'expire' as const) }),
  fc.record({ kind: fc.constant('ended' as const), which: fc.nat(9), good: fc.boolean() }),
  fc.record({
    kind: fc.constantFrom('record' as const, 'retry' as const, 'bounce' as const, 'desk' as const),
    which: fc.nat(9),
    amount: fc.constantFrom(1_000, 4_000, 18_000),
  }),
)

/** One order of two portions at 9,000, of which 5,000 are to be paid by points. */
async function oneOrder(postpaid: boolean) {
  const kitchen = await openKitchen({ ...(postpaid && POSTPAID), ...EVERY_WAY })
  const { item, restaurant } = kitchen
  await restaurant.done(OWNER, { type: 'edit-item', itemId: item.id, changes: { price: 9_000 } })
  const order = await kitchen.place(MINSU, 2, { pointsAmount: 5_000 })
  const orderId = order.id
  const view = () => kitchen.view(order)
  /** What the provider’s books list as paid back, by payment. */
  const listed = new Map<string, FoundRefund[]>()
  const pick = <T>(from: readonly T[], which: number): T | undefined => from[which % from.length]
  const newsOf = (payment: PaymentState) =>
    kitchen.lookedUp(payment, found(payment, 'CAPTURED', { refunds: listed.get(payment.id) ?? [] }))
  const list = ({ id }: PaymentState, refund: FoundRefund) =>
    listed.set(id, [...(listed.get(id) ?? []), refund])

  async function endRefund(
    refund: RefundState,
    payment: PaymentState,
    good: boolean,
  ): Promise<void> {
    const providerRef = `${refund.id}-${refund.attempt}`
    // No provider pays back more than it still has; what it has paid back it says again.
    const stands = refund.status === 'DONE'
    const possible = stands || refund.amount <= payment.amount - payment.refundedAmount
    const outcome = good && possible ? { ...DONE, providerRef } : REFUSED
    const { id: refundId, attempt } = refund
    await kitchen.report({ kind: 'refunded', refundId, attempt, outcome })
  }

  async function act(act: Act): Promise<unknown> {
    const { payments, refunds, order: now } = await view()
    const ask = { type: 'request-refund', orderId, reason: '식음' } as const
    const card = payments.findLast(({ provider }) => provider === 'toss')
    switch (act.kind) {
      case 'points': {
        const points = payments.find(({ provider }) => provider === 'wallet')!
        const captured = { kind: 'captured', amount: 5_000, currency: 'KRW' } as const
        return kitchen.settle(points, points.attemptId ?? '', act.good ? captured : REFUSED)
      }
      case 'card': {
        const due = now.totalAmount - now.capturedAmount
        const wish = { type: 'open-payment', orderId, method: 'CARD', viaLink: false } as const
        const intent = await restaurant.execute(MINSU, { ...wish, amount: due })
        const rest = intent.ok
          ? intent
          : await restaurant.execute(MINSU, { ...wish, amount: due - 5_000 })
        return rest.ok && act.good && newsOf(rest.value.payment)
      }
      case 'late-card':
        return card && newsOf(card)
      case 'cash': {
        const { amount } = act
        return restaurant.execute(STAFF, {
          type: 'settle-order',
          orderId,
          amount,
          by: 'CASH',
          note: null,
        })
      }
      case 'refund':
        return restaurant.execute(OWNER, { ...ask, amount: act.amount })
      case 'refund-line': {
        const lines = [{ lineId: order.lines[0]!.id, quantity: 1 }]
        return restaurant.execute(OWNER, { ...ask, amount: null, lines })
      }
      case 'accept': {
        const unavailableLines = [{ lineId: order.lines[0]!.id, quantity: 1 }]
        return restaurant.execute(STAFF, accept(orderId, { unavailableLines }))
      }
      case 'cancel':
        return restaurant.execute(MINSU, cancel(orderId))
      case 'expire':
        return kitchen.later(41 * MINUTE)
      case 'ended': {
        const refund = pick(refunds, act.which)
        const payment = payments.find(({ id }) => id === refund?.paymentId)
        return refund && payment && endRefund(refund, payment, act.good)
      }
      case 'record':
      case 'retry': {
        const due = pick(
          refunds.filter(({ status }) => status === 'DUE'),
          act.which,
        )
        if (due === undefined) return
        const named = { orderId, refundId: due.id }
        return act.kind === 'record'
          ? restaurant.execute(OWNER, {
              type: 'record-refund',
              ...named,
              method: 'CASH',
              note: '1',
            })
          : restaurant.execute(OWNER, { type: 'retry-refund', ...named, sealedAccount: null })
      }
      case 'bounce': {
        const made = refunds.filter(({ status, providerRef }) => status === 'DONE' && providerRef)
        const refund = pick(made, act.which)
        const payment = payments.find(({ id }) => id === refund?.paymentId)
        if (refund === undefined || payment?.provider !== 'toss') return
        const { id: refundId, providerRef, amount } = refund
        list(payment, { refundId, providerRef: providerRef ?? '', amount, status: 'FAILED' })
        return newsOf(payment)
      }
      case 'desk': {
        if (card?.status !== 'CAPTURED') return
        // People at the desk see what is left there, and ask those who pay by hand.
        const left = card.amount - card.refundedAmount
        if (left <= 0) return
        const amount = Math.min(act.amount, left)
        const providerRef = `desk-${(listed.get(card.id) ?? []).length}`
        list(card, { refundId: null, providerRef, amount, status: 'DONE' })
        return newsOf(card)
      }
    }
  }
  return { view, act, restaurant }
}

describe("one order's money", () => {
  const histories = fc.array(ACTS, { minLength: 5, maxLength: 30 })
  /** The refund of all of it is dropped, since the desk paid back some: its provider refuses it. */
  const DROPPED_ASKED: Act[] = [
    { kind: 'card', good: true },
    { kind: 'cancel' },
    { kind: 'desk', which: 0, amount: 1_000 },
    { kind: 'points', good: false },
    { kind: 'record', which: 0, amount: 1_000 },
    { kind: 'points', good: false },
    { kind: 'record', which: 0, amount: 1_000 },
    { kind: 'ended', which: 0, good: true },
  ]

  it('is what pays it, what went back, what is promised back, and what is held, at any moment', async () => {
    await fc.assert(
      fc.asyncProperty(fc.boolean(), histories, async (postpaid, history) => {
        const { view, act, restaurant } = await oneOrder(postpaid)
        for (const one of history) {
          restaurant.passes(SECOND)
          await act(one)
          const { order, payments, refunds } = await view()
          const captured = payments.filter(({ status }) => status === 'CAPTURED')
          let kept = 0
          for (const payment of captured) {
            const left = refundable(payment, refunds)
            expect(left).toBeGreaterThanOrEqual(0)
            kept += left
          }
          const inAll = sum(captured.map(({ amount }) => amount))
          const of = (...wanted: RefundState['status'][]) =>
            sum(refunds.filter(({ status }) => wanted.includes(status)).map(({ amount }) => amount))
          expect(of('DONE', 'REQUESTED', 'DUE')).toBeLessThanOrEqual(inAll)
          expect(kept + of('DONE', 'REQUESTED', 'DUE')).toBe(inAll)
          expect(kept).toBeLessThanOrEqual(
            order.endedAt === null ? Math.min(order.totalAmount, order.capturedAmount) : 0,
          )
          expect(order.refundDueAmount).toBe(of('DUE'))
          expect(order.refundedAmount).toBeLessThanOrEqual(order.capturedAmount)
          const covered = order.capturedAmount >= order.totalAmount
          if (covered && order.endedAt === null)
            expect(['UNPAID', 'PENDING']).not.toContain(order.paymentStatus)
        }
      }),
      { numRuns: 25, examples: [[false, DROPPED_ASKED]] },
    )
  }, 60_000)
})
