import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { createCheckoutRepository } from '../../src/db/repositories/cart-checkouts.ts'
import { createCartRepository } from '../../src/db/repositories/carts.ts'
import { emptyCart, type CartState } from '../../src/domain/cart/cart.ts'
import { addLine, subtractLines } from '../../src/domain/cart/lines.ts'
import { idIn, newRestaurantId } from '../support/identity.ts'

/** Real statements, many histories. */
vi.setConfig({ testTimeout: 120_000 })

const carts = createCartRepository(env.DB)
const checkouts = createCheckoutRepository(env.DB)
const NOW = 1_000_000
const RESTAURANT = newRestaurantId()
const ITEMS = [0, 1, 2].map(() => idIn(RESTAURANT))
const newOwner = () => `session:${crypto.randomUUID()}`

/** One more of an item, or what a checkout does. A `yield` is where others may come between. */
type Steps = AsyncGenerator<undefined, void, undefined>

const stored = async (owner: string): Promise<CartState> =>
  (await carts.of(owner)) ?? emptyCart(owner, crypto.randomUUID(), NOW)

const withOneMore = (cart: CartState, n: number): CartState => {
  const added = addLine(cart.lines, { itemId: ITEMS[n]!, options: [], quantity: 1 })
  if (!added.ok) throw new Error(added.refusal.kind)
  return {
    ...cart,
    restaurantId: RESTAURANT,
    lines: added.value,
    version: cart.version + 1,
    expiresAt: NOW + 1_000_000,
  }
}

async function* adding(owner: string, n: number): Steps {
  for (let cart = await stored(owner); ;) {
    yield
    const { saved, current } = await carts.save(withOneMore(cart, n), cart.version)
    if (saved) return
    cart = current!
  }
}

/** Places an order and counts what it took. */
async function* ordering(owner: string, key: string, ordered: (portions: number) => void): Steps {
  const wanted = { owner, key, fingerprint: 'f', cartId: null, restaurantKey: null, now: NOW }
  const begun = await checkouts.begin(wanted)
  const { checkout } = begun
  if (checkout === null || checkout.orderId !== null) return
  ordered(checkout.lines.reduce((sum, { quantity }) => sum + quantity, 0))
  for (let { cart } = begun; ;) {
    yield
    const lines = cart && subtractLines(cart.lines, checkout.lines)
    const next = cart && {
      ...cart,
      lines: lines ?? [],
      restaurantId: lines?.length === 0 ? null : RESTAURANT,
      version: cart.version + 1,
    }
    if (await checkouts.finish(checkout, `order-${key}`, next, cart?.version ?? 0)) return
    yield
    const again = await checkouts.read(checkout)
    if (again.checkout?.orderId !== null) return
    cart = again.cart
  }
}

/** Puts the session's cart on the account's. */
async function* merging(owner: string, other: string): Steps {
  for (;;) {
    const [own, theirs] = [await stored(owner), await stored(other)]
    if (theirs.lines.length === 0) return
    yield
    const lines = theirs.lines.reduce((all, line) => {
      const added = addLine(all, line)
      return added.ok ? added.value : all
    }, own.lines)
    const merged = { ...own, lines, restaurantId: RESTAURANT, version: own.version + 1 }
    const emptied = {
      ...theirs,
      id: crypto.randomUUID(),
      lines: [],
      restaurantId: null,
      version: theirs.version + 1,
    }
    const { saved } = await carts.merge(merged, own.version, emptied, theirs.version)
    if (saved) return
  }
}

/** Lets whoever `turns` says do one step, until all are done. */
async function interleaved(all: readonly Steps[], turns: readonly number[]): Promise<void> {
  const running = [...all]
  for (let n = 0; running.length > 0; n += 1) {
    const at = (turns[n % turns.length] ?? 0) % running.length
    const { done } = await running[at]!.next()
    if (done === true) running.splice(at, 1)
  }
}

const portionsOf = async (owner: string): Promise<number> =>
  ((await carts.of(owner))?.lines ?? []).reduce((sum, { quantity }) => sum + quantity, 0)

const turns = fc.array(fc.nat(7), { minLength: 8, maxLength: 40 })
const items = fc.array(fc.nat(2), { minLength: 1, maxLength: 6 })

