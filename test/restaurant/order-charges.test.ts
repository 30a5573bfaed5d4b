import { describe, expect, it } from 'vitest'
import { moneyDifferences } from '../../src/domain/reconciliation/money.ts'
import type { OrderState } from '../../src/domain/order/order.ts'
import { someTerms } from '../support/coupons.ts'
import { accept, openKitchen, reject, type Kitchen } from '../support/ordering.ts'
import { DONE, sum } from '../support/paying.ts'
import { orderOf, OWNER, STAFF, withItem } from '../support/restaurant.ts'

const FEES = { packagingFeeAmount: 500, serviceFeeBasisPoints: 1_000, taxBasisPoints: 1_000 }

/** Three chickens and two colas of a restaurant with fees; a coupon takes ten per cent off. */
async function withOrder({ atTable = false, discounted = true } = {}) {
  const kitchen = await openKitchen(FEES)
  const { restaurant, minsu, item } = kitchen
  const { item: cola } = await withItem(restaurant, { name: '콜라', price: 2_000 })
  const terms = someTerms({ code: 'AUTUMN', forGuests: true })
  await restaurant.done(OWNER, { type: 'create-coupon', terms })
  await restaurant.done(OWNER, { type: 'create-table', name: 'A1' })
  const lines = [
    { itemId: item.id, quantity: 3 },
    { itemId: cola.id, quantity: 2 },
  ]
  const command = orderOf(lines, {
    table: atTable ? { name: 'A1' } : null,
    ...(discounted && { couponCodes: ['AUTUMN'] }),
  })
  const key = { key: 'once', fingerprint: 'f' }
  const place = () => restaurant.execute(minsu, command, key)
  const placed = await place()
  if (!placed.ok) throw new Error(JSON.stringify(placed.refusal))
  const order = placed.value.order
  const [chicken, drink] = order.lines
  const now = async (): Promise<OrderState> => (await kitchen.view(order)).order
  return {
    ...kitchen,
    kitchen,
    order,
    chicken: chicken!,
    drink: drink!,
    now,
    place,
    lines,
    command,
  }
}
type World = Awaited<ReturnType<typeof withOrder>>

/** Portions of a line are paid back; gives the amount. */
async function backFor({ restaurant, order }: World, lineId: string, quantity: number) {
  const refund = await restaurant.done(STAFF, {
    type: 'request-refund',
    orderId: order.id,
    amount: null,
    lines: [{ lineId, quantity }],
    reason: '늦어서',
  })
  return refund.amount
}

async function payBack(kitchen: Kitchen): Promise<number[]> {
  const jobs = kitchen.taken('refund')
  for (const { refundId, attempt } of jobs)
    await kitchen.report({ kind: 'refunded', refundId, attempt, outcome: DONE })
  return jobs.map(({ amount }) => amount)
}

const differences = async ({ restaurant, kitchen, order }: World) =>
  moneyDifferences(await kitchen.view(order), restaurant.now())

