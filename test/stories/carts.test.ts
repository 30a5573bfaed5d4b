import { describe, expect, it } from 'vitest'
import {
  add,
  added,
  cartOf,
  inCart,
  linesOf,
  markSoldOut,
  reasonOf,
  remove,
  setLine,
  setQuantity,
  shop,
  shopper,
  type CartBody,
} from '../support/carts.ts'
import { member, stranger, withActor } from '../support/story-people.ts'
import { expectStatus, openPlace } from '../support/story-restaurant.ts'
import { SECOND } from '../support/story.ts'

const DAY = 24 * 3600 * SECOND
const GUEST = { role: 'GUEST', userId: null, memberships: [], visit: null } as const

describe('a cart', () => {
  it('is empty at first, and asks no restaurant', async () => {
    const { story } = await shop()
    expect(await cartOf(shopper(story))).toEqual({
      cart_id: null,
      version: 0,
      restaurant: null,
      currency: null,
      at_table: false,
      items: [],
      subtotal_amount: 0,
      discount_amount: 0,
      packaging_fee_amount: 0,
      service_fee_amount: 0,
      tax_amount: 0,
      total_amount: 0,
      coupons: [],
      orderable: false,
      updated_at: null,
      expires_at: null,
    })
  })

  it('tells what each line costs now and what all of it comes to', async () => {
    const { story, place, cola, spicy } = await shop({
      packaging_fee_amount: 1_000,
      service_fee_basis_points: 1_000,
      tax_basis_points: 1_000,
    })
    const who = shopper(story)
    await added(who, spicy, { quantity: 2 })
    const cart = await added(who, cola)
    expect(cart).toMatchObject({
      version: 2,
      restaurant: { id: place.id, name: '맛있는 치킨집', open: true },
      currency: 'KRW',
      items: [
        { menu_id: place.chicken.id, quantity: 2, unit_price: 18_500, total: 37_000 },
        { menu_id: place.cola.id, quantity: 1, unit_price: 2_000, seen_unit_price: 2_000 },
      ],
      subtotal_amount: 39_000,
      packaging_fee_amount: 1_000,
      service_fee_amount: 0,
      total_amount: 40_000,
      orderable: true,
    })
    expect(cart.items[0]!.options).toMatchObject([{ choice: '매운맛', price_delta: 500 }])
    expect(cart.tax_amount).toBe(40_000 - Math.round(40_000 / 1.1))
    expect(await cartOf(who)).toEqual(cart)
    expect(await cartOf(who, '?at_table=true')).toMatchObject({
      packaging_fee_amount: 0,
      service_fee_amount: 3_900,
      total_amount: 42_900,
    })
  })

  it('knows a line again however its choice is named', async () => {
    const { story, place, spicy } = await shop()
    const who = shopper(story)
    await added(who, spicy)
    const [option] = place.chicken.options
    const choice = option!.choices[1]!.id.toUpperCase()
    const cart = await added(who, { ...spicy, options: [{ option_id: option!.id, choice }] })
    expect(inCart(cart)).toEqual(['2 × 후라이드 치킨'])
  })

  it('sets a line to a number as often as one likes, and takes it out at nought', async () => {
    const { story, cola, spicy } = await shop()
    const who = shopper(story)
    await added(who, spicy)
    for (const quantity of [5, 5, 2])
      expect(inCart(expectStatus(await setLine(who, cola, { quantity }), 200))).toEqual([
        '1 × 후라이드 치킨',
        `${quantity} × 콜라`,
      ])
    expect(inCart((await setLine(who, spicy, { quantity: 0 })).body)).toEqual(['2 × 콜라'])
    expect(inCart((await setLine(who, spicy, { quantity: 0 })).body)).toEqual(['2 × 콜라'])
  })

  it('names a line by its own id, or by its item where that is in one line alone', async () => {
    const { story, place, cola, spicy } = await shop()
    const who = shopper(story)
    const mild = { ...spicy, options: [{ ...spicy.options[0]!, choice: '순한맛' }] }
    await added(who, spicy)
    await added(who, mild)
    const cart = await added(who, cola)
    expect(inCart((await setQuantity(who, place.cola.id, 4)).body)).toContain('4 × 콜라')
    const ambiguous = await setQuantity(who, place.chicken.id, 4)
    expect(reasonOf(ambiguous)).toEqual([409, 'CART_LINE_AMBIGUOUS'])
    const ids = cart.items.slice(0, 2).map(({ line_id }) => line_id)
    expect(ambiguous.body.error.details).toEqual({ line_ids: ids })
    expect(inCart((await remove(who, ids[0]!)).body)).toEqual(['1 × 후라이드 치킨', '4 × 콜라'])
    expect(inCart((await setQuantity(who, place.chicken.id, 0)).body)).toEqual(['4 × 콜라'])
    expect(reasonOf(await setQuantity(who, ids[0]!, 1))).toEqual([404, 'NOT_FOUND'])
  })

  it('is emptied at once', async () => {
    const { story, cola } = await shop()
    const who = shopper(story)
    await added(who, cola)
    const cleared = expectStatus(await who.delete<CartBody>('/carts/current'), 200)
    expect(cleared).toMatchObject({ items: [], total_amount: 0, version: 2, restaurant: null })
    expect((await cartOf(who)).items).toEqual([])
  })

  it.each([
    ['an item that nobody has', { menu_id: crypto.randomUUID() }, 404, 'NOT_FOUND'],
    ['none of it', { quantity: 0 }, 400, 'too_small'],
    ['less than none', { quantity: -1 }, 400, 'too_small'],
    ['half of one', { quantity: 1.5 }, 400, 'invalid_type'],
    ['more than a line may hold', { quantity: 1_000 }, 400, 'too_big'],
    ['more than numbers hold', { quantity: 1e300 }, 400, 'too_big'],
    [
      'an option it does not have',
      { options: [{ option_id: crypto.randomUUID(), choice: 'x' }] },
      400,
      'unknown_option',
    ],
    ['a field that nobody reads', { price: 1 }, 400, 'unrecognized_keys'],
  ])('refuses %s', async (_, wrong, status, reason) => {
    const { story, cola } = await shop()
    const who = shopper(story)
    expect(reasonOf(await add(who, cola, wrong))).toEqual([status, reason])
    expect((await cartOf(who)).version).toBe(0)
  })

  it('refuses what a required option is missing of, sold out or not', async () => {
    const { story, place, spicy } = await shop()
    const who = shopper(story)
    const without = { menu_id: spicy.menu_id, quantity: 1 }
    expect(reasonOf(await add(who, without))).toEqual([400, 'required_option'])
    await markSoldOut(place, place.chicken, true)
    expect((await add(who, without)).status).toBe(400)
  })

  it('holds an item to its limit over all its lines, and lets one step back from above it', async () => {
    const { story, place, spicy } = await shop()
    const who = shopper(story)
    const mild = { ...spicy, options: [{ ...spicy.options[0]!, choice: '순한맛' }] }
    await added(who, spicy, { quantity: 3 })
    await added(who, mild, { quantity: 2 })
    const path = `/restaurants/me/items/${place.chicken.id}`
    expect((await place.owner.patch(path, { max_per_order: 4 })).status).toBe(200)
    const cart = await cartOf(who)
    expect(cart.items[1]!.problem).toEqual({ reason: 'ABOVE_LIMIT', limit: 1 })
    expect([cart.orderable, cart.total_amount]).toEqual([false, 3 * 18_500])
    expect(reasonOf(await add(who, spicy))).toEqual([400, 'too_big'])
    const fewer = await setLine(who, mild, { quantity: 1 })
    expect([fewer.status, fewer.body.orderable]).toEqual([200, true])
  })
})

