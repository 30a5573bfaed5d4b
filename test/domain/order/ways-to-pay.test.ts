import { describe, expect, it } from 'vitest'
import type { Command } from '../../../src/domain/commands.ts'
import { asPlaced, placeOrder } from '../../../src/domain/order/place.ts'
import type { RestaurantState } from '../../../src/domain/restaurant/settings.ts'
import {
  anAsker,
  anItem,
  anOrder,
  aLine,
  aRestaurant,
  menuOf,
  MINUTE,
  NOW,
} from '../../support/orders.ts'

const ACCOUNT = { bank: '신한은행', accountNo: '110-123-456789', holder: '맛있는 치킨집' }
const ALL: Partial<RestaurantState> = {
  paymentMethods: ['CARD', 'POINTS', 'DEPOSIT'],
  depositAccount: ACCOUNT,
  depositWindowSeconds: 90 * 60,
}

/** One dish at 18,000, ordered by a member unless said otherwise. */
function place(
  wish: Partial<Command<'place-order'>>,
  restaurant: Partial<RestaurantState> = ALL,
  role: 'CUSTOMER' | 'GUEST' = 'CUSTOMER',
) {
  const result = placeOrder(
    {
      restaurant: aRestaurant(restaurant),
      table: null,
      menu: menuOf(anItem()),
      unpaidOfGuest: 0,
      unpaidOfVisit: 0,
      coupons: [],
    },
    {
      type: 'place-order',
      table: null,
      lines: [{ itemId: 'chicken', quantity: 1, options: [] }],
      paymentMethod: 'CARD',
      expectedTotal: null,
      specialRequests: null,
      ...wish,
    },
    anAsker(role),
    {
      orderId: 'order-1',
      lineIds: ['l'],
      claimId: () => 'claim',
      visitId: null,
      dayNumber: () => 1,
      now: NOW,
    },
  )
  return result.ok ? result.value : result.refusal
}

describe('paying by points', () => {
  it.each([
    ['nothing of it', { paymentMethod: 'CARD' }, 0],
    ['a part', { paymentMethod: 'CARD', pointsAmount: 5_000 }, 5_000],
    ['all of it beside a card', { paymentMethod: 'CARD', pointsAmount: 18_000 }, 18_000],
    ['all of it', { paymentMethod: 'POINTS' }, 18_000],
    ['all of it, said twice', { paymentMethod: 'POINTS', pointsAmount: 18_000 }, 18_000],
  ] as const)('takes %s', (_, wish, points) => {
    expect(place(wish)).toMatchObject({ points, order: { paymentStatus: 'UNPAID' } })
  })

  it('is for accounts', () => {
    for (const wish of [{ paymentMethod: 'POINTS' }, { pointsAmount: 1 }] as const)
      expect(place(wish, ALL, 'GUEST')).toEqual({ kind: 'POINTS_NEED_ACCOUNT' })
  })

  it('is taken where the restaurant says so, in won', () => {
    const refused = { kind: 'PAYMENT_METHOD_NOT_ACCEPTED' }
    expect(place({ pointsAmount: 1 }, { paymentMethods: ['CARD'] })).toMatchObject(refused)
    expect(place({ pointsAmount: 1 }, { ...ALL, currency: 'USD' })).toMatchObject(refused)
  })

  it('takes no more than it costs', () => {
    expect(place({ paymentMethod: 'POINTS', pointsAmount: 1 })).toMatchObject({
      kind: 'INVALID',
      errors: [{ field: 'points_amount', reason: 'not_the_total' }],
    })
    expect(place({ pointsAmount: 18_001 })).toMatchObject({
      kind: 'INVALID',
      errors: [{ field: 'points_amount', reason: 'too_big' }],
    })
  })
})

describe('paying by deposit', () => {
  it('has its window whole from the start', () => {
    expect(place({ paymentMethod: 'DEPOSIT' })).toMatchObject({
      order: { expiresAt: NOW + 90 * MINUTE, holdExtended: true },
    })
  })

  it('needs an account to go to', () => {
    expect(place({ paymentMethod: 'DEPOSIT' }, { ...ALL, depositAccount: null })).toEqual({
      kind: 'PAYMENT_METHOD_NOT_ACCEPTED',
      accepted: ['CARD', 'POINTS'],
    })
  })
})

describe('an order as its placing answered it', () => {
  it('knows nothing of what became of it since', () => {
    const order = anOrder({ lines: [aLine({ quantity: 3 })], expiresAt: NOW, firstExpiresAt: NOW })
    const since = {
      ...order,
      status: 'ACCEPTED' as const,
      paymentStatus: 'PARTIALLY_REFUNDED' as const,
      capturedAmount: 54_000,
      refundedAmount: 36_000,
      totalAmount: 36_000,
      expiresAt: null,
      lines: [
        { ...aLine({ quantity: 3 }), total: 36_000, unavailableQuantity: 1, refundedQuantity: 1 },
      ],
    }
    expect(asPlaced(since)).toEqual({ ...order, unseenSince: null })
  })
})
