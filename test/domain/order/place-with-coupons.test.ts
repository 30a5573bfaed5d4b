import { describe, expect, it } from 'vitest'
import { newClaim, type CouponOfHolder } from '../../../src/domain/coupon/claiming.ts'
import type { CouponState } from '../../../src/domain/coupon/coupon.ts'
import { asPlaced, placeOrder } from '../../../src/domain/order/place.ts'
import { aCoupon } from '../../support/coupons.ts'
import { anAsker, anItem, aRestaurant, menuOf, NOW } from '../../support/orders.ts'

const CHICKEN = anItem({ id: 'chicken', price: 18_000 })
const COLA = anItem({ id: 'cola', number: 2, name: '콜라', price: 2_000 })
const asker = anAsker('CUSTOMER')

/** Two chickens and a cola: 38,000. */
const place = (coupons: readonly CouponOfHolder[], expectedTotal: number | null = null) =>
  placeOrder(
    {
      restaurant: aRestaurant(),
      table: null,
      menu: menuOf(CHICKEN, COLA),
      unpaidOfGuest: 0,
      unpaidOfVisit: 0,
      coupons,
    },
    {
      type: 'place-order',
      table: null,
      lines: [
        { itemId: 'chicken', quantity: 2, options: [] },
        { itemId: 'cola', quantity: 1, options: [] },
      ],
      paymentMethod: 'CARD',
      expectedTotal,
      specialRequests: null,
    },
    asker,
    {
      orderId: 'order-1',
      lineIds: ['line-1', 'line-2'],
      claimId: () => 'claim-new',
      visitId: null,
      dayNumber: () => 1,
      now: NOW,
    },
  )

const placed = (coupons: readonly CouponOfHolder[], expectedTotal: number | null = null) => {
  const result = place(coupons, expectedTotal)
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result.value
}
const refusal = (coupons: readonly CouponOfHolder[], expectedTotal: number | null = null) => {
  const result = place(coupons, expectedTotal)
  return result.ok ? null : result.refusal
}
const held = (changes: Partial<CouponState> = {}): CouponOfHolder => ({
  coupon: aCoupon(changes),
  mine: [],
})

describe('an order with coupons', () => {
  it('has none of it without any', () => {
    expect(placed([])).toMatchObject({ coupons: [], order: { coupons: null, charges: null } })
  })

  it('keeps what each took off, by which claim, and each line’s share', () => {
    const mine = [newClaim(aCoupon(), asker, 'claim-old', 0)]
    const fixed = held({ code: 'OFF', kind: 'FIXED', value: 1_000, stackable: true })
    const { order, coupons } = placed([fixed, { coupon: aCoupon({ stackable: true }), mine }])
    expect(order).toMatchObject({
      totalAmount: 33_200,
      placedAmount: 33_200,
      charges: { subtotalAmount: 38_000, discountAmount: 4_800 },
      coupons: [
        { couponId: 'coupon-WELCOME', claimId: 'claim-old', code: 'WELCOME', discount: 3_800 },
        { couponId: 'coupon-OFF', claimId: 'claim-new', code: 'OFF', discount: 1_000 },
      ],
    })
    expect(order.lines.map(({ discount }) => discount)).toEqual([4_547, 253])
    expect(coupons.map(({ claim, claimId }) => [claim?.id ?? null, claimId])).toEqual([
      ['claim-old', 'claim-old'],
      [null, 'claim-new'],
    ])
  })

  it('shows the total after discount to who saw another', () => {
    expect(refusal([held()], 38_000)).toMatchObject({
      kind: 'PRICE_CHANGED',
      quote: { totalAmount: 34_200 },
    })
    expect(placed([held()], 34_200).order.totalAmount).toBe(34_200)
  })

  it('is paid when nothing is left to pay, and waits for nothing', () => {
    expect(placed([held({ value: 100 })]).order).toMatchObject({
      paymentStatus: 'PAID',
      totalAmount: 0,
      expiresAt: null,
    })
  })

  it('is refused with the first coupon that is', () => {
    expect(refusal([held({ minOrderAmount: 38_001 })])).toMatchObject({
      kind: 'COUPON_NOT_APPLICABLE',
      code: 'WELCOME',
      reason: 'BELOW_MIN_ORDER_AMOUNT',
      minOrderAmount: 38_001,
    })
  })

  it('bears five at most', () => {
    const some = (count: number) =>
      Array.from({ length: count }, (_, n) => held({ code: `C${n}`, stackable: true }))
    expect(refusal(some(6))).toEqual({
      kind: 'INVALID',
      errors: [{ field: 'coupon_codes', reason: 'too_big' }],
    })
    expect(placed(some(5)).coupons).toHaveLength(5)
  })

  it('answers its placing with them again, whatever has become of it', () => {
    const { order } = placed([held()])
    const later = { ...order, status: 'CANCELLED', paymentStatus: 'REFUNDED' } as const
    expect(asPlaced(later)).toEqual(order)
  })
})