describe('changes of one cart that come between each other', () => {
  it('lose nothing', () =>
    fc.assert(
      fc.asyncProperty(items, turns, async (wanted, order) => {
        const owner = newOwner()
        await interleaved(
          wanted.map((n) => adding(owner, n)),
          order,
        )
        const cart = await stored(owner)
        expect(cart.version).toBe(wanted.length)
        for (const [n, itemId] of ITEMS.entries())
          expect(cart.lines.find((line) => line.itemId === itemId)?.quantity ?? 0).toBe(
            wanted.filter((one) => one === n).length,
          )
      }),
      { numRuns: 25 },
    ))

  it('are not taken by an order that did not have them', () =>
    fc.assert(
      fc.asyncProperty(items, items, turns, async (before, during, order) => {
        const owner = newOwner()
        await interleaved(
          before.map((n) => adding(owner, n)),
          [0],
        )
        let ordered = 0
        await interleaved(
          [
            ordering(owner, 'k', (portions) => (ordered = portions)),
            // The same key again, at the same time.
            ordering(owner, 'k', (portions) => (ordered = portions)),
            ...during.map((n) => adding(owner, n)),
          ],
          order,
        )
        expect(ordered).toBeGreaterThanOrEqual(before.length)
        expect((await portionsOf(owner)) + ordered).toBe(before.length + during.length)
      }),
      { numRuns: 25 },
    ))

  it('are in one of two carts that are merged, never in both or neither', () =>
    fc.assert(
      fc.asyncProperty(items, items, items, turns, async (mine, theirs, during, order) => {
        const [owner, other] = [newOwner(), newOwner()]
        const first = [...mine.map((n) => adding(owner, n)), ...theirs.map((n) => adding(other, n))]
        await interleaved(first, [0])
        await interleaved(
          [
            merging(owner, other),
            merging(owner, other),
            ...during.map((n, at) => adding(at % 2 === 0 ? owner : other, n)),
          ],
          order,
        )
        const all = mine.length + theirs.length + during.length
        expect((await portionsOf(owner)) + (await portionsOf(other))).toBe(all)
        expect(await portionsOf(owner)).toBeGreaterThanOrEqual(mine.length + theirs.length)
      }),
      { numRuns: 25 },
    ))
})

describe('checkouts', () => {
  const begin = (owner: string, key: string, more: object = {}) =>
    checkouts.begin({
      ...{ owner, key, fingerprint: 'f', cartId: null, restaurantKey: null, now: NOW },
      ...more,
    })
  const filled = async () => {
    const owner = newOwner()
    await interleaved([adding(owner, 0)], [0])
    return owner
  }

  it('begin from what stands, one at a time', async () => {
    const owner = await filled()
    expect((await begin(owner, 'one')).checkout?.lines).toHaveLength(1)
    const second = await begin(owner, 'two')
    expect([second.checkout, second.other?.idempotencyKey]).toEqual([null, 'one'])
    await checkouts.drop({ owner, idempotencyKey: 'one' })
    expect((await begin(owner, 'two')).checkout).not.toBeNull()
  })

  it.each([
    ['another cart', { cartId: crypto.randomUUID() }],
    ['another restaurant', { restaurantKey: '000000000000' }],
    ['a cart that is over', { now: NOW + 1_000_000 }],
  ])('do not begin from %s', async (_, more) => {
    expect((await begin(await filled(), 'one', more)).checkout).toBeNull()
  })

  it('keep their order when they are dropped too late, and are swept when they are old', async () => {
    const owner = await filled()
    const { checkout, cart } = await begin(owner, 'one')
    const empty = { ...cart!, lines: [], restaurantId: null, version: 2 }
    expect(await checkouts.finish(checkout!, 'order', empty, 1)).toBe(true)
    await checkouts.drop(checkout!)
    expect((await begin(owner, 'one')).checkout?.orderId).toBe('order')
    await checkouts.sweep(NOW, 100)
    expect((await begin(owner, 'one')).checkout).not.toBeNull()
    await checkouts.sweep(NOW + 1, 100)
    expect((await begin(owner, 'one')).checkout).toBeNull()
  })

  it('are finished all the same, once, where another request under the key has dropped them', async () => {
    const owner = await filled()
    const { checkout, cart } = await begin(owner, 'one')
    await checkouts.drop(checkout!)
    const empty = { ...cart!, lines: [], restaurantId: null, version: 2 }
    expect(await checkouts.finish(checkout!, 'order', empty, 1)).toBe(true)
    expect(await portionsOf(owner)).toBe(0)
    await interleaved([adding(owner, 1)], [0])
    expect(await checkouts.finish(checkout!, 'order', empty, 1)).toBe(true)
    expect((await begin(owner, 'one')).checkout?.orderId).toBe('order')
    expect(await portionsOf(owner)).toBe(1)
  })

  it('are not finished over another version than was read', async () => {
    const owner = await filled()
    const { checkout, cart } = await begin(owner, 'one')
    await interleaved([adding(owner, 1)], [0])
    const empty = { ...cart!, lines: [], restaurantId: null, version: 2 }
    expect(await checkouts.finish(checkout!, 'order', empty, 1)).toBe(false)
    expect((await begin(owner, 'one')).checkout?.orderId).toBeNull()
    expect(await portionsOf(owner)).toBe(2)
  })

  it('that nobody finished are found by their age', async () => {
    const owner = await filled()
    await begin(owner, 'left')
    const keys = async (before: number) =>
      (await checkouts.unfinished(before, 1_000)).map((one) => `${one.owner} ${one.idempotencyKey}`)
    expect(await keys(NOW)).not.toContain(`${owner} left`)
    expect(await keys(NOW + 1)).toContain(`${owner} left`)
  })
})
