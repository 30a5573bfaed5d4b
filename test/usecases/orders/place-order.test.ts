import { describe, expect, it } from 'vitest'
import type { Asker } from '../../../src/domain/actor.ts'
import { StorageUnavailableError } from '../../../src/domain/unavailable.ts'
import { placeOrder } from '../../../src/usecases/orders/place-order.ts'
import {
  openRestaurantObject,
  orderOf,
  testRestaurants,
  withItem,
} from '../../support/restaurant.ts'
import { random } from '../../support/identity.ts'
import { accountWith, wallets } from '../../support/wallets.ts'

const away = () => Promise.reject(new StorageUnavailableError(new Error('gone')))
const untouched = () => Promise.reject(new Error('the wallet was asked'))

async function placing(settings: Parameters<typeof openRestaurantObject>[0] = {}) {
  const restaurant = await openRestaurantObject({
    tableAccess: 'OPEN',
    paymentMethods: ['CARD', 'POINTS'],
    ...settings,
  })
  const { item } = await withItem(restaurant)
  const userId = await accountWith(20_000)
  const asker: Asker = { role: 'CUSTOMER', sessionId: userId, userId, visit: null }
  const idempotency = { key: crypto.randomUUID(), fingerprint: 'f' }
  const place = (paymentMethod: 'CARD' | 'POINTS', broken: Partial<typeof wallets> = {}) =>
    placeOrder(
      {
        restaurants: testRestaurants,
        wallets: { ...wallets, ...broken },
        now: restaurant.now,
        random,
        toTheEnd: (work) => work(),
      },
      restaurant.id,
      {
        command: orderOf([{ itemId: item.id, quantity: 1 }], { paymentMethod }),
        asker,
        idempotency,
        traceId: null,
      },
    )
  return { restaurant, userId, place }
}

describe('placing an order', () => {
  it('asks no wallet where no points are in play', async () => {
    const { place } = await placing()
    const placed = await place('CARD', { debitForOrder: untouched, balanceOf: untouched })
    expect(placed.ok).toBe(true)
  })

  it('by points is not answered while the wallet is away; a repeat finishes it', async () => {
    const { userId, place } = await placing()
    expect(await place('POINTS', { debitForOrder: away })).toMatchObject({
      ok: false,
      refusal: { kind: 'TEMPORARILY_UNAVAILABLE' },
    })
    const repeated = await place('POINTS')
    expect(repeated).toMatchObject({
      ok: true,
      replayed: true,
      value: { order: { number: 'A001', paymentStatus: 'PAID', capturedAmount: 18_000 } },
    })
    expect(await wallets.balanceOf(userId)).toBe(2_000)
  })

  it('by points is paid at once also where payment comes after', async () => {
    const { place } = await placing({ paymentPolicy: 'POSTPAID' })
    const placed = await place('POINTS')
    expect(placed).toMatchObject({ ok: true, value: { order: { paymentStatus: 'PAID' } } })
  })
})
