import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { createCartRepository } from '../../../src/db/repositories/carts.ts'
import { cartOwner } from '../../../src/domain/cart/owner.ts'
import { addLine } from '../../../src/domain/cart/lines.ts'
import { ok } from '../../../src/domain/result.ts'
import { changeCart, type ChangingDeps } from '../../../src/usecases/cart/change-cart.ts'
import { Turns } from '../../../src/usecases/cart/turns.ts'
import { idIn, identityWorld, newRestaurantId } from '../../support/identity.ts'

vi.setConfig({ testTimeout: 120_000 })

/** People on devices, who change one cart in as many isolates; how long was waited between tries. */
async function isolates(count: number) {
  const { deps } = await identityWorld()
  const pauses: number[] = []
  const pause = (ms: number) => {
    // Patience ends with the test.
    if (ms >= 10_000) return new Promise<void>(() => undefined)
    pauses.push(ms)
    return Promise.resolve()
  }
  const sessionId = crypto.randomUUID()
  const actor = { role: 'GUEST', sessionId, userId: null, memberships: [], visit: null } as const
  const change = {
    ...({
      actor,
      locale: 'ko',
      couponCodes: [],
      atTable: null,
      network: 'n',
      version: null,
    } as const),
    idempotency: null,
  }
  const itemId = idIn(newRestaurantId())
  const makers = Array.from({ length: count }, (): ChangingDeps => ({
    ...deps,
    pause,
    carts: createCartRepository(env.DB),
    cartTurns: new Turns(),
  }))
  const addOne = (n: number) =>
    changeCart(makers[n % count]!, change, (cart) => {
      const added = addLine(cart.lines, { itemId, options: [], quantity: 1 })
      return added.ok ? ok({ lines: added.value, restaurantAt: null }) : added
    })
  const inCart = async () => (await deps.carts.of(cartOwner(actor)))?.lines
  return { addOne, inCart, pauses, lines: () => makers.map(({ cartTurns }) => cartTurns.size) }
}

describe('a hundred changes of one cart at once', () => {
  it.each([1, 2, 4])('are all made where %i isolates take them', async (count) => {
    const { addOne, inCart, lines } = await isolates(count)
    const outcomes = await Promise.all(Array.from({ length: 100 }, (_, n) => addOne(n)))
    expect(outcomes.filter(({ ok: made }) => !made)).toEqual([])
    expect(await inCart()).toMatchObject([{ quantity: 100 }])
    expect(lines()).toEqual(Array.from({ length: count }, () => 0))
  })

  it('never get into each other’s way in one isolate, and wait longer each time in several', async () => {
    const alone = await isolates(1)
    await Promise.all(Array.from({ length: 20 }, (_, n) => alone.addOne(n)))
    expect(alone.pauses).toEqual([])
    const several = await isolates(4)
    await Promise.all(Array.from({ length: 20 }, (_, n) => several.addOne(n)))
    expect(several.pauses.length).toBeGreaterThan(0)
    expect(new Set(several.pauses).size).toBeGreaterThan(1)
    for (const ms of several.pauses) {
      expect(ms).toBeGreaterThan(0)
      expect(ms).toBeLessThanOrEqual(640)
    }
  })
})
