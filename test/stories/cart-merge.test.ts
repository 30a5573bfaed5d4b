import { describe, expect, it, vi } from 'vitest'
import {
  added,
  cartOf,
  inCart,
  linesOf,
  reasonOf,
  shop,
  shopper,
  type MergedBody,
} from '../support/carts.ts'
import { member, person, type Member, type Person } from '../support/story-people.ts'
import { expectStatus, key, openPlace } from '../support/story-restaurant.ts'
import { NOON, signingKeys, type Story } from '../support/story.ts'
import { createJoseTokens } from '../../src/providers/jose-tokens.ts'

vi.setConfig({ testTimeout: 120_000 })

const sessionOf = async (who: Person): Promise<string> => {
  const verified = await createJoseTokens(signingKeys).verify('access', await who.token(), NOON)
  if (verified === null) throw new Error('no token')
  return verified.actor.sessionId
}

const merge = (who: Member, body: object, again = key()) =>
  who.post<MergedBody>('/carts/merge', body, { key: again })

/** A member with a chicken and a cola, a guest's session with two colas. */
async function twoCarts() {
  const world = await shop()
  const { story, spicy, cola } = world
  const [customer, guest] = [await member(story), shopper(story)]
  await added(customer, spicy)
  await added(customer, cola)
  await added(guest, cola, { quantity: 2 })
  return { ...world, customer, guest, wish: { session_id: guest.sessionId } }
}

describe('merging a guest’s cart into one’s own', () => {
  it('sums the same line, and the guest’s cart is empty afterwards', async () => {
    const { customer, guest, wish } = await twoCarts()
    const merged = expectStatus(await merge(customer, wish), 200)
    expect(inCart(merged)).toEqual(['1 × 후라이드 치킨', '3 × 콜라'])
    expect(merged).toMatchObject({ adjusted: [], total_amount: 24_500, version: 3 })
    expect((await cartOf(guest)).items).toEqual([])
    expect(inCart(await cartOf(customer))).toEqual(inCart(merged))
  })

  it('changes nothing more when it is repeated', async () => {
    const { customer, wish } = await twoCarts()
    const again = key()
    const first = await merge(customer, wish, again)
    const second = await merge(customer, wish, again)
    expect(second.headers.get('idempotent-replayed')).toBe('true')
    const third = await merge(customer, wish)
    for (const { status, body } of [second, third])
      expect([status, inCart(body), body.version]).toEqual([200, inCart(first.body), 3])
  })

  it('sums once when it is asked for many times at once', async () => {
    const { customer, wish } = await twoCarts()
    const replies = await Promise.all(Array.from({ length: 5 }, () => merge(customer, wish)))
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect(inCart(await cartOf(customer))).toEqual(['1 × 후라이드 치킨', '3 × 콜라'])
  })

  it('loses nothing of what is put into either meanwhile', async () => {
    const { customer, guest, cola, wish } = await twoCarts()
    await Promise.all([merge(customer, wish), added(guest, cola), added(customer, cola)])
    await merge(customer, wish)
    expect(inCart(await cartOf(customer))).toEqual(['1 × 후라이드 치킨', '5 × 콜라'])
  })

  it('gives one who has none the guest’s', async () => {
    const { story, guest, wish } = await twoCarts()
    const fresh = await member(story)
    expect(inCart(expectStatus(await merge(fresh, wish), 200))).toEqual(['2 × 콜라'])
    expect((await cartOf(guest)).items).toEqual([])
  })

  it('takes the session from the header too', async () => {
    const { customer, guest } = await twoCarts()
    const headers = { 'x-session-id': guest.sessionId }
    const merged = await customer.post<MergedBody>('/carts/merge', {}, { headers })
    expect(inCart(merged.body)).toEqual(['1 × 후라이드 치킨', '3 × 콜라'])
    expect(reasonOf(await customer.post('/carts/merge', {}))).toEqual([400, 'required'])
  })

  it('leaves out what goes beyond a limit, and says so', async () => {
    const { place, customer, guest, wish } = await twoCarts()
    const path = `/restaurants/me/items/${place.cola.id}`
    await place.owner.patch(path, { max_per_order: 2 })
    const merged = expectStatus(await merge(customer, wish), 200)
    expect(inCart(merged)).toEqual(['1 × 후라이드 치킨', '2 × 콜라'])
    const { line_id } = merged.items[1]!
    expect(merged.adjusted).toEqual([
      { line_id, menu_id: place.cola.id, wanted: 3, quantity: 2, reason: 'ITEM_LIMIT' },
    ])
    expect(merged).toMatchObject({ orderable: true, total_amount: 22_500 })
    expect((await cartOf(guest)).items).toEqual([])
  })

  it('of another restaurant asks which of the two is to stay', async () => {
    const { story, place, customer, wish } = await twoCarts()
    const other = await openPlace(story)
    const elsewhere = shopper(story)
    const from = { session_id: elsewhere.sessionId }
    await added(elsewhere, linesOf(other).spicy)
    const refused = await merge(customer, from)
    expect(reasonOf(refused)).toEqual([409, 'CART_RESTAURANT_MISMATCH'])
    expect(refused.body.error.details).toEqual({
      cart_restaurant_id: place.id,
      other_restaurant_id: other.id,
    })
    expect(inCart(await cartOf(elsewhere))).toEqual(['1 × 후라이드 치킨'])
    const theirs = expectStatus(await merge(customer, { ...from, keep: 'theirs' }), 200)
    expect([theirs.restaurant?.id, inCart(theirs)]).toEqual([other.id, ['1 × 후라이드 치킨']])
    expect((await cartOf(elsewhere)).items).toEqual([])
    const mine = expectStatus(await merge(customer, { ...wish, keep: 'mine' }), 200)
    expect([mine.restaurant?.id, inCart(mine)]).toEqual([other.id, ['1 × 후라이드 치킨']])
    expect((await cartOf(shopper(story, wish.session_id))).items).toEqual([])
  })

  it('is a guest’s too, by body or header, and of one’s own session is nothing', async () => {
    const { place, story, cola, wish } = await twoCarts()
    const guest = await place.guest()
    await added(guest, cola)
    const before = await cartOf(guest)
    const sessionId = await sessionOf(guest)
    const own = expectStatus(
      await guest.post<MergedBody>('/carts/merge', { session_id: sessionId }),
      200,
    )
    expect([own.version, own.items]).toEqual([before.version, before.items])
    expect(await cartOf(guest)).toEqual(before)
    const merged = await guest.post<MergedBody>('/carts/merge', wish)
    expect(inCart(expectStatus(merged, 200))).toEqual(['3 × 콜라'])
    const other = shopper(story)
    await added(other, cola)
    const headers = { 'x-session-id': other.sessionId }
    const again = await guest.post<MergedBody>('/carts/merge', {}, { headers })
    expect(inCart(expectStatus(again, 200))).toEqual(['4 × 콜라'])
  })

  it('is refused of a version that has passed, and takes no account’s cart', async () => {
    const { story, customer, wish } = await twoCarts()
    expect(reasonOf(await merge(customer, { ...wish, version: 1 }))).toEqual([409, 'VERSION'])
    const other = await member(story)
    for (const session_id of [customer.userId, customer.sessionId])
      expect((await merge(other, { session_id })).body.items).toEqual([])
    expect(inCart(await cartOf(customer))).toEqual(['1 × 후라이드 치킨', '1 × 콜라'])
  })

  it('that dies anywhere has been made or not, and a repeat makes it whole', async () => {
    const { customer, wish } = await twoCarts()
    const { calls } = await customer.postCut(Number.MAX_SAFE_INTEGER, '/carts/merge', wish)
    for (let after = 0; after <= calls; after += 1) {
      const cut = await twoCarts()
      const again = key()
      await cut.customer.postCut(after, '/carts/merge', cut.wish, { key: again })
      const [own, other] = [await cartOf(cut.customer), await cartOf(cut.guest)]
      const portions = [...own.items, ...other.items].map(({ quantity }) => quantity)
      expect([after, portions.reduce((sum, one) => sum + one, 0)]).toEqual([after, 4])
      await merge(cut.customer, cut.wish, again)
      expect(inCart(await cartOf(cut.customer))).toEqual(['1 × 후라이드 치킨', '3 × 콜라'])
    }
  })
})

