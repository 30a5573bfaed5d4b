import { runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import { SYSTEM } from '../../src/domain/actor.ts'
import type { ClaimMove } from '../../src/domain/coupon/coupon.ts'
import type { OrderState } from '../../src/domain/order/order.ts'
import {
  expectCouponsInOrder,
  member,
  openCouponKitchen,
  type CouponKitchen,
} from '../support/coupon-kitchen.ts'
import { accept, cancel, EVERY_WAY, HOUR, MINUTE, POSTPAID, reject } from '../support/ordering.ts'
import { many } from '../support/paying.ts'
import { orderOf, OWNER, STAFF } from '../support/restaurant.ts'

const ANA = member('ana')
const BEN = member('ben')
const movesOf = ({ history }: { history: readonly ClaimMove[] }) => history.map(({ to }) => to)

describe('a coupon is used', () => {
  const ways: [string, (kitchen: CouponKitchen) => Promise<OrderState>][] = [
    [
      'when a card has paid',
      async (kitchen) => {
        const order = await kitchen.placeWith(ANA)
        await kitchen.paid(order, ANA)
        return order
      },
    ],
    [
      'when the deposit is in',
      async (kitchen) => {
        const { order, deposit } = await kitchen.restaurant.done(
          ANA,
          orderOf([{ itemId: kitchen.item.id, quantity: 1 }], {
            couponCodes: ['WELCOME'],
            paymentMethod: 'DEPOSIT',
            payerName: '아나',
          }),
        )
        await kitchen.restaurant.done(STAFF, {
          type: 'report-deposit',
          paymentId: deposit!.id,
          amount: 16_200,
        })
        return order
      },
    ],
    [
      'when the points are taken',
      async (kitchen) => {
        const { order, points } = await kitchen.restaurant.done(
          ANA,
          orderOf([{ itemId: kitchen.item.id, quantity: 1 }], {
            couponCodes: ['WELCOME'],
            paymentMethod: 'POINTS',
          }),
        )
        expect(await kitchen.only()).toMatchObject({ status: 'HELD' })
        await kitchen.settle(points!, points!.attemptId!)
        return order
      },
    ],
    [
      'when the last of several payments is in',
      async (kitchen) => {
        const { order, points } = await kitchen.restaurant.done(
          ANA,
          orderOf([{ itemId: kitchen.item.id, quantity: 1 }], {
            couponCodes: ['WELCOME'],
            pointsAmount: 6_200,
          }),
        )
        await kitchen.settle(points!, points!.attemptId!)
        expect(await kitchen.only()).toMatchObject({ status: 'HELD' })
        const payment = await kitchen.opened(order, ANA, 10_000)
        await kitchen.settle(payment, await kitchen.claimed(payment, ANA))
        return order
      },
    ],
    [
      'when a table settles at the counter',
      async (kitchen) => {
        await kitchen.restaurant.done(OWNER, { type: 'edit-restaurant', changes: POSTPAID })
        const order = await kitchen.place(ANA, 1, {
          couponCodes: ['WELCOME'],
          paymentMethod: 'COUNTER',
        })
        await kitchen.restaurant.done(STAFF, accept(order.id))
        expect(await kitchen.only()).toMatchObject({ status: 'HELD' })
        for (const amount of [6_200, 10_000]) await settled(kitchen, order, amount)
        return order
      },
    ],
    [
      'when what was taken out leaves nothing to pay',
      async (kitchen) => {
        await kitchen.restaurant.done(OWNER, { type: 'edit-restaurant', changes: POSTPAID })
        const order = await kitchen.place(ANA, 2, {
          couponCodes: ['WELCOME'],
          paymentMethod: 'COUNTER',
        })
        await settled(kitchen, order, 20_000)
        expect(await kitchen.only()).toMatchObject({ status: 'HELD' })
        const unavailableLines = [{ lineId: order.lines[0]!.id, quantity: 1 }]
        await kitchen.restaurant.done(STAFF, accept(order.id, { unavailableLines }))
        return order
      },
    ],
  ]
  it.each(ways)('%s', async (_, pay) => {
    const kitchen = await openCouponKitchen({}, EVERY_WAY)
    const order = await pay(kitchen)
    expect(await kitchen.only()).toMatchObject({ status: 'USED', orderId: order.id })
    expect(movesOf(await kitchen.only())).toEqual(['CLAIMED', 'HELD', 'USED'])
    expect(await kitchen.coupons()).toMatchObject({ claimed: 1, held: 0, used: 1 })
    await expectCouponsInOrder(kitchen)
  })

  const settled = ({ restaurant }: CouponKitchen, order: OrderState, amount: number) =>
    restaurant.done(STAFF, {
      type: 'settle-order',
      orderId: order.id,
      amount,
      by: 'CASH',
      note: null,
    })

  it('at once when it makes the order free', async () => {
    const kitchen = await openCouponKitchen({ value: 100 })
    const order = await kitchen.placeWith(ANA)
    expect(order).toMatchObject({ totalAmount: 0, paymentStatus: 'PAID', expiresAt: null })
    expect(await kitchen.only()).toMatchObject({ status: 'USED', orderId: order.id })
    await kitchen.restaurant.done(STAFF, accept(order.id))
    await expectCouponsInOrder(kitchen)
  })

  it('once, however often the money is told of', async () => {
    const kitchen = await openCouponKitchen()
    const order = await kitchen.placeWith(ANA)
    const payment = await kitchen.opened(order, ANA)
    const attempt = await kitchen.claimed(payment, ANA)
    await Promise.all(many(20).map(() => kitchen.settle(payment, attempt)))
    expect(movesOf(await kitchen.only())).toEqual(['CLAIMED', 'HELD', 'USED'])
    expect(await kitchen.coupons()).toMatchObject({ used: 1 })
  })

  it('not by money that comes after the order’s end', async () => {
    const kitchen = await openCouponKitchen()
    const order = await kitchen.placeWith(ANA)
    const payment = await kitchen.opened(order, ANA)
    await kitchen.restaurant.done(ANA, cancel(order.id))
    await kitchen.lookedUp(payment, {
      kind: 'found',
      state: 'CAPTURED',
      providerKey: `key-${payment.id}`,
      amount: 16_200,
      currency: 'KRW',
      refundedAmount: 0,
      refunds: [],
      account: null,
      disputed: false,
      failure: null,
    })
    expect((await kitchen.view(order)).payments[0]).toMatchObject({ status: 'CAPTURED' })
    expect(await kitchen.only()).toMatchObject({ status: 'CLAIMED' })
    await expectCouponsInOrder(kitchen)
  })

  it('and stays used when money goes back after the kitchen took the order', async () => {
    const kitchen = await openCouponKitchen()
    const order = await kitchen.placeWith(ANA)
    await kitchen.paid(order, ANA)
    await kitchen.restaurant.done(STAFF, accept(order.id))
    await kitchen.restaurant.done(OWNER, {
      type: 'request-refund',
      orderId: order.id,
      amount: null,
      reason: '맛이 없어요',
    })
    expect(await kitchen.only()).toMatchObject({ status: 'USED' })
  })
})

describe('a coupon is given back', () => {
  const paid = async (kitchen: CouponKitchen, order: OrderState) => {
    await kitchen.paid(order, ANA)
  }
  const ends: [string, (kitchen: CouponKitchen, order: OrderState) => Promise<unknown>][] = [
    ['cancelled unpaid', ({ restaurant }, order) => restaurant.done(ANA, cancel(order.id))],
    [
      'cancelled after it was paid',
      async (kitchen, order) => {
        await paid(kitchen, order)
        await kitchen.restaurant.done(ANA, cancel(order.id))
      },
    ],
    [
      'rejected',
      async (kitchen, order) => {
        await paid(kitchen, order)
        await kitchen.restaurant.done(STAFF, reject(order.id))
      },
    ],
    [
      'not accepted in time',
      async (kitchen, order) => {
        await paid(kitchen, order)
        await kitchen.later(HOUR)
      },
    ],
    ['not paid in time', (kitchen) => kitchen.later(15 * MINUTE)],
    [
      'voided with its table after it was accepted',
      async (kitchen, { id }) => {
        const { restaurant } = kitchen
        const table = await restaurant.done(OWNER, { type: 'create-table', name: 'A1' })
        const order = await kitchen.place(BEN, 1, {
          table: { id: table.id },
          couponCodes: ['WELCOME'],
        })
        await kitchen.paid(order, BEN)
        await restaurant.done(STAFF, accept(order.id))
        expect(await kitchen.coupons()).toMatchObject({ held: 1, used: 1 })
        await restaurant.done(STAFF, { type: 'reset-table', tableId: table.id, force: 'refund' })
        await restaurant.done(ANA, cancel(id))
      },
    ],
  ]

  it.each(ends)('when its order is %s', async (_, end) => {
    const kitchen = await openCouponKitchen({}, { tableAccess: 'OPEN' })
    const order = await kitchen.placeWith(ANA)
    await end(kitchen, order)
    for (const claim of await kitchen.claims()) {
      expect(claim).toMatchObject({ status: 'CLAIMED', orderId: null })
      expect(movesOf(claim).at(-1)).toBe('RELEASED')
    }
    expect(await kitchen.coupons()).toMatchObject({ held: 0, used: 0 })
    await expectCouponsInOrder(kitchen)
    // It is free for the next order.
    await kitchen.placeWith(ANA)
    await expectCouponsInOrder(kitchen)
  })

  it('when its points are refused', async () => {
    const kitchen = await openCouponKitchen({}, EVERY_WAY)
    const { order, points } = await kitchen.restaurant.done(
      ANA,
      orderOf([{ itemId: kitchen.item.id, quantity: 1 }], {
        couponCodes: ['WELCOME'],
        paymentMethod: 'POINTS',
      }),
    )
    const failure = { code: 'INSUFFICIENT_POINTS', message: '' }
    await kitchen.settle(points!, points!.attemptId!, { kind: 'refused', failure })
    expect((await kitchen.view(order)).order.status).toBe('CANCELLED')
    expect(await kitchen.only()).toMatchObject({ status: 'CLAIMED' })
  })

  it('and has ended when the coupon has meanwhile', async () => {
    const kitchen = await openCouponKitchen({ endsAt: Date.UTC(2026, 10, 20, 3, 5) })
    await kitchen.placeWith(ANA)
    await kitchen.later(10 * MINUTE)
    expect(await kitchen.only()).toMatchObject({ status: 'HELD' })
    await kitchen.later(5 * MINUTE)
    expect(await kitchen.only()).toMatchObject({ status: 'EXPIRED', orderId: null })
    expect(movesOf(await kitchen.only())).toEqual(['CLAIMED', 'HELD', 'RELEASED', 'EXPIRED'])
    await expectCouponsInOrder(kitchen)
  })

  it('once: the end of its first order does not take it from its second', async () => {
    const kitchen = await openCouponKitchen()
    const first = await kitchen.placeWith(ANA)
    await kitchen.restaurant.done(ANA, cancel(first.id))
    const second = await kitchen.placeWith(ANA)
    await kitchen.restaurant.execute(ANA, cancel(first.id))
    expect(await kitchen.only()).toMatchObject({ status: 'HELD', orderId: second.id })
  })
})

describe('what has come of a coupon', () => {
  it('is counted from claims and orders', async () => {
    const kitchen = await openCouponKitchen({ perUserLimit: 5, totalQuantity: 10 })
    const { restaurant, item } = kitchen
    await kitchen.claim(ANA)
    const [first, second] = [await kitchen.placeWith(ANA), await kitchen.placeWith(BEN)]
    const third = await kitchen.placeWith(member('cho'), ['WELCOME'], 2)
    await kitchen.placeWith(member('dan'))
    await kitchen.claim(member('eva'))
    await restaurant.done(BEN, cancel(second.id))
    restaurant.passes(5)
    await kitchen.paid(first, ANA)
    const firstUsedAt = restaurant.now()
    restaurant.passes(5)
    await kitchen.paid(third, member('cho'))
    // Without a coupon: none of its revenue.
    await kitchen.paid(await kitchen.place(ANA), ANA)
    await restaurant.done(OWNER, {
      type: 'request-refund',
      orderId: third.id,
      amount: 1_000,
      reason: '늦었어요',
    })
    expect(item.price).toBe(18_000)
    expect(await kitchen.stats()).toMatchObject({
      claimed: 5,
      free: 2,
      held: 1,
      used: 2,
      expired: 0,
      released: 1,
      left: 5,
      discountAmount: 5_400,
      revenueAmount: 48_600,
      firstUsedAt,
      lastUsedAt: firstUsedAt + 5,
    })
  })

  it('is nothing at first', async () => {
    const { stats, coupon } = await openCouponKitchen()
    expect(await stats()).toEqual({
      coupon,
      ...{ claimed: 0, free: 0, held: 0, used: 0, expired: 0, released: 0, left: 100 },
      ...{ discountAmount: 0, revenueAmount: 0, firstUsedAt: null, lastUsedAt: null },
    })
  })
})

describe('a transaction that is rolled back', () => {
  it('leaves neither claim nor count, in the rows or in memory', async () => {
    const kitchen = await openCouponKitchen()
    await kitchen.tamper(
      `CREATE TRIGGER no_orders BEFORE INSERT ON orders BEGIN SELECT RAISE(ABORT, 'cut'); END`,
    )
    await expect(kitchen.placeWith(ANA)).rejects.toThrow('cut')
    await kitchen.tamper('DROP TRIGGER no_orders')
    expect(await kitchen.claims()).toEqual([])
    expect(await kitchen.coupons()).toEqual(kitchen.coupon)
    await kitchen.placeWith(ANA)
    await expectCouponsInOrder(kitchen)
  })

  it('never counts beyond what there is, whoever writes', async () => {
    const { restaurant } = await openCouponKitchen({ totalQuantity: 1 })
    for (const wrong of ['claimed = 2', 'held = 1', 'used = -1'])
      await runInDurableObject(restaurant.stub(), (_, { storage: { sql } }) => {
        expect(() => sql.exec(`UPDATE coupons SET ${wrong}`)).toThrow('CHECK')
      })
    expect(await restaurant.read(SYSTEM, { type: 'coupons', limit: 1, before: null })).toHaveLength(
      1,
    )
  })
})
