import { describe, expect, it } from 'vitest'
import {
  add,
  added,
  cartOf,
  inCart,
  reasonOf,
  remove,
  setLine,
  setQuantity,
  shop,
  shopper,
  type CartBody,
} from '../support/carts.ts'
import { expectStatus, key } from '../support/story-restaurant.ts'
import { SECOND } from '../support/story.ts'

describe('a change that changes nothing', () => {
  const unchanged = (reply: { status: number; body: CartBody }, cart: CartBody) =>
    expect([reply.status, reply.body]).toEqual([200, cart])

  it('leaves the version as it is, and needs a version that stands like any other', async () => {
    const { story, place, cola } = await shop()
    const who = shopper(story)
    const cart = await added(who, cola, { quantity: 3 })
    story.clockOnly(SECOND)
    unchanged(await setLine(who, cola, { quantity: 3 }), cart)
    unchanged(await setQuantity(who, place.cola.id, 3, { version: cart.version }), cart)
    expect(await cartOf(who)).toEqual(cart)
    const late = await setQuantity(who, place.cola.id, 3, { version: cart.version - 1 })
    expect(reasonOf(late)).toEqual([409, 'VERSION'])
  })

  it('is taking out what is not in it any more', async () => {
    const { story, place, cola, spicy } = await shop()
    const who = shopper(story)
    await added(who, spicy)
    const { items } = await added(who, cola)
    const { line_id: gone } = items[1]!
    const cart = expectStatus(await remove(who, gone), 200)
    expect(inCart(cart)).toEqual(['1 × 후라이드 치킨'])
    unchanged(await remove(who, gone), cart)
    unchanged(await setQuantity(who, place.cola.id, 0), cart)
    unchanged(await setLine(who, cola, { quantity: 0 }), cart)
    unchanged(await remove(who, crypto.randomUUID()), cart)
  })

  it('is emptying what is empty', async () => {
    const { story, cola } = await shop()
    const who = shopper(story)
    const clear = () => who.delete<CartBody>('/carts/current')
    expect((await clear()).body).toMatchObject({ cart_id: null, version: 0 })
    await added(who, cola)
    const cleared = (await clear()).body
    expect(cleared.version).toBe(2)
    unchanged(await clear(), cleared)
    unchanged(await remove(who, crypto.randomUUID()), cleared)
  })
})

describe('changes at the same time', () => {
  it('are all kept', async () => {
    const { story, cola, spicy } = await shop()
    const who = shopper(story)
    const adds = Array.from({ length: 12 }, (_, n) => add(who, n % 3 === 0 ? spicy : cola))
    const replies = await Promise.all(adds)
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 200))
    const cart = await cartOf(who)
    expect(inCart(cart).toSorted()).toEqual(['4 × 후라이드 치킨', '8 × 콜라'])
    expect(cart.version).toBe(12)
    expect(new Set(replies.map(({ body }) => body.version)).size).toBe(12)
  })

  it('of one version: the first is made, the second is told what stands', async () => {
    const { story, place, cola } = await shop()
    const who = shopper(story)
    const { version } = await added(who, cola)
    const first = await setQuantity(who, place.cola.id, 5, { version })
    expect([first.status, first.headers.get('etag')]).toEqual([200, `"${version + 1}"`])
    const second = await setQuantity(who, place.cola.id, 9, { version })
    expect(reasonOf(second)).toEqual([409, 'VERSION'])
    expect(second.body.error.details).toEqual({ current: first.body })
    const byTag = (tag: string) =>
      who.delete<CartBody>('/carts/current', { headers: { 'if-match': tag } })
    expect(reasonOf(await byTag(`"${version}"`))).toEqual([409, 'VERSION'])
    expect(reasonOf(await byTag('"soon"'))).toEqual([400, 'invalid_format'])
    expect((await byTag(`"${version + 1}"`)).status).toBe(200)
  })

  it('of a version that body and header tell differently is refused', async () => {
    const { story, place, cola } = await shop()
    const who = shopper(story)
    const { version } = await added(who, cola)
    const byBoth = (inBody: number, tag: string) =>
      who.put<CartBody>(
        `/carts/current/items/${place.cola.id}`,
        { quantity: 5, version: inBody },
        { headers: { 'if-match': tag } },
      )
    for (const [inBody, tag] of [
      [version, `"${version + 1}"`],
      [version + 1, `"${version}"`],
    ] as const) {
      const refused = await byBoth(inBody, tag)
      expect(reasonOf(refused)).toEqual([400, 'contradicts_if_match'])
      expect(refused.body.error.details?.field).toBe('version')
    }
    expect((await cartOf(who)).version).toBe(version)
    expect((await byBoth(version, '*')).status).toBe(200)
    expect((await byBoth(version + 1, `"${version + 1}"`)).status).toBe(200)
  })

  it('repeated under one key is made once, and another under that key never', async () => {
    const { story, cola } = await shop()
    const who = shopper(story)
    const again = key()
    const first = await add(who, cola, {}, again)
    await added(who, cola)
    const second = await add(who, cola, {}, again)
    expect(second.headers.get('idempotent-replayed')).toBe('true')
    expect([inCart(first.body), inCart(second.body)]).toEqual([['1 × 콜라'], ['2 × 콜라']])
    const other = await add(who, cola, { quantity: 7 }, again)
    expect([other.status, other.body.error.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED'])
    const tapped = key()
    await Promise.all([1, 2, 3].map(() => add(who, cola, {}, tapped)))
    expect(inCart(await cartOf(who))).toEqual(['3 × 콜라'])
  })
})
