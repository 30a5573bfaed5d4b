import { describe, expect, it } from 'vitest'
import type { Asker } from '../../../src/domain/actor.ts'
import type { Command } from '../../../src/domain/commands.ts'
import { placeOrder, type PlacingState } from '../../../src/domain/order/place.ts'
import type { RestaurantState, TableAccess } from '../../../src/domain/restaurant/settings.ts'
import {
  anAsker,
  anItem,
  aRestaurant,
  aTable,
  menuOf,
  MINUTE,
  NOW,
  SECOND,
} from '../../support/orders.ts'

const GUEST = anAsker('GUEST')
const SEATED = anAsker('GUEST', { visit: { visitId: 'visit-1', tableId: 'table-a1' } })
const CHICKEN = anItem({ stock: { itemId: 'chicken', level: 10, reserved: 7 } })
const COLA = anItem({ id: 'cola', number: 2, name: '콜라', price: 2_000 })
const WATER = anItem({ id: 'water', number: 3, name: '물', price: 0 })
const MENU = menuOf(CHICKEN, COLA, WATER)

type Input = Omit<Command<'place-order'>, 'type'>
interface Situation {
  restaurant?: Partial<RestaurantState>
  state?: Partial<PlacingState>
  command?: Partial<Input>
  asker?: Asker
}

const lines = (...wanted: [itemId: string, quantity: number][]) =>
  wanted.map(([itemId, quantity]) => ({ itemId, quantity, options: [] }))

function place({ restaurant, state, command, asker = GUEST }: Situation = {}) {
  const days: string[] = []
  const result = placeOrder(
    {
      restaurant: aRestaurant(restaurant),
      table: null,
      menu: MENU,
      unpaidOfGuest: 0,
      unpaidOfVisit: 0,
      coupons: [],
      ...state,
    },
    {
      type: 'place-order',
      table: null,
      lines: lines(['chicken', 2], ['cola', 1]),
      paymentMethod: 'CARD',
      expectedTotal: null,
      specialRequests: null,
      ...command,
    },
    asker,
    {
      orderId: 'order-1',
      lineIds: ['line-1', 'line-2', 'line-3'],
      claimId: () => 'claim-new',
      visitId: state?.table == null ? null : 'visit-1',
      dayNumber: (day) => days.push(day),
      now: NOW,
    },
  )
  return { result, days }
}

function placed(situation: Situation = {}) {
  const { result } = place(situation)
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result.value
}
function refusal(situation: Situation) {
  const { result } = place(situation)
  return result.ok ? null : result.refusal
}

describe('placing an order', () => {
  it('keeps what was ordered as it was then', () => {
    const { order } = placed({ command: { specialRequests: '덜 맵게' } })
    expect(order).toMatchObject({
      id: 'order-1',
      number: 'A001',
      businessDay: '2026-11-20',
      status: 'PENDING',
      currency: 'KRW',
      totalAmount: 38_000,
      placedAmount: 38_000,
      capturedAmount: 0,
      specialRequests: '덜 맵게',
      sessionId: GUEST.sessionId,
      userId: null,
      placedAt: NOW,
      acknowledgedAt: null,
    })
    expect(order.lines).toMatchObject([
      { id: 'line-1', itemId: 'chicken', unitPrice: 18_000, quantity: 2, total: 36_000 },
      { id: 'line-2', itemId: 'cola', unitPrice: 2_000, quantity: 1, unavailableQuantity: 0 },
    ])
  })

  it('holds the portions of counted items, and only of those', () => {
    expect(placed().stock).toEqual([{ itemId: 'chicken', level: 10, reserved: 9 }])
  })

  it('is a member’s by the account and by the session', () => {
    const asker = anAsker('CUSTOMER')
    expect(placed({ asker }).order).toMatchObject({
      sessionId: asker.sessionId,
      userId: asker.userId,
    })
  })

  it('takes its number from the restaurant’s business day, once', () => {
    const lateCutoff = { businessDayCutoffHour: 13 }
    expect(place({ restaurant: lateCutoff }).days).toEqual(['2026-11-19'])
  })

  it('takes no number when it is refused', () => {
    expect(place({ command: { expectedTotal: 1 } }).days).toEqual([])
  })

  it('waits for its money where payment comes first', () => {
    const expiresAt = NOW + 15 * MINUTE
    expect(placed({ restaurant: { unpaidHoldSeconds: 900 } }).order).toMatchObject({
      paymentPolicy: 'PREPAID',
      paymentStatus: 'UNPAID',
      expiresAt,
      firstExpiresAt: expiresAt,
      holdExtended: false,
      acceptBy: null,
    })
  })

  it('waits for the kitchen where payment comes after', () => {
    const restaurant = { paymentPolicy: 'POSTPAID', acceptDeadlineSeconds: 30 } as const
    expect(placed({ restaurant }).order).toMatchObject({
      paymentStatus: 'UNPAID',
      expiresAt: null,
      firstExpiresAt: null,
      acceptBy: NOW + 30 * SECOND,
    })
  })

  it('waits for nobody’s money when it costs nothing', () => {
    const restaurant = { acceptDeadlineSeconds: 30 }
    const { order } = placed({ restaurant, command: { lines: lines(['water', 2]) } })
    expect(order).toMatchObject({
      paymentStatus: 'PAID',
      totalAmount: 0,
      expiresAt: null,
      acceptBy: NOW + 30 * SECOND,
    })
  })
})