describe('getting a guest’s token with a cart', () => {
  interface Joined {
    access_token: string
    session_id: string
  }
  const join = async (world: Awaited<ReturnType<typeof twoCarts>>, body: object) =>
    expectStatus(await world.guest.post<Joined>('/auth/guest', body, { key: null }), 201)
  const withToken = (story: Story, { access_token }: Joined) =>
    person(story, () => Promise.resolve(access_token))

  it.each([
    ['browsing', false],
    ['at a table', true],
  ])('takes what the session that was named holds along, %s', async (_, scans) => {
    const world = await twoCarts()
    const { story, place, guest, cola } = world
    const before = await cartOf(guest)
    const { id: table_id, qr_url } = place.tables.a1
    const code = decodeURIComponent(qr_url.split('#')[1] ?? '')
    const joined = await join(world, scans ? { table_id, code } : {})
    const who = withToken(story, joined)
    expect(inCart(await cartOf(who))).toEqual(['2 × 콜라'])
    expect(await cartOf(who)).toMatchObject({ version: before.version, cart_id: before.cart_id })
    expect((await cartOf(guest)).items).toEqual([])
    expect(inCart(await added(who, cola))).toEqual(['3 × 콜라'])
    const second = withToken(story, await join(world, {}))
    expect((await cartOf(second)).version).toBe(0)
  })

  it('takes none of a cart that is over, nor for one who comes with a token', async () => {
    const world = await twoCarts()
    const { story, place, guest } = world
    const headers = { 'x-session-id': guest.sessionId }
    const known = await place.guest()
    expectStatus(await known.post('/auth/guest', {}, { key: null, headers }), 201)
    expect(inCart(await cartOf(guest))).toEqual(['2 × 콜라'])
    story.clockOnly(7 * 24 * 3600_000)
    const late = withToken(story, await join(world, {}))
    expect((await cartOf(late)).version).toBe(0)
  })

  it('goes without while the database is away: the cart can be merged later', async () => {
    const world = await twoCarts()
    const { story, guest } = world
    story.d1Goes('down')
    const joined = await join(world, {}).finally(() => story.d1Goes('up'))
    expect(story.world.logged).toContainEqual(
      expect.objectContaining({ kind: 'cart-left-behind', level: 'warn' }),
    )
    const who = withToken(story, joined)
    expect((await cartOf(who)).items).toEqual([])
    const merged = await who.post<MergedBody>('/carts/merge', { session_id: guest.sessionId })
    expect(inCart(expectStatus(merged, 200))).toEqual(['2 × 콜라'])
  })
})
