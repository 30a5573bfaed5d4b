import fc from 'fast-check'
import { describe, it } from 'vitest'
import type { Asker } from '../../src/domain/actor.ts'
import type { CouponTerms } from '../../src/domain/coupon/coupon.ts'
import type { OrderState } from '../../src/domain/order/order.ts'
import {
  expectCouponsInOrder,
  member,
  openCouponKitchen,
  type CouponKitchen,
} from '../support/coupon-kitchen.ts'
import { accept, cancel, MINUTE, reject } from '../support/ordering.ts'
import { guest, orderOf, OWNER, STAFF } from '../support/restaurant.ts'

const PEOPLE: readonly Asker[] = [member('ana'), member('ben'), member('ana', 'tablet'), guest('g')]
const CODES = ['SCARCE', 'WIDE', 'SHORT'] as const

type Act =
  | { kind: 'claim'; who: number; code: number }
  | { kind: 'order'; who: number; codes: readonly number[] }
  | { kind: 'pay' | 'cancel' | 'reject' | 'accept' | 'refund'; which: number }
  | { kind: 'edit'; code: number; changes: Partial<CouponTerms> }
  | { kind: 'pass'; minutes: number }
  | { kind: 'evict' }

const which = fc.nat(9)
const ACTS: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('claim'), who: fc.nat(3), code: fc.nat(2) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('order'),
      who: fc.nat(3),
      codes: fc.subarray([0, 1, 2], { minLength: 1 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('pay', 'pay', 'cancel', 'reject', 'accept', 'refund'),
      which,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('edit'),
      code: fc.nat(2),
      changes: fc.oneof(
        fc.record({ totalQuantity: fc.integer({ min: 1, max: 8 }) }),
        fc.record({ perUserLimit: fc.integer({ min: 4, max: 5 }) }),
        fc.record({ active: fc.boolean() }),
        fc.record({ value: fc.constantFrom(1, 50, 100) }),
        fc.record({ endsAt: fc.constantFrom(null, Date.UTC(2026, 10, 20, 3, 20)) }),
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pass'), minutes: fc.nat(12) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('evict') }) },
)

async function openHistory() {
  const settings = { maxUnpaidPerGuest: 100, acceptDeadlineSeconds: 600 }
  const kitchen = await openCouponKitchen(
    { code: 'SCARCE', totalQuantity: 3, stackable: true, perUserLimit: 2 },
    settings,
  )
  const ids = [
    kitchen.coupon.id,
    (await kitchen.created({ code: 'WIDE', stackable: true, forGuests: true, perUserLimit: 4 })).id,
    (
      await kitchen.created({
        code: 'SHORT',
        stackable: true,
        endsAt: kitchen.restaurant.now() + 25 * MINUTE,
      })
    ).id,
  ]
  const orders: { order: OrderState; asker: Asker }[] = []
  return { kitchen, ids, orders }
}

type History = Awaited<ReturnType<typeof openHistory>>

async function act({ kitchen, ids, orders }: History, one: Act): Promise<void> {
  const { restaurant } = kitchen
  switch (one.kind) {
    case 'claim':
      await kitchen.claim(PEOPLE[one.who]!, CODES[one.code])
      return
    case 'order': {
      const asker = PEOPLE[one.who]!
      const codes = one.codes.map((code) => CODES[code]!)
      const placed = await restaurant.execute(
        asker,
        orderOf([{ itemId: kitchen.item.id, quantity: 1 }], { couponCodes: codes }),
      )
      if (placed.ok) orders.push({ order: placed.value.order, asker })
      return
    }
    case 'edit':
      await kitchen.edit({ ...one.changes }, ids[one.code])
      return
    case 'pass':
      await kitchen.later(one.minutes * MINUTE)
      return
    case 'evict':
      await restaurant.evict()
      return
    case 'pay':
    case 'cancel':
    case 'reject':
    case 'accept':
    case 'refund':
      await actOn(kitchen, one.kind, orders[one.which % Math.max(1, orders.length)])
  }
}

async function actOn(
  kitchen: CouponKitchen,
  kind: Extract<Act, { which: number }>['kind'],
  placed: { order: OrderState; asker: Asker } | undefined,
): Promise<void> {
  if (placed === undefined) return
  const { order, asker } = placed
  const { restaurant } = kitchen
  const ask = (command: Parameters<typeof restaurant.execute>[1]) =>
    restaurant.execute(kind === 'cancel' ? asker : kind === 'refund' ? OWNER : STAFF, command)
  if (kind === 'cancel') await ask(cancel(order.id))
  if (kind === 'reject') await ask(reject(order.id))
  if (kind === 'accept') await ask(accept(order.id))
  if (kind === 'refund')
    await ask({ type: 'request-refund', orderId: order.id, amount: null, reason: '환불' })
  if (kind !== 'pay') return
  const { status, paymentStatus } = (await kitchen.view(order)).order
  if (status === 'PENDING' && paymentStatus === 'UNPAID') await kitchen.paid(order, asker)
}

describe('coupons through any history', () => {
  it('are never more than there are, and their counts, orders and events agree', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(ACTS, { minLength: 5, maxLength: 25 }), async (acts) => {
        const history = await openHistory()
        for (const one of acts) {
          history.kitchen.restaurant.passes(1)
          await act(history, one)
          await expectCouponsInOrder(history.kitchen)
        }
        await history.kitchen.later(60 * MINUTE)
        await expectCouponsInOrder(history.kitchen)
      }),
      { numRuns: 15 },
    )
  }, 120_000)
})
