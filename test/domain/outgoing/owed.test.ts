import { describe, expect, it } from 'vitest'
import type { DomainEvent } from '../../../src/domain/events.ts'
import { ORDER_STATUSES, type OrderState } from '../../../src/domain/order/order.ts'
import { owedOf } from '../../../src/domain/outgoing/owed.ts'
import { linesOf } from '../../../src/domain/outgoing/lines.ts'
import { cardOf } from '../../../src/domain/outgoing/cards.ts'
import type { OrderData, OrderDataLine } from '../../../src/domain/outgoing/order-data.ts'

const RESTAURANT = '01930000-0000-8000-8000-0000000000aa'
const NOON = Date.UTC(2026, 10, 20, 3)

const event = (type: DomainEvent['type'], order: Partial<OrderState>): DomainEvent => ({
  ...{ id: 'event', restaurantId: RESTAURANT, epoch: 1, seq: 1, at: NOON, type, message: null },
  traceId: 'trace',
  subject: {
    kind: 'order',
    order: {
      ...{ id: 'order', lines: [], totalAmount: 0, placedAt: NOON, currency: 'KRW' },
      ...{ expiresAt: null, acceptBy: null, acceptedAt: null, estimatedReadyAt: null },
      ...{ readyAt: null, completedAt: null, endedAt: null, acknowledgedAt: null, tableId: null },
      ...order,
    } as unknown as OrderState,
    payments: [],
    refunds: [],
  },
})

const PREPAID = { paymentPolicy: 'PREPAID', status: 'PENDING', paymentStatus: 'PAID' } as const
const POSTPAID = { paymentPolicy: 'POSTPAID', paymentStatus: 'UNPAID' } as const

describe('what makes card and lines of an order due', () => {
  it.each<[string, DomainEvent['type'], Partial<OrderState>, boolean]>([
    ['prepaid, paid', 'PAYMENT_COMPLETED', PREPAID, true],
    ['prepaid, costs nothing', 'NEW_ORDER', PREPAID, true],
    ['prepaid, placed', 'NEW_ORDER', { ...PREPAID, paymentStatus: 'UNPAID' }, false],
    ['prepaid, accepted later', 'STATUS_CHANGED', { ...PREPAID, status: 'ACCEPTED' }, false],
    ['prepaid, a part paid', 'PAYMENT_CHANGED', { ...PREPAID, paymentStatus: 'PENDING' }, false],
    ['prepaid, paid when over', 'PAYMENT_COMPLETED', { ...PREPAID, status: 'EXPIRED' }, false],
    ['prepaid, paid back', 'REFUND_CHANGED', { ...PREPAID, paymentStatus: 'REFUNDED' }, false],
    ['postpaid, placed', 'NEW_ORDER', { ...POSTPAID, status: 'PENDING' }, false],
    ['postpaid, accepted', 'STATUS_CHANGED', { ...POSTPAID, status: 'ACCEPTED' }, true],
    ['postpaid, rejected', 'STATUS_CHANGED', { ...POSTPAID, status: 'REJECTED' }, false],
    ['postpaid, ready', 'STATUS_CHANGED', { ...POSTPAID, status: 'READY' }, false],
    ['postpaid, paid', 'PAYMENT_COMPLETED', { ...POSTPAID, status: 'COMPLETED' }, false],
  ])('%s', (_, type, order, isDue) => {
    expect(owedOf(event(type, order)).order !== null).toBe(isDue)
  })

  it('is never an order that has ended', () => {
    const due = ORDER_STATUSES.filter(
      (status) => owedOf(event('PAYMENT_COMPLETED', { ...PREPAID, status })).order !== null,
    )
    expect(due).toEqual(['PENDING', 'ACCEPTED', 'READY', 'COMPLETED'])
  })
})

describe('what is owed to subscribers', () => {
  it('is every event that is shown outside, and no other', () => {
    expect(owedOf(event('STATUS_CHANGED', PREPAID)).push).toEqual({
      ...{ eventId: 'event', eventType: 'STATUS_CHANGED' },
      ...{ restaurantId: RESTAURANT, orderId: 'order', traceId: 'trace' },
    })
    expect(owedOf(event('ORDER_UNSEEN', PREPAID))).toEqual({ push: null, order: null })
  })
})

const line = (changes: Partial<OrderDataLine> = {}): OrderDataLine => ({
  ...{ menu_id: 'chicken', name: '후라이드', options: [], unit_price: 18_000, quantity: 2 },
  ...{ unavailable_quantity: 0, discount: 0 },
  ...changes,
})
const data = (items: readonly OrderDataLine[]): OrderData => ({
  order: {
    ...{ order_id: 'order', order_number: 'A007', currency: 'KRW', total_amount: 36_000 },
    ...{ payment_method: 'CARD', table: { name: 'B2' }, user_id: 'member' },
    ...{ placed_at: '2026-11-20T03:00:00.000Z', items },
  },
})

describe('the lines of an order', () => {
  it('are what is made, at what it costs after the discount', () => {
    const cola = { menu_id: 'cola', unit_price: 2_000, quantity: 3, unavailable_quantity: 1 }
    const gone = line({ menu_id: 'gone', unavailable_quantity: 2 })
    expect(linesOf(data([line({ discount: 1_000 }), line(cola), gone]), RESTAURANT)).toEqual({
      order_id: 'order',
      restaurant_id: RESTAURANT,
      lines: [
        { menu_id: 'chicken', quantity: 2, amount: 35_000 },
        { menu_id: 'cola', quantity: 2, amount: 4_000 },
      ].map((made) => ({
        ...made,
        user_id: 'member',
        ordered_at: '2026-11-20T03:00:00.000Z',
      })),
    })
  })
})

describe('the card of an order', () => {
  const KOREAN = { name: '맛있는 치킨집', market: 'KR', timezone: 'Asia/Seoul' }

  it('tells number, table, lines, total and time as the restaurant counts them', () => {
    const half = [{ name: '맛', choice: '반반' }]
    expect(cardOf('id', data([line({ options: half })]), KOREAN)).toEqual({
      id: 'id',
      title: '[맛있는 치킨집] 새 주문 A007',
      lines: ['후라이드 (반반) × 2  ₩36,000'],
      facts: [
        { name: '테이블', value: 'B2' },
        { name: '합계', value: '₩36,000' },
        { name: '주문 시각', value: '2026-11-20 12:00' },
      ],
      at: NOON,
    })
  })

  it('is written in English elsewhere', () => {
    const card = cardOf('id', data([line()]), {
      ...{ name: 'Wings', market: 'US', timezone: 'America/New_York' },
    })
    expect(card.title).toBe('[Wings] New order A007')
    expect(card.facts[2]).toEqual({ name: 'Ordered at', value: '2026-11-19 22:00' })
  })

  it('cannot be made to say more lines than there are', () => {
    const forged = line({ name: 'cola × 1\n합계\u2028\u202e: 0' })
    const { lines } = cardOf('id', data([forged]), KOREAN)
    expect(lines).toHaveLength(1)
    expect(lines[0]).not.toMatch(/[\n\u2028\u202e]/)
  })

  it('names a number of lines, and how many more there are', () => {
    const { lines } = cardOf('id', data(Array.from({ length: 40 }, () => line())), KOREAN)
    expect(lines).toHaveLength(26)
    expect(lines.at(-1)).toBe('외 15개 항목')
  })
})