describe('another restaurant', () => {
  it('is not mixed in, but may take the place', async () => {
    const { story, place, cola } = await shop()
    const other = await openPlace(story)
    const who = shopper(story)
    const first = await added(who, cola)
    const refused = await add(who, linesOf(other).cola)
    expect(reasonOf(refused)).toEqual([409, 'CART_RESTAURANT_MISMATCH'])
    expect(refused.body.error.details).toEqual({
      cart_restaurant_id: place.id,
      other_restaurant_id: other.id,
    })
    expect(await cartOf(who)).toEqual(first)
    const replaced = await added(who, linesOf(other).cola, { replace: true })
    expect(replaced).toMatchObject({ restaurant: { id: other.id }, version: 2 })
    expect(replaced.cart_id).not.toBe(first.cart_id)
    expect(inCart(replaced)).toEqual(['1 × 콜라'])
  })
})

describe('what happens to the menu meanwhile', () => {
  it('is said of the line: a new price, sold out, too few, gone', async () => {
    const { story, place, cola, spicy } = await shop()
    const who = shopper(story)
    await added(who, spicy)
    await added(who, cola, { quantity: 3 })
    const { owner } = place
    await owner.patch(`/restaurants/me/items/${place.cola.id}`, { price: 2_500 })
    const dearer = await cartOf(who)
    expect(dearer.items[1]).toMatchObject({
      unit_price: 2_500,
      seen_unit_price: 2_000,
      price_changed: true,
      total: 7_500,
      problem: null,
    })
    // Setting it again is agreeing to what it costs now.
    expect((await setLine(who, cola, { quantity: 4 })).body.items[1]).toMatchObject({
      seen_unit_price: 2_500,
      price_changed: false,
    })

    await owner.post('/restaurants/me/inventory/adjustments', {
      menu_id: place.cola.id,
      set: 2,
      reason: '재고 확인',
    })
    expect((await cartOf(who)).items[1]!.problem).toEqual({ reason: 'NOT_ENOUGH', available: 2 })
    await markSoldOut(place, place.cola, true)
    const soldOut = await cartOf(who)
    expect(soldOut.items[1]!.problem).toEqual({ reason: 'SOLD_OUT' })
    expect([soldOut.total_amount, soldOut.orderable]).toEqual([18_500, false])
    expect((await owner.delete(`/restaurants/me/items/${place.chicken.id}`)).status).toBe(204)
    const gone = await cartOf(who)
    expect(gone.items[0]!.problem).toEqual({ reason: 'ITEM_GONE' })
    expect([gone.total_amount, gone.items.length]).toEqual([0, 2])
    expect(reasonOf(await add(who, spicy))).toEqual([404, 'NOT_FOUND'])
    expect(inCart((await remove(who, place.chicken.id)).body)).toEqual(['4 × 콜라'])
  })
})