describe('an order with fees and discount', () => {
  it('is kept with its rates, and read again as it was placed', async () => {
    const { order, now, place, restaurant } = await withOrder()
    expect(order).toMatchObject({
      totalAmount: 52_700,
      placedAmount: 52_700,
      charges: {
        ...{ subtotalAmount: 58_000, discountAmount: 5_800, packagingFeeAmount: 500 },
        ...{ serviceFeeAmount: 0, serviceFeeBasisPoints: 0, taxAmount: 4_791 },
      },
      coupons: [{ code: 'AUTUMN', discount: 5_800 }],
    })
    await restaurant.evict()
    expect((await now()).charges).toEqual(order.charges)
    await restaurant.done(OWNER, { type: 'edit-restaurant', changes: { packagingFeeAmount: 900 } })
    expect(await place()).toMatchObject({ replayed: true, value: { order } })
  })

  it('keeps no charges where there is nothing beside its lines', async () => {
    const kitchen = await openKitchen()
    const order = await kitchen.place()
    expect(order.charges).toBeNull()
    expect(await kitchen.restaurant.rows('SELECT charges, coupons FROM orders')).toEqual([
      { charges: null, coupons: null },
    ])
  })

  it('is compared with what the guest was shown after discount and fees', async () => {
    const { restaurant, minsu, command } = await withOrder({ discounted: false })
    const shown = (expectedTotal: number) =>
      restaurant.execute(minsu, { ...command, expectedTotal })
    expect(await shown(58_000)).toMatchObject({
      refusal: {
        kind: 'PRICE_CHANGED',
        quote: { totalAmount: 58_500, charges: { packagingFeeAmount: 500 } },
      },
    })
    expect(await shown(58_500)).toMatchObject({ ok: true })
  })

  it('costs less by its own rates when the kitchen takes lines out, and the rest goes back', async () => {
    const world = await withOrder({ atTable: true })
    const { order, kitchen, restaurant, chicken, now, place } = world
    expect(order.totalAmount).toBe(57_420)
    await kitchen.paid(order)
    await restaurant.done(OWNER, { type: 'edit-restaurant', changes: { serviceFeeBasisPoints: 0 } })
    const unavailableLines = [{ lineId: chicken.id, quantity: 1 }]
    await restaurant.done(STAFF, accept(order.id, { unavailableLines }))
    expect(await payBack(kitchen)).toEqual([17_820])
    expect(await now()).toMatchObject({
      totalAmount: 39_600,
      paymentStatus: 'PARTIALLY_REFUNDED',
      refundedAmount: 17_820,
      charges: { subtotalAmount: 40_000, discountAmount: 4_000, serviceFeeAmount: 3_600 },
    })
    expect(await differences(world)).toEqual([])
    expect(await place()).toMatchObject({ replayed: true, value: { order } })
  })

  it('comes back portion by portion to the last of it, packaging with the last', async () => {
    const world = await withOrder()
    const { order, kitchen, restaurant, chicken, drink, now } = world
    await kitchen.paid(order)
    await restaurant.done(STAFF, accept(order.id))
    const back: number[] = []
    for (const { id } of [chicken, drink, chicken, drink, chicken])
      back.push(await backFor(world, id, 1))
    expect(back).toEqual([16_200, 1_800, 16_200, 1_800, 16_700])
    await payBack(kitchen)
    expect(sum(back)).toBe(order.totalAmount)
    expect(await now()).toMatchObject({ paymentStatus: 'REFUNDED', refundedAmount: 52_700 })
    expect(await differences(world)).toEqual([])
  })

  it('pays nothing back twice when the kitchen takes out what was paid back', async () => {
    const world = await withOrder({ atTable: true })
    const { order, kitchen, restaurant, chicken } = world
    await kitchen.paid(order)
    expect(await backFor(world, chicken.id, 1)).toBe(17_820)
    const unavailableLines = [{ lineId: chicken.id, quantity: 2 }]
    await restaurant.done(STAFF, accept(order.id, { unavailableLines }))
    expect(await payBack(kitchen)).toEqual([17_820, 17_820])
    expect(await differences(world)).toEqual([])
  })

  it('goes back whole, fees and all, when it is turned down', async () => {
    const world = await withOrder()
    const { order, kitchen, restaurant } = world
    await kitchen.paid(order)
    await restaurant.done(STAFF, reject(order.id))
    expect(await payBack(kitchen)).toEqual([52_700])
    expect(await differences(world)).toEqual([])
  })

  it('is in the day’s statistics with what its lines brought', async () => {
    const { order, kitchen, restaurant } = await withOrder()
    await kitchen.paid(order)
    await restaurant.done(STAFF, accept(order.id))
    const day = await restaurant.read(OWNER, { type: 'statistics', day: null })
    expect(day).toMatchObject({
      revenue: 52_700,
      items: [
        { quantity: 3, revenue: 48_600 },
        { quantity: 2, revenue: 3_600 },
      ],
    })
  })
})

describe('asking what an order would come to', () => {
  const ask = ({ restaurant, minsu, lines }: World, more: object = {}) =>
    restaurant.read(minsu, {
      ...{ type: 'quote-order', couponCodes: [], atTable: null, locale: 'ko' },
      ...{ lines: lines.map((line) => ({ options: [], ...line })) },
      ...more,
    })

  it('gives what placing then takes, and writes nothing', async () => {
    const world = await withOrder({ discounted: false })
    const before = await world.everything()
    const quoted = await ask(world, { couponCodes: [' autumn '] })
    expect(quoted).toMatchObject({
      totalAmount: 52_700,
      atTable: false,
      coupons: [{ code: 'AUTUMN', applicable: true, discount: 5_800 }],
      restaurant: { id: world.restaurant.id, open: true, currency: 'KRW' },
    })
    expect(quoted.lines.map(({ discount }) => discount)).toEqual([5_400, 400])
    expect(await world.everything()).toEqual(before)
    const placed = await world.place()
    expect(placed).toMatchObject({ value: { order: { totalAmount: 58_500 } } })
    expect(await ask(world, { atTable: true })).toMatchObject({ totalAmount: 63_800 })
  })

  it('knows what the asker has of a coupon', async () => {
    const world = await withOrder()
    const codes = { couponCodes: ['AUTUMN', 'NOBODYS', '!'] }
    expect((await ask(world, codes)).coupons).toEqual([
      { code: 'AUTUMN', applicable: false, reason: 'IN_USE' },
      { code: 'NOBODYS', applicable: false, reason: 'UNKNOWN' },
      { code: '!', applicable: false, reason: 'UNKNOWN' },
    ])
    await world.kitchen.paid(world.order)
    expect((await ask(world, codes)).coupons[0]).toMatchObject({ reason: 'LIMIT_REACHED' })
  })

  it('sees what has left the menu or run out since', async () => {
    const world = await withOrder()
    const { restaurant, item } = world
    await restaurant.done(OWNER, {
      type: 'mark-sold-out',
      itemId: world.drink.itemId,
      soldOut: true,
      until: null,
    })
    await restaurant.done(OWNER, { type: 'edit-item', itemId: item.id, changes: { price: 20_000 } })
    expect(await ask(world)).toMatchObject({
      totalAmount: 60_500,
      lines: [{ unitPrice: 20_000, problem: null }, { problem: { kind: 'SOLD_OUT' } }],
    })
    await restaurant.done(OWNER, { type: 'delete-item', itemId: item.id })
    expect(await ask(world)).toMatchObject({
      totalAmount: 0,
      lines: [{ problem: { kind: 'ITEM_GONE' } }, { problem: { kind: 'SOLD_OUT' } }],
    })
  })
})
