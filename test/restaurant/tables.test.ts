import { describe, expect, it } from 'vitest'
import type { Asker } from '../../src/domain/actor.ts'
import {
  guest,
  openRestaurantObject,
  orderOf,
  OWNER,
  STAFF,
  withItem,
} from '../support/restaurant.ts'

const POSTPAID = { paymentPolicy: 'POSTPAID', paymentMethods: ['COUNTER', 'CARD'] } as const

const named = (name: string | null) => ({ type: 'create-table', name }) as const

/** A postpaid restaurant with an item, a table, and a guest who has scanned it. */
async function seatedGuest(settings: object = {}) {
  const restaurant = await openRestaurantObject({ ...POSTPAID, tableAccess: 'SCAN', ...settings })
  const { item } = await withItem(restaurant)
  const table = await restaurant.done(OWNER, named('A1'))
  const scan = async (sessionId: string): Promise<Asker> => {
    const { visitId } = await restaurant.done(guest(sessionId), {
      type: 'join-visit',
      tableId: table.id,
      code: table.code,
    })
    return guest(sessionId, { visitId, tableId: table.id })
  }
  const order = async (asker: Asker, specialRequests: string | null = null) => {
    // Ids sort by time: the next order is a later one.
    restaurant.passes(1)
    const lines = [{ itemId: item.id, quantity: 1 }]
    const { order: placed } = await restaurant.done(
      asker,
      orderOf(lines, { paymentMethod: 'COUNTER', specialRequests }),
    )
    return placed
  }
  return { restaurant, item, table, scan, order, asker: await scan('minsu') }
}

describe('adding a table', () => {
  it('gives the name that was asked for, a code of its own, and tells the boards', async () => {
    const restaurant = await openRestaurantObject()
    const a1 = await restaurant.done(OWNER, named(' A1 '))
    const a2 = await restaurant.done(OWNER, named('A2'))
    expect(a1).toMatchObject({ name: 'A1', openVisitId: null })
    expect(a1.code).toMatch(/^[\w-]{22}$/)
    expect(a2.code).not.toBe(a1.code)
    const told = (await restaurant.events()).filter(({ type }) => type === 'TABLE_CHANGED')
    expect(told.map(({ subject }) => subject)).toEqual([
      { kind: 'table', table: { id: a1.id, name: 'A1', deleted: false } },
      { kind: 'table', table: { id: a2.id, name: 'A2', deleted: false } },
    ])
  })

  it('takes the first free T number when none was asked for', async () => {
    const restaurant = await openRestaurantObject()
    await restaurant.done(OWNER, named('T2'))
    for (const expected of ['T1', 'T3'])
      expect(await restaurant.done(OWNER, named(null))).toMatchObject({ name: expected })
  })

  it('refuses a name that a table has, and gives it again once that table is gone', async () => {
    const restaurant = await openRestaurantObject()
    const { id: tableId } = await restaurant.done(OWNER, named('A1'))
    expect(await restaurant.execute(OWNER, named('A1'))).toEqual({
      ok: false,
      refusal: { kind: 'TABLE_NAME_TAKEN', name: 'A1' },
    })
    await restaurant.done(OWNER, { type: 'delete-table', tableId })
    expect(await restaurant.done(OWNER, named('A1'))).not.toMatchObject({ id: tableId })
    expect(await restaurant.read(STAFF, { type: 'tables' })).toHaveLength(1)
  })

  it('adds one table for the same key, and refuses the key for another body', async () => {
    const restaurant = await openRestaurantObject()
    const key = { key: 'k', fingerprint: 'f' }
    const first = await restaurant.execute(OWNER, named('A1'), key)
    const again = await restaurant.execute(OWNER, named('A1'), key)
    expect(again).toEqual({ ...first, replayed: true })
    const other = await restaurant.execute(OWNER, named('B1'), { key: 'k', fingerprint: 'g' })
    expect(other).toEqual({ ok: false, refusal: { kind: 'IDEMPOTENCY_KEY_REUSED' } })
  })
})

describe('removing a table', () => {
  it('refuses while orders of its party are open', async () => {
    const { restaurant, table, order, asker } = await seatedGuest()
    const { id } = await order(asker)
    expect(await restaurant.execute(OWNER, { type: 'delete-table', tableId: table.id })).toEqual({
      ok: false,
      refusal: { kind: 'TABLE_HAS_OPEN_ORDERS', orderIds: [id] },
    })
  })

  it('ends the visit of those who sit there', async () => {
    const { restaurant, table, asker } = await seatedGuest()
    await restaurant.done(OWNER, { type: 'delete-table', tableId: table.id })
    expect(await restaurant.query(asker, { type: 'table', tableId: table.id })).toEqual({
      ok: false,
      refusal: { kind: 'VISIT_ENDED' },
    })
    const last = (await restaurant.events()).at(-1)
    expect(last?.subject).toEqual({
      kind: 'table',
      table: { id: table.id, name: 'A1', deleted: true },
    })
  })
})

