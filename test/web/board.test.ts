import { describe, expect, it } from 'vitest'
import { cardsOf, inColumn } from '../../web/board/columns.ts'
import { dueOf, hold, isHeld, type HeldTap, type Tap } from '../../web/board/commands.ts'
import { markOf } from '../../web/board/sold-out.ts'
import type { Order } from '../../web/board/state.ts'

const order = (more: Partial<Order>): Order =>
  ({
    order_id: '1',
    status: 'PENDING',
    payment_policy: 'PREPAID',
    allowed_actions: ['accept', 'reject'],
    rings: true,
    ...more,
  }) as Partial<Order> as Order
const accept: Tap = { kind: 'accept', orderId: '1', minutes: 15, message: null, out: [] }
const held = (tap: Tap, goesAt: number, key = `${tap.kind} ${goesAt}`): HeldTap => ({
  key,
  tap,
  goesAt,
})

describe('where an order stands on the board', () => {
  it.each([
    ['PENDING', 'PREPAID', ['reject'], 'waiting'],
    ['PENDING', 'PREPAID', ['accept', 'reject'], 'new'],
    ['PENDING', 'POSTPAID', ['accept', 'reject'], 'new'],
    ['ACCEPTED', 'PREPAID', ['ready'], 'cooking'],
    ['READY', 'PREPAID', ['complete'], 'ready'],
    ['COMPLETED', 'PREPAID', [], null],
    ['REJECTED', 'PREPAID', [], null],
    ['CANCELLED', 'PREPAID', [], null],
    ['EXPIRED', 'PREPAID', [], null],
  ] as const)('%s, %s, may %j: %s', (status, policy, may, column) => {
    const [card] = cardsOf(
      [order({ status, payment_policy: policy, allowed_actions: [...may] })],
      [],
    )
    expect(card?.column).toBe(column)
  })

  it.each([
    [accept, 'cooking'],
    [{ kind: 'reject', orderId: '1', reason: 'x', soldOutItemIds: [] }, null],
    [{ kind: 'ready', orderId: '1' }, 'ready'],
    [{ kind: 'complete', orderId: '1' }, null],
    [{ kind: 'acknowledge', orderId: '1' }, 'new'],
    [{ kind: 'accept', orderId: '2', minutes: 5, message: null, out: [] }, 'new'],
    [{ kind: 'resume' }, 'new'],
  ] as [Tap, string | null][])('after %j was tapped here: %s', (tap, column) => {
    const [card] = cardsOf([order({})], [tap])
    expect(card?.column).toBe(column)
  })

  it('is the last of several taps’', () => {
    const [card] = cardsOf([order({})], [accept, { kind: 'ready', orderId: '1' }])
    expect(card?.column).toBe('ready')
    expect(card?.pending).toBe('ready')
  })

  it('is among the oldest first', () => {
    const cards = cardsOf([order({ order_id: 'b' }), order({ order_id: 'a' })], [])
    expect(inColumn(cards, 'new').map((card) => card.order.order_id)).toEqual(['a', 'b'])
  })
})

describe('ringing', () => {
  it.each([
    ['rings until somebody has seen it', true, [], true],
    ['is silent once it was seen anywhere', false, [], false],
    ['is silent once anything was tapped about it here, line or no line', true, [accept], false],
    ['goes on for a tap about another', true, [{ kind: 'resume' }], true],
  ] as [string, boolean, Tap[], boolean][])('%s', (_, rings, taps, expected) => {
    expect(cardsOf([order({ rings })], taps)[0]?.rings).toBe(expected)
  })
})

describe('thinking better of a tap', () => {
  it('is possible for what an order’s guest would hear of', () => {
    expect(isHeld(accept)).toBe(true)
    expect(isHeld({ kind: 'complete', orderId: '1' })).toBe(true)
    expect(isHeld({ kind: 'acknowledge', orderId: '1' })).toBe(false)
    expect(isHeld({ kind: 'pause', until: null })).toBe(false)
  })

  it('ends when its time has come, in the order of the taps', () => {
    const taps = [held(accept, 100), held({ kind: 'ready', orderId: '2' }, 200)]
    expect(dueOf(taps, 99)).toEqual({ due: [], waits: taps })
    expect(dueOf(taps, 100)).toEqual({ due: [taps[0]], waits: [taps[1]] })
    expect(dueOf(taps, 500)).toEqual({ due: taps, waits: [] })
  })

  it('lets a second tap on the order take the place of the first', () => {
    const first = held(accept, 100)
    const other = held({ kind: 'ready', orderId: '2' }, 100)
    const second = held({ kind: 'reject', orderId: '1', reason: 'x', soldOutItemIds: [] }, 150)
    expect(hold([first, other], second)).toEqual([other, second])
  })
})

describe('how a dish is marked', () => {
  const sold = (itemId: string, soldOut: boolean, until: string | null = null): Tap => ({
    kind: 'sold-out',
    itemId,
    soldOut,
    until,
  })
  const onSale = { id: 'a', sold_out: false, sold_out_until: null }
  const today = { id: 'a', sold_out: true, sold_out_until: '2026-11-20T20:00:00Z' }
  it.each([
    ['as the restaurant has it', onSale, [], [], [false, null, false]],
    ['until then', today, [], [], [true, today.sold_out_until, false]],
    ['as it was tapped', onSale, [], [sold('a', true, 'x')], [true, 'x', true]],
    ['as tapped last', onSale, [], [sold('a', true), sold('a', false)], [false, null, true]],
    ['as heard since it was read', today, [sold('a', false)], [], [false, null, false]],
    ['as tapped since', today, [sold('a', false)], [sold('a', true)], [true, null, true]],
    [
      'whatever is said of others',
      onSale,
      [sold('b', true)],
      [sold('b', true)],
      [false, null, false],
    ],
  ] as const)('%s', (_, item, told, waiting, [soldOut, until, sending]) => {
    expect(markOf(item, told, waiting)).toEqual({ soldOut, until, sending })
  })
})
