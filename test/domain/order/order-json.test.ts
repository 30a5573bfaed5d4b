import { describe, expect, it } from 'vitest'
import { orderJson } from '../../../src/domain/order/order-json.ts'
import { aLine, anAsker, anOrder, MINUTE, NOW, paid } from '../../support/orders.ts'

const IDLE = { capturing: false }
const order = anOrder({
  tableId: 'table-a1',
  tableName: 'A1',
  visitId: 'visit-1',
  expiresAt: NOW + 15 * MINUTE,
  lines: [
    aLine({
      quantity: 2,
      unavailableQuantity: 1,
      options: [
        {
          optionId: 'sauce',
          optionName: '소스',
          choiceId: 'soy',
          choiceName: '간장',
          priceDelta: 500,
        },
      ],
    }),
  ],
})

describe('an order as clients see it', () => {
  it('has its lines as ordered, with what was taken out', () => {
    expect(orderJson(order, IDLE, anAsker('GUEST')).items).toEqual([
      {
        line_id: 'line-1',
        menu_id: 'chicken',
        number: 1,
        name: '후라이드 치킨',
        options: [
          { option_id: 'sauce', name: '소스', choice_id: 'soy', choice: '간장', price_delta: 500 },
        ],
        unit_price: 18_000,
        quantity: 2,
        unavailable_quantity: 1,
        refunded_quantity: 0,
        total: 18_000,
        discount: 0,
      },
    ])
  })

  it('says what stands beside its lines', () => {
    expect(orderJson(order, IDLE, anAsker('GUEST'))).toMatchObject({
      subtotal_amount: 18_000,
      discount_amount: 0,
      packaging_fee_amount: 0,
      service_fee_amount: 0,
      tax_amount: 0,
      total_amount: 18_000,
      coupons: [],
    })
    const charges = {
      ...{ subtotalAmount: 18_000, discountAmount: 1_500, packagingFeeAmount: 500 },
      ...{ serviceFeeAmount: 0, serviceFeeBasisPoints: 0, taxAmount: 1_545, taxBasisPoints: 1_000 },
    }
    const discounted = anOrder({
      ...{ charges, totalAmount: 17_000 },
      lines: [aLine({ quantity: 2, unavailableQuantity: 1, discount: 3_000 })],
      coupons: [{ couponId: 'c1', claimId: 'k1', code: '가을', discount: 3_000 }],
    })
    expect(orderJson(discounted, IDLE, anAsker('GUEST'))).toMatchObject({
      subtotal_amount: 18_000,
      discount_amount: 1_500,
      packaging_fee_amount: 500,
      service_fee_amount: 0,
      tax_amount: 1_545,
      total_amount: 17_000,
      items: [{ total: 18_000, discount: 1_500 }],
      coupons: [{ code: '가을', discount: 3_000 }],
    })
  })

  it('tells times in UTC, and nothing where nothing happened', () => {
    expect(orderJson(order, IDLE, anAsker('GUEST'))).toMatchObject({
      placed_at: '2026-11-20T03:00:00.000Z',
      expires_at: '2026-11-20T03:15:00.000Z',
      accept_by: null,
      accepted_at: null,
      ended_at: null,
    })
  })

  it('names its table, or none for take-away', () => {
    const asker = anAsker('GUEST')
    expect(orderJson(order, IDLE, asker).table).toEqual({ id: 'table-a1', name: 'A1' })
    expect(orderJson(anOrder(), IDLE, asker).table).toBeNull()
  })

  it('shows each asker what that asker may do', () => {
    const guest = anAsker('GUEST')
    expect(orderJson(order, IDLE, guest).allowed_actions).toEqual(['cancel', 'pay'])
    expect(orderJson(order, { capturing: true }, guest).allowed_actions).toEqual([])
    const seen = orderJson(paid(order), IDLE, anAsker('STAFF'))
    expect(seen.allowed_actions).toEqual(['accept', 'reject', 'acknowledge'])
    expect(seen.rings).toBe(true)
  })

  it('names nobody: no session and no account', () => {
    const shown = JSON.stringify(
      orderJson(anOrder({ sessionId: 'phone-7', userId: 'minsu-7' }), IDLE, anAsker('OWNER')),
    )
    expect(shown).not.toContain('phone-7')
    expect(shown).not.toContain('minsu-7')
  })
})