describe('whose cart it is', () => {
  it("a member's is the account's, on every device", async () => {
    const { story, cola } = await shop()
    const customer = await member(story)
    await added(customer, cola)
    const elsewhere = { 'x-session-id': crypto.randomUUID() }
    const same = await customer.get<CartBody>('/carts/current', elsewhere)
    expect(inCart(same.body)).toEqual(['1 × 콜라'])
    expect((await cartOf(await member(story))).version).toBe(0)
  })

  it("a guest's is the session's, by token or by its id alone", async () => {
    const { story, cola } = await shop()
    const sessionId = crypto.randomUUID()
    const guest = withActor(story, () => ({ ...GUEST, sessionId }))
    await added(guest, cola)
    const byId = shopper(story, sessionId)
    expect(inCart(await cartOf(byId))).toEqual(['1 × 콜라'])
    const mixed = await guest.get('/carts/current', { 'x-session-id': crypto.randomUUID() })
    expect([mixed.status, mixed.body.error.details?.field]).toEqual([400, 'X-Session-Id'])
  })

  it("knowing an account's id opens nothing", async () => {
    const { story, cola } = await shop()
    const customer = await member(story)
    await added(customer, cola)
    for (const id of [customer.userId, customer.sessionId])
      expect((await cartOf(shopper(story, id))).version).toBe(0)
  })

  it('nobody at all has none', async () => {
    const { story, cola } = await shop()
    const nobody = stranger(story)
    expect(reasonOf(await nobody.get('/carts/current'))).toEqual([401, 'MISSING'])
    expect(reasonOf(await add(nobody, cola))).toEqual([401, 'MISSING'])
    const odd = await nobody.get('/carts/current', { 'x-session-id': 'me' })
    expect([odd.status, odd.body.error.details?.field]).toEqual([400, 'X-Session-Id'])
  })
})

describe('the life of a cart', () => {
  it('is a week from its last change for a session, a month for an account', async () => {
    const { story, cola } = await shop()
    const [who, customer] = [shopper(story), await member(story)]
    const cart = await added(who, cola)
    expect(Date.parse(cart.expires_at!)).toBe(story.world.now + 7 * DAY)
    await added(customer, cola)
    story.clockOnly(7 * DAY - SECOND)
    expect(inCart(await cartOf(who))).toEqual(['1 × 콜라'])
    story.clockOnly(SECOND)
    expect(await cartOf(who)).toMatchObject({ items: [], restaurant: null })
    const later = await added(who, cola)
    expect(inCart(later)).toEqual(['1 × 콜라'])
    expect([later.version > cart.version, later.cart_id === cart.cart_id]).toEqual([true, false])
  })

  it('ends with the sweep, which leaves the others alone', async () => {
    const { story, cola } = await shop()
    const [who, late] = [shopper(story), shopper(story)]
    await added(who, cola)
    story.clockOnly(3 * DAY)
    await added(late, cola)
    story.clockOnly(4 * DAY)
    await story.cron('17 18 * * *')
    expect((await cartOf(who)).version).toBe(0)
    expect((await cartOf(late)).version).toBe(1)
    const swept = story.world.logged.find(({ job }) => job === 'sweep-carts')
    expect(swept).toMatchObject({ kind: 'cron-done', checkouts: 0 })
  })

  it('is out of reach while the database is down, and the kitchen goes on', async () => {
    const { story, place, cola } = await shop()
    const guest = await place.guest()
    await added(guest, cola)
    story.d1Goes('down')
    try {
      expect((await guest.get('/carts/current')).status).toBe(503)
      expect((await add(guest, cola)).status).toBe(503)
      expect((await place.place(guest)).status).toBe(201)
      const fromCart = await guest.post('/orders', { payment_method: 'CARD' })
      expect(fromCart.status).toBe(503)
    } finally {
      story.d1Goes('up')
    }
    expect(inCart(await cartOf(guest))).toEqual(['1 × 콜라'])
  })
})
