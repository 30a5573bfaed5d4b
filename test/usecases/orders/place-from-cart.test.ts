import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { createCheckoutRepository } from '../../../src/db/repositories/cart-checkouts.ts'
import { createCartRepository } from '../../../src/db/repositories/carts.ts'
import type { Actor } from '../../../src/domain/actor.ts'
import { emptyCart } from '../../../src/domain/cart/cart.ts'
import { addLine } from '../../../src/domain/cart/lines.ts'
import { cartOwner } from '../../../src/domain/cart/owner.ts'
import type { Refusal } from '../../../src/domain/refusal.ts'
import { refuse } from '../../../src/domain/result.ts'
import type { Restaurants } from '../../../src/restaurant/restaurant-port.ts'
import { placeFromCart } from '../../../src/usecases/orders/place-from-cart.ts'
import { random } from '../../support/identity.ts'
import { openRestaurantObject, testRestaurants, withItem } from '../../support/restaurant.ts'
import { wallets } from '../../support/wallets.ts'

const carts = createCartRepository(env.DB)
const checkouts = createCheckoutRepository(env.DB)

/** A member with one portion in the cart. */
async function filled() {
  const restaurant = await openRestaurantObject({ tableAccess: 'OPEN' })
  const { item } = await withItem(restaurant)
  const sessionId = crypto.randomUUID()
  const actor: Actor = {
    ...{ role: 'CUSTOMER', sessionId, userId: sessionId, memberships: [], visit: null },
  }
  const owner = cartOwner(actor)
  const now = restaurant.now()
  const lines = addLine([], { itemId: item.id, options: [], quantity: 1 })
  if (!lines.ok) throw new Error(lines.refusal.kind)
  const cart = { ...emptyCart(owner, crypto.randomUUID(), now), restaurantId: restaurant.id }
  const stored = { ...cart, lines: lines.value, version: 1, expiresAt: now + 1_000_000 }
  await carts.save(stored, 0)
  const idempotency = { key: crypto.randomUUID(), fingerprint: 'f' }
  const place = (restaurants: Restaurants = testRestaurants) =>
    placeFromCart(
      {
        ...{ restaurants, wallets, checkouts, now: restaurant.now, random, log: () => undefined },
        toTheEnd: (work) => work(),
      },
      {
        ...{ actor, cartId: null, at: null, restaurantId: null, idempotency, traceId: null },
        command: {
          ...{ type: 'place-order', table: null, paymentMethod: 'CARD' },
          ...{ expectedTotal: null, specialRequests: null },
        },
      },
    )
  const inCart = async () => (await carts.of(owner))?.lines.length
  return { place, inCart }
}

/** What the restaurant decides, but for the placing. */
const but =
  (place: (placing: () => Promise<unknown>) => Promise<unknown>): Restaurants =>
  (id) => {
    const real = testRestaurants(id)
    const execute = (envelope: Parameters<typeof real.execute>[0]) =>
      place(() => real.execute(envelope))
    return { ...real, query: (query) => real.query(query), execute: execute as typeof real.execute }
  }

const refusing = (refusal: Refusal) => () => Promise.resolve(refuse(refusal))
const died = (): Promise<never> => Promise.reject(new Error('cut'))

describe('an order from a cart whose first request died after it was placed', () => {
  it.each<Refusal>([
    { kind: 'RATE_LIMITED', retryAfterSeconds: 1 },
    { kind: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' },
    { kind: 'VISIT_ENDED' },
  ])('is taken out of it by a repeat that $kind stops before its key is read', async (refusal) => {
    const { place, inCart } = await filled()
    await expect(place(but((placing) => placing().then(died)))).rejects.toThrow('cut')
    expect(await inCart()).toBe(1)
    expect(await place(but(refusing(refusal)))).toEqual(refuse(refusal))
    expect(await inCart()).toBe(0)
  })

  it('and was never placed leaves the way free', async () => {
    const { place, inCart } = await filled()
    await expect(place(but(died))).rejects.toThrow('cut')
    await place(but(refusing({ kind: 'RATE_LIMITED', retryAfterSeconds: 1 })))
    expect(await inCart()).toBe(1)
    expect((await place()).ok).toBe(true)
    expect(await inCart()).toBe(0)
  })
})

it('an order from a cart is taken out of it though the same key was refused meanwhile', async () => {
  const { place, inCart } = await filled()
  const refused = refusing({ kind: 'OUT_OF_STOCK', items: [] })
  const placed = await place(but((placing) => place(but(refused)).then(placing)))
  expect(placed.ok).toBe(true)
  expect(await inCart()).toBe(0)
})