describe('scanning a table', () => {
  it('puts the second guest into the visit of the first', async () => {
    const { scan, asker } = await seatedGuest()
    expect((await scan('jiyoung')).visit).toEqual(asker.visit)
  })

  it.each([
    ['a wrong code', (code: string) => `${code.slice(0, -1)}!`],
    ['the start of the code', (code: string) => code.slice(0, 10)],
    ['no code', () => ''],
  ])('refuses %s', async (_, wrong) => {
    const { restaurant, table } = await seatedGuest()
    const scanned = { type: 'join-visit', tableId: table.id, code: wrong(table.code) } as const
    expect(await restaurant.execute(guest('thief'), scanned)).toEqual({
      ok: false,
      refusal: { kind: 'WRONG_TABLE_CODE' },
    })
  })

  it('does not know a table that was removed', async () => {
    const { restaurant, table } = await seatedGuest()
    await restaurant.done(OWNER, { type: 'delete-table', tableId: table.id })
    const scanned = { type: 'join-visit', tableId: table.id, code: table.code } as const
    expect(await restaurant.execute(guest('late'), scanned)).toEqual({
      ok: false,
      refusal: { kind: 'NOT_FOUND', what: 'table' },
    })
  })

  it('waits for staff to seat the party where the restaurant wants it so', async () => {
    const restaurant = await openRestaurantObject({ tableAccess: 'SEATED' })
    const table = await restaurant.done(OWNER, named('A1'))
    const scanned = { type: 'join-visit', tableId: table.id, code: table.code } as const
    expect(await restaurant.execute(guest('minsu'), scanned)).toEqual({
      ok: false,
      refusal: { kind: 'NOT_SEATED' },
    })
    const { visitId } = await restaurant.done(STAFF, { type: 'open-table', tableId: table.id })
    expect(await restaurant.done(guest('minsu'), scanned)).toMatchObject({ visitId })
  })

  it('lets a guest of the last party in again only with the code, into the new visit', async () => {
    const { restaurant, table, asker } = await seatedGuest()
    await restaurant.done(STAFF, { type: 'reset-table', tableId: table.id, force: null })
    const { visitId } = await restaurant.done(STAFF, { type: 'open-table', tableId: table.id })
    expect(await restaurant.query(asker, { type: 'table-orders', tableId: table.id })).toEqual({
      ok: false,
      refusal: { kind: 'VISIT_ENDED' },
    })
    const scanned = { type: 'join-visit', tableId: table.id, code: table.code } as const
    expect(await restaurant.done(asker, scanned)).toMatchObject({ visitId })
  })

  it('refuses a session that has logged out', async () => {
    const { restaurant, asker, table } = await seatedGuest()
    const forgetAfter = restaurant.now() + 1_000_000
    await restaurant.done(OWNER, { type: 'end-session', sessionId: 'minsu', forgetAfter })
    await restaurant.evict()
    expect(await restaurant.query(asker, { type: 'table', tableId: table.id })).toEqual({
      ok: false,
      refusal: { kind: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' },
    })
  })
})

describe('seating a party', () => {
  it('opens one visit however often it is asked', async () => {
    const restaurant = await openRestaurantObject()
    const { id: tableId } = await restaurant.done(OWNER, named('A1'))
    const first = await restaurant.done(STAFF, { type: 'open-table', tableId })
    expect(await restaurant.done(STAFF, { type: 'open-table', tableId })).toEqual(first)
    expect(await restaurant.rows('SELECT id FROM visits')).toHaveLength(1)
  })
})

describe('resetting a table', () => {
  it('ends the visit and says which', async () => {
    const { restaurant, table, asker } = await seatedGuest()
    const reset = { type: 'reset-table', tableId: table.id, force: null } as const
    expect(await restaurant.done(STAFF, reset)).toEqual({
      closedVisitId: asker.visit?.visitId,
      endedOrderIds: [],
    })
    expect(await restaurant.done(STAFF, reset)).toEqual({ closedVisitId: null, endedOrderIds: [] })
  })

  it('refuses while orders are open, and then nothing has changed', async () => {
    const { restaurant, table, order, asker } = await seatedGuest()
    const { id } = await order(asker)
    expect(
      await restaurant.execute(STAFF, { type: 'reset-table', tableId: table.id, force: null }),
    ).toEqual({ ok: false, refusal: { kind: 'TABLE_HAS_OPEN_ORDERS', orderIds: [id] } })
    expect(await restaurant.read(STAFF, { type: 'table', tableId: table.id })).toMatchObject({
      openVisitId: asker.visit?.visitId,
    })
  })

  it('voids what nobody has paid when staff say so, and gives the portions back', async () => {
    const { restaurant, item, table, order, asker } = await seatedGuest()
    await restaurant.done(OWNER, {
      type: 'adjust-stock',
      itemId: item.id,
      change: { set: 5 },
      reason: 'start',
    })
    const { id } = await order(asker)
    expect(
      await restaurant.done(STAFF, { type: 'reset-table', tableId: table.id, force: 'void' }),
    ).toEqual({ closedVisitId: asker.visit?.visitId, endedOrderIds: [id] })
    const { order: ended } = await restaurant.read(STAFF, { type: 'order', orderId: id })
    expect(ended).toMatchObject({ status: 'CANCELLED', endReason: 'TABLE_RESET' })
    expect(await restaurant.read(STAFF, { type: 'stock-levels' })).toMatchObject([
      { stock: { level: 5, reserved: 0 } },
    ])
  })

  it('answers an unknown table as unknown', async () => {
    const { restaurant } = await seatedGuest()
    const reset = { type: 'reset-table', tableId: restaurant.id, force: null } as const
    expect(await restaurant.execute(STAFF, reset)).toMatchObject({
      refusal: { kind: 'NOT_FOUND', what: 'table' },
    })
  })
})

describe('resetting a table where money is in play', () => {
  /** Writes a payment of the order as if it had come about. */
  async function withPayment(status: 'CAPTURED' | 'CAPTURING') {
    const world = await seatedGuest()
    const { restaurant, table, order, asker } = world
    const unpaid = await order(asker)
    const paid = await order(asker)
    const captured = status === 'CAPTURED'
    await restaurant.rows(
      `INSERT INTO payments (id, order_id, provider, method, amount, currency, status, provider_key,
        opened_at, expires_at) VALUES (?, ?, 'toss', 'CARD', 18000, 'KRW', ?, 'pk', 1, 2)`,
      paid.id.replace(/^.{8}/, '0000aaaa'),
      paid.id,
      status,
    )
    if (captured)
      await restaurant.rows(
        "UPDATE orders SET captured_amount = 18000, payment_status = 'PAID' WHERE id = ?",
        paid.id,
      )
    const reset = (force: 'void' | 'refund') =>
      restaurant.execute(STAFF, { type: 'reset-table', tableId: table.id, force })
    return { ...world, unpaid, paid, reset }
  }

  it('does not void an order that is paid, nor the others beside it', async () => {
    const { restaurant, unpaid, paid, reset } = await withPayment('CAPTURED')
    expect(await reset('void')).toEqual({
      ok: false,
      refusal: { kind: 'TABLE_HAS_OPEN_ORDERS', orderIds: [paid.id] },
    })
    const { order } = await restaurant.read(STAFF, { type: 'order', orderId: unpaid.id })
    expect(order.status).toBe('PENDING')
  })

  it('ends all and enters the refund when staff say so', async () => {
    const { restaurant, unpaid, paid, reset } = await withPayment('CAPTURED')
    expect(await reset('refund')).toMatchObject({
      value: { endedOrderIds: [unpaid.id, paid.id] },
    })
    const { refunds } = await restaurant.read(STAFF, { type: 'order', orderId: paid.id })
    expect(refunds).toMatchObject([{ amount: 18_000, status: 'REQUESTED' }])
    expect(restaurant.jobs.filter(({ kind }) => kind === 'refund')).toHaveLength(1)
  })

  it.each(['void', 'refund'] as const)(
    'waits for a payment that is being captured (%s), and touches no order meanwhile',
    async (force) => {
      const { restaurant, unpaid, reset } = await withPayment('CAPTURING')
      expect(await reset(force)).toMatchObject({ ok: false, refusal: { kind: 'CAPTURING' } })
      const { order } = await restaurant.read(STAFF, { type: 'order', orderId: unpaid.id })
      expect(order.status).toBe('PENDING')
    },
  )
})

describe("reading a table's bill", () => {
  it('shows a guest the own notes and of the others only lines and sums', async () => {
    const { restaurant, table, scan, order, asker } = await seatedGuest()
    const other = await scan('jiyoung')
    await order(asker, '맵게')
    await order(other, '덜 맵게')
    const { orders } = await restaurant.read(asker, { type: 'table-orders', tableId: table.id })
    expect(orders.map(({ specialRequests }) => specialRequests)).toEqual(['맵게', null])
    expect(orders.map(({ totalAmount }) => totalAmount)).toEqual([18_000, 18_000])
    const all = await restaurant.read(STAFF, { type: 'table-orders', tableId: table.id })
    expect(all.orders.map(({ specialRequests }) => specialRequests)).toEqual(['맵게', '덜 맵게'])
  })

  it('holds nothing of the party before', async () => {
    const { restaurant, table, order, asker, scan } = await seatedGuest()
    await order(asker)
    await restaurant.done(STAFF, { type: 'reset-table', tableId: table.id, force: 'void' })
    const next = await scan('next')
    const bill = await restaurant.read(next, { type: 'table-orders', tableId: table.id })
    expect(bill.orders).toEqual([])
  })

  it.each([
    ['a guest of another table', true],
    ['a browsing guest', false],
  ])('does not exist for %s', async (_, seated) => {
    const { restaurant, table } = await seatedGuest()
    const b1 = await restaurant.done(OWNER, named('B1'))
    const { visitId } = await restaurant.done(STAFF, { type: 'open-table', tableId: b1.id })
    const stranger = guest('stranger', seated ? { visitId, tableId: b1.id } : null)
    for (const type of ['table', 'table-orders'] as const)
      expect(await restaurant.query(stranger, { type, tableId: table.id })).toEqual({
        ok: false,
        refusal: { kind: 'NOT_FOUND', what: 'table' },
      })
  })
})
