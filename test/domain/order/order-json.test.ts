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
      },
    ])
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
