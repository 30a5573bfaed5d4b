import { describe, expect, it } from 'vitest'
import { accept, cancel, HOUR, MINUTE, POSTPAID, stocked } from '../support/ordering.ts'
import {
  guest,
  openRestaurantObject,
  orderOf,
  OWNER,
  STAFF,
  withItem,
} from '../support/restaurant.ts'
import { connect, typesOf, type Client } from '../support/sockets.ts'

const SPICE = {
  name: '맵기',
  required: true,
  choices: ['순한맛', '매운맛'].map((name) => ({ name, priceDelta: 0 })),
}

/** One portion of one dish, paid for first; guests and a board that listen. */
async function lastPortion(settings: Parameters<typeof openRestaurantObject>[0] = {}) {
  const restaurant = await openRestaurantObject(settings)
  const { item } = await withItem(restaurant, { options: [SPICE] })
  const { item: cola } = await withItem(restaurant, { name: '콜라' })
  await restaurant.done(STAFF, stocked(item.id, 1))
  const paymentMethod = settings.paymentPolicy === 'POSTPAID' ? 'COUNTER' : 'CARD'
  const [option] = item.options
  const line = (choice: 0 | 1, quantity = 1) => ({
    itemId: item.id,
    quantity,
    options: [{ optionId: option!.id, choice: option!.choices[choice]!.id }],
  })
  const order = (who: string, ...lines: ReturnType<typeof line>[]) =>
    restaurant.execute(guest(who), { ...orderOf([], { paymentMethod }), lines })
  const listening = async (who: string): Promise<Client> => {
    const lines = [{ itemId: cola.id, quantity: 1 }]
    const placed = await restaurant.done(guest(who), orderOf(lines, { paymentMethod }))
    const expiresAt = restaurant.now() + 24 * HOUR
    const client = await connect(restaurant, guest(who), { orderId: placed.order.id, expiresAt })
    await client.heard()
    return client
  }
  const board = async () => {
    const client = await connect(restaurant, STAFF, { expiresAt: restaurant.now() + 24 * HOUR })
    await client.heard()
    return client
  }
  return { restaurant, item, order, line, listening, board }
}

/** What was said of the dish. */
const ofDish = async (client: Client) =>
  (await client.heard()).flatMap(({ type, item }) =>
    item === undefined ? [] : [[type, (item as { is_available: boolean }).is_available]],
  )

describe('the last portion', () => {
  it('leaves the menus of all who sit there, and comes back when its hold is over', async () => {
    const { restaurant, order, line, listening } = await lastPortion({ unpaidHoldSeconds: 900 })
    const [jiwon, minsu] = [await listening('jiwon'), await listening('minsu')]
    restaurant.passes(14 * MINUTE)
    expect(await order('sujin', line(0))).toMatchObject({ ok: true })
    for (const client of [jiwon, minsu]) expect(await ofDish(client)).toEqual([['SOLD_OUT', false]])
    restaurant.passes(15 * MINUTE)
    await restaurant.ringAlarm()
    for (const client of [jiwon, minsu])
      expect(await ofDish(client)).toEqual([['MENU_CHANGED', true]])
  })

  it('is free again before the next guest asks for it, alarm or not', async () => {
    const { restaurant, order, line } = await lastPortion({ unpaidHoldSeconds: 900 })
    await order('sujin', line(0))
    restaurant.passes(15 * MINUTE - 1)
    expect(await order('minsu', line(0))).toMatchObject({ refusal: { kind: 'OUT_OF_STOCK' } })
    restaurant.passes(1)
    expect(await order('minsu', line(1))).toMatchObject({ ok: true })
  })

  it('comes back with a cancellation, and does not once the kitchen has it', async () => {
    const { restaurant, order, line, listening } = await lastPortion(POSTPAID)
    const client = await listening('jiwon')
    const first = await order('minsu', line(0))
    if (!first.ok) throw new Error(first.refusal.kind)
    await restaurant.done(guest('minsu'), cancel(first.value.order.id))
    const second = await order('minsu', line(1))
    if (!second.ok) throw new Error(second.refusal.kind)
    await restaurant.done(STAFF, accept(second.value.order.id))
    expect(await ofDish(client)).toEqual([
      ['SOLD_OUT', false],
      ['MENU_CHANGED', true],
      ['SOLD_OUT', false],
    ])
    await restaurant.done(STAFF, stocked(second.value.order.lines[0]!.itemId, 3))
    expect(await ofDish(client)).toEqual([['MENU_CHANGED', true]])
  })

  it('is not sold twice to one order that asks for it in two ways', async () => {
    const { restaurant, item, order, line } = await lastPortion(POSTPAID)
    expect(await order('minsu', line(0), line(1))).toMatchObject({
      refusal: { kind: 'OUT_OF_STOCK', items: [{ itemId: item.id, available: 1 }] },
    })
    await restaurant.done(STAFF, stocked(item.id, 5))
    expect(await order('minsu', line(0, 2), line(1, 4))).toMatchObject({
      refusal: { kind: 'OUT_OF_STOCK', items: [{ available: 5 }] },
    })
    expect(await order('minsu', line(0, 2), line(1, 3))).toMatchObject({ ok: true })
  })
})

describe('a dish that runs low', () => {
  it('is told to the board with what is left, and to no guest', async () => {
    const { restaurant, item, order, line, listening, board } = await lastPortion(POSTPAID)
    await restaurant.done(STAFF, stocked(item.id, 5))
    const changes = { lowAt: 3 }
    await restaurant.done(OWNER, { type: 'edit-stock-rules', itemId: item.id, changes })
    const [staff, jiwon] = [await board(), await listening('jiwon')]
    await staff.heard()
    await order('minsu', line(0, 2))
    expect(await ofDish(jiwon)).toEqual([])
    expect((await staff.heard()).filter(({ type }) => type === 'STOCK_LOW')).toMatchObject([
      {
        item: {
          id: item.id,
          is_available: true,
          stock: { level: 5, reserved: 2, available: 3, low_stock_threshold: 3 },
        },
      },
    ])
    await restaurant.done(STAFF, stocked(item.id, 9))
    expect(typesOf(await staff.heard())).toEqual(['STOCK_ENOUGH'])
    await order('minsu', line(0, 7))
    const [soldOut] = (await jiwon.heard()).filter(({ type }) => type === 'SOLD_OUT')
    expect(soldOut).toHaveProperty('item.is_available', false)
    expect(soldOut).not.toHaveProperty('item.stock')
  })

  it('is no business of staff who watch one order', async () => {
    const { restaurant, item, order, line } = await lastPortion(POSTPAID)
    await restaurant.done(STAFF, stocked(item.id, 5))
    const placed = await order('minsu', line(0))
    if (!placed.ok) throw new Error(placed.refusal.kind)
    const client = await connect(restaurant, STAFF, { orderId: placed.value.order.id })
    await client.heard()
    const changes = { lowAt: 4 }
    await restaurant.done(OWNER, { type: 'edit-stock-rules', itemId: item.id, changes })
    expect(await client.heard()).toEqual([])
  })
})
