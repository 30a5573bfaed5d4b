import { describe, expect, it } from 'vitest'
import type { EventType, Subject } from '../../../src/domain/events.ts'
import { FEED_EVENT_TYPES, feedEventOf } from '../../../src/domain/outgoing/feed-event.ts'
import type { CouponState } from '../../../src/domain/coupon/coupon.ts'
import { aCoupon } from '../../support/coupons.ts'
import { anItem, anOrder, aPayment, aRefund, aRestaurant, NOW } from '../../support/orders.ts'

const shown = (type: EventType, subject: Subject) => feedEventOf({ type, subject, at: NOW })

const ORDER = anOrder({
  userId: 'an-account',
  sessionId: 'a-session',
  visitId: 'a-visit',
  specialRequests: '010-1234-5678로 전화',
})
const PAYMENT = aPayment({
  method: 'DEPOSIT',
  status: 'AWAITING',
  payerName: '김철수',
  providerKey: 'key-of-provider',
})
const REFUND = aRefund({ status: 'DONE', reason: '김철수 님 요청', requestedBy: 'staff-session' })
const order: Subject = { kind: 'order', order: ORDER, payments: [PAYMENT], refunds: [REFUND] }

const ITEM = anItem({ soldOut: true })
const item: Subject = { kind: 'item', item: ITEM }
const restaurant: Subject = {
  kind: 'restaurant',
  restaurant: aRestaurant({
    depositAccount: { bank: '국민', accountNo: '1', holder: '홍길동' },
  }),
}
const category = { id: 'category', name: '메인', names: {}, position: 1, deleted: false }

const coupon = (changes: Partial<CouponState>): Subject => ({
  kind: 'coupon',
  coupon: aCoupon({ totalQuantity: 10, claimed: 3, ...changes }),
})

describe('what of an order is shown outside', () => {
  it.each([
    'NEW_ORDER',
    'STATUS_CHANGED',
    'PAYMENT_COMPLETED',
    'PAYMENT_CHANGED',
    'REFUND_CHANGED',
  ] as const)('%s carries the order whole', (type) => {
    const event = shown(type, order)
    expect(event).toMatchObject({
      type,
      data: {
        order: { order_id: ORDER.id, status: 'PENDING', total_amount: 18_000 },
        payments: [{ id: 'payment-1', method: 'DEPOSIT', status: 'WAITING_FOR_DEPOSIT' }],
        refunds: [{ id: 'refund-1', payment_id: 'payment-1', amount: 18_000, status: 'DONE' }],
      },
    })
  })

  it('tells the account, and nothing else of a person', () => {
    const text = JSON.stringify(shown('NEW_ORDER', order))
    expect(text).toContain('an-account')
    for (const hidden of ['a-session', 'a-visit', '010-1234', '김철수', 'key-of', 'staff-session'])
      expect(text).not.toContain(hidden)
  })

  it('does not say what one asker may do, or what a board rings for', () => {
    const { order: data } = shown('NEW_ORDER', order)!.data as { order: object }
    for (const name of ['allowed_actions', 'rings', 'unseen_since', 'acknowledged_at'])
      expect(data).not.toHaveProperty(name)
  })

  it.each(['ORDER_UNSEEN', 'ORDER_ACKNOWLEDGED'] as const)('%s stays inside', (type) => {
    expect(shown(type, order)).toBeNull()
  })
})

describe('what else is shown outside', () => {
  it.each(['MENU_CHANGED', 'SOLD_OUT', 'STOCK_LOW', 'STOCK_ENOUGH'] as const)(
    '%s carries the item',
    (type) => {
      expect(shown(type, item)).toMatchObject({
        type,
        data: { item: { id: ITEM.id, name: ITEM.name, is_available: false, deleted: false } },
      })
    },
  )

  it('shows categories, and parts of a menu that changed at once', () => {
    const data = { id: 'category', name: '메인', names: {}, position: 1, deleted: false }
    expect(shown('MENU_CHANGED', { kind: 'category', category })?.data).toEqual({ category: data })
    const menu: Subject = { kind: 'menu', categories: [category], items: [ITEM] }
    expect(shown('MENU_CHANGED', menu)?.data).toMatchObject({
      categories: [data],
      items: [{ id: ITEM.id }],
    })
  })

  it('shows of a restaurant what is public', () => {
    const event = shown('RESTAURANT_CHANGED', restaurant)
    expect(event?.data).toMatchObject({ restaurant: { name: '맛있는 치킨집', open: true } })
    expect(JSON.stringify(event)).not.toContain('홍길동')
  })

  it('shows of a coupon its terms and its last claim, not every claim', () => {
    expect(shown('COUPON_CHANGED', coupon({ changedAt: NOW }))?.data).toMatchObject({
      coupon: { code: 'WELCOME', claimed: 3, total_quantity: 10 },
    })
    expect(shown('COUPON_CHANGED', coupon({ claimed: 10 }))).not.toBeNull()
    expect(shown('COUPON_CHANGED', coupon({ claimed: 4 }))).toBeNull()
  })

  it.each<[EventType, Subject]>([
    ['TABLE_CHANGED', { kind: 'table', table: { id: 't', name: 'A1', deleted: false } }],
    ['VISIT_CHANGED', { kind: 'visit', visit: { id: 'v', tableId: 't', closed: true } }],
    ['DEPOSIT_UNMATCHED', { kind: 'deposit', deposit: {} as never }],
    ['COUPON_CLAIM_CHANGED', { kind: 'claim', claim: {} as never }],
  ])('%s stays inside', (type, subject) => {
    expect(shown(type, subject)).toBeNull()
    expect(FEED_EVENT_TYPES).not.toContain(type)
  })
})