describe('placing an order at a table', () => {
  const table = aTable({ openVisitId: 'visit-1' })

  it('belongs to the table and its visit', () => {
    expect(placed({ state: { table } }).order).toMatchObject({
      tableId: 'table-a1',
      tableName: 'A1',
      visitId: 'visit-1',
    })
  })

  it('is take-away without one', () => {
    expect(placed().order).toMatchObject({ tableId: null, tableName: null, visitId: null })
  })

  const elsewhere = anAsker('GUEST', { visit: { visitId: 'visit-2', tableId: 'table-b1' } })
  const ACCESS: [TableAccess, string, Asker, string][] = [
    ['OPEN', 'a guest without a visit', GUEST, 'placed'],
    ['OPEN', 'a guest of the table', SEATED, 'placed'],
    ['OPEN', 'a guest of another table', elsewhere, 'placed'],
    ['SCAN', 'a guest without a visit', GUEST, 'SCAN_REQUIRED'],
    ['SCAN', 'a guest of the table', SEATED, 'placed'],
    ['SCAN', 'a guest of another table', elsewhere, 'SCAN_REQUIRED'],
    ['SCAN', 'a member without a visit', anAsker('CUSTOMER'), 'SCAN_REQUIRED'],
    ['SCAN', 'staff', anAsker('STAFF'), 'placed'],
    ['SEATED', 'a guest without a visit', GUEST, 'SCAN_REQUIRED'],
    ['SEATED', 'a guest of the table', SEATED, 'placed'],
    ['SEATED', 'a guest of another table', elsewhere, 'SCAN_REQUIRED'],
    ['SEATED', 'the owner', anAsker('OWNER'), 'placed'],
  ]

  it.each(ACCESS)('with access %s, by %s: %4$s', (tableAccess, _, asker, outcome) => {
    const restaurant = { tableAccess }
    expect(refusal({ restaurant, state: { table }, asker })?.kind ?? 'placed').toBe(outcome)
  })

  it('refuses everybody but staff while ordering at tables is off', () => {
    const off = { restaurant: { tableOrderingEnabled: false }, state: { table } }
    expect(refusal({ ...off, asker: SEATED })).toEqual({ kind: 'TABLE_ORDERING_DISABLED' })
    expect(refusal({ ...off, asker: anAsker('STAFF') })).toBeNull()
    expect(refusal({ restaurant: { tableOrderingEnabled: false } })).toBeNull()
  })
})

describe('placing an order for another total than the guest saw', () => {
  it('is refused with the quote as it is now', () => {
    expect(refusal({ command: { expectedTotal: 37_999 } })).toMatchObject({
      kind: 'PRICE_CHANGED',
      quote: { totalAmount: 38_000, menuVersion: 7, lines: [{}, {}] },
    })
  })

  it('is placed when the totals agree, or the guest saw none', () => {
    expect(refusal({ command: { expectedTotal: 38_000 } })).toBeNull()
    expect(refusal({ command: { expectedTotal: null } })).toBeNull()
  })

  it('is refused when the guest saw it cost nothing', () => {
    expect(refusal({ command: { expectedTotal: 0 } })).toMatchObject({ kind: 'PRICE_CHANGED' })
  })

  it('is refused when the guest saw a price and it costs nothing now', () => {
    const command = { lines: lines(['water', 1]), expectedTotal: 500 }
    expect(refusal({ command })).toMatchObject({ kind: 'PRICE_CHANGED' })
  })
})

describe('placing an order for more than there is', () => {
  it('sums the lines that draw on one item', () => {
    const command = { lines: lines(['chicken', 2], ['cola', 1], ['chicken', 2]) }
    expect(refusal({ command })).toEqual({
      kind: 'OUT_OF_STOCK',
      items: [{ itemId: 'chicken', name: '후라이드 치킨', available: 3 }],
    })
    const fits = { lines: lines(['chicken', 2], ['chicken', 1]) }
    expect(placed({ command: fits }).stock).toEqual([
      { itemId: 'chicken', level: 10, reserved: 10 },
    ])
  })

  it('names every item that is short and none that is there', () => {
    const menu = menuOf(CHICKEN, { ...COLA, soldOut: true }, WATER)
    const command = { lines: lines(['chicken', 4], ['cola', 1], ['water', 1]) }
    expect(refusal({ state: { menu }, command })).toEqual({
      kind: 'OUT_OF_STOCK',
      items: [
        { itemId: 'chicken', name: '후라이드 치킨', available: 3 },
        { itemId: 'cola', name: '콜라', available: 0 },
      ],
    })
  })

  it('does not sell what has left the menu since the guest saw it, and says what it was', () => {
    const menu = menuOf({ ...CHICKEN, deleted: true })
    expect(refusal({ state: { menu }, command: { lines: lines(['chicken', 1]) } })).toEqual({
      kind: 'OUT_OF_STOCK',
      items: [{ itemId: 'chicken', name: '후라이드 치킨', available: 0 }],
    })
  })

  it('does not sell what is marked sold out although portions are counted', () => {
    const menu = menuOf({ ...CHICKEN, soldOut: true })
    expect(refusal({ state: { menu }, command: { lines: lines(['chicken', 1]) } })).toMatchObject({
      kind: 'OUT_OF_STOCK',
      items: [{ available: 0 }],
    })
  })
})

describe('holding orders without paying', () => {
  const full = { unpaidOfGuest: 2, unpaidOfVisit: 6 }

  it('is capped per guest', () => {
    const restaurant = { maxUnpaidPerGuest: 2 }
    expect(refusal({ restaurant, state: { unpaidOfGuest: 1 } })).toBeNull()
    expect(refusal({ restaurant, state: { unpaidOfGuest: 2 } })).toEqual({
      kind: 'TOO_MANY_UNPAID_ORDERS',
      limit: 2,
      per: 'GUEST',
    })
  })

  it('is capped per visit', () => {
    const restaurant = { maxUnpaidPerVisit: 6 }
    expect(refusal({ restaurant, state: { unpaidOfVisit: 5 } })).toBeNull()
    expect(refusal({ restaurant, state: { unpaidOfVisit: 6 } })).toEqual({
      kind: 'TOO_MANY_UNPAID_ORDERS',
      limit: 6,
      per: 'VISIT',
    })
  })

  it('is not capped where payment comes after', () => {
    expect(refusal({ restaurant: { paymentPolicy: 'POSTPAID' }, state: full })).toBeNull()
  })

  it('does not count against an order that costs nothing', () => {
    expect(refusal({ state: full, command: { lines: lines(['water', 1]) } })).toBeNull()
  })
})

describe('placing an order with several things wrong', () => {
  const WRONG: [kind: string, wrong: Situation][] = [
    ['NOT_FOUND', { state: { table: undefined } }],
    ['RESTAURANT_CLOSED', { restaurant: { paused: true } }],
    [
      'TABLE_ORDERING_DISABLED',
      { restaurant: { tableOrderingEnabled: false }, state: { table: aTable() } },
    ],
    ['SCAN_REQUIRED', { restaurant: { tableAccess: 'SCAN' }, state: { table: aTable() } }],
    ['PAYMENT_METHOD_NOT_ACCEPTED', { command: { paymentMethod: 'COUNTER' } }],
    [
      'INVALID',
      {
        command: {
          lines: [
            { itemId: 'chicken', quantity: 1, options: [{ optionId: 'nothing', choice: 'x' }] },
          ],
        },
      },
    ],
    ['PRICE_CHANGED', { command: { expectedTotal: 1 } }],
    ['OUT_OF_STOCK', { command: { lines: lines(['chicken', 4]) } }],
    ['TOO_MANY_UNPAID_ORDERS', { state: { unpaidOfGuest: 2 } }],
  ]
  const both = (one: Situation, other: Situation): Situation => ({
    restaurant: { ...other.restaurant, ...one.restaurant },
    state: { ...other.state, ...one.state },
    command: { ...other.command, ...one.command },
  })

  it.each(WRONG)('refuses with %s what is wrong in that alone', (kind, wrong) => {
    expect(refusal(wrong)?.kind).toBe(kind)
  })

  it.each(WRONG.map(([kind, wrong], index) => [kind, wrong, WRONG.slice(index + 1)] as const))(
    'says %s before anything that comes later',
    (kind, wrong, later) => {
      for (const [other, situation] of later)
        expect(refusal(both(wrong, situation))?.kind, `with ${other}`).toBe(kind)
    },
  )

  it('says which payment methods are accepted', () => {
    const restaurant = { paymentMethods: ['COUNTER'] } as const
    expect(refusal({ restaurant })).toEqual({
      kind: 'PAYMENT_METHOD_NOT_ACCEPTED',
      accepted: ['COUNTER'],
    })
  })

  it('says what was not found', () => {
    expect(refusal({ state: { table: undefined } })).toEqual({ kind: 'NOT_FOUND', what: 'table' })
  })
})
