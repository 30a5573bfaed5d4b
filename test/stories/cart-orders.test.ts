import { describe, expect, it, vi } from 'vitest'
import {
  add,
  added,
  cartOf,
  inCart,
  linesOf,
  markSoldOut,
  reasonOf,
  shop,
  shopper,
} from '../support/carts.ts'
import { claim, made, statsOf } from '../support/coupon-stories.ts'
import { balanceOf } from '../support/points-story.ts'
import { member, type Member } from '../support/story-people.ts'
import {
  expectStatus,
  key,
  openPlace,
  type ListBody,
  type OrderBody,
  type Place,
  type PlacedBody,
} from '../support/story-restaurant.ts'
import { MINUTE, SECOND } from '../support/story.ts'
import { givePoints } from '../support/wallets.ts'

/** Some live through their world once per remote call. */
vi.setConfig({ testTimeout: 240_000 })

const ALL = Number.MAX_SAFE_INTEGER
const CRON = '*/5 * * * *'
const BY_CARD = { payment_method: 'CARD' }

const order = (who: Member, body: object = BY_CARD, again = key()) =>
  who.post<PlacedBody>('/orders', body, { key: again })
const boardOf = async (place: Place): Promise<OrderBody[]> =>
  (await place.staff.get<ListBody<OrderBody>>('/restaurants/me/orders')).body.items
const linesOn = ({ items }: Pick<OrderBody, 'items'>): string[] =>
  items.map(({ quantity, name }) => `${quantity} × ${name}`)

/** Two colas and a chicken in a member's cart. */
async function filled(settings: Record<string, unknown> = {}) {
  const world = await shop(settings)
  const customer = await member(world.story)
  await added(customer, world.spicy)
  const cart = await added(customer, world.cola, { quantity: 2 })
  return { ...world, customer, cart }
}

const FILLED = ['1 × 후라이드 치킨', '2 × 콜라']

describe('an order without items', () => {
  it('is of what is in the cart, which is empty afterwards', async () => {
    const { place, customer, cart } = await filled()
    const placed = expectStatus(await order(customer), 201)
    expect([linesOn(placed), placed.total_amount]).toEqual([FILLED, cart.total_amount])
    expect(await cartOf(customer)).toMatchObject({ items: [], restaurant: null, total_amount: 0 })
    expect(await boardOf(place)).toHaveLength(1)
    expect(reasonOf(await order(customer))).toEqual([409, 'CART_EMPTY'])
  })

  it('may name the cart, but only its own, and not items besides', async () => {
    const { story, customer, cart, cola } = await filled()
    const stranger = await member(story)
    const named = { ...BY_CARD, cart_id: cart.cart_id }
    expect(reasonOf(await order(stranger, named))).toEqual([404, 'NOT_FOUND'])
    await added(stranger, cola)
    expect(reasonOf(await order(stranger, named))).toEqual([404, 'NOT_FOUND'])
    const both = await order(customer, { ...named, items: [cola] })
    expect([both.status, both.body.error.details?.field]).toEqual([400, 'cart_id'])
    expect((await order(customer, named)).status).toBe(201)
    expect(inCart(await cartOf(stranger))).toEqual(['1 × 콜라'])
  })

  it('is refused where it names another restaurant than the cart', async () => {
    const { story, place, customer, cart } = await filled()
    const other = await openPlace(story, { table_access: 'OPEN' })
    const refused = await order(customer, { ...BY_CARD, restaurant_id: other.id })
    expect(reasonOf(refused)).toEqual([409, 'CART_RESTAURANT_MISMATCH'])
    expect(refused.body.error.details).toEqual({
      cart_restaurant_id: place.id,
      other_restaurant_id: other.id,
    })
    const atTable = await customer.post(`/tables/${other.tables.a1.id}/orders`, BY_CARD)
    expect(reasonOf(atTable)).toEqual([409, 'CART_RESTAURANT_MISMATCH'])
    expect(await cartOf(customer)).toEqual(cart)
  })

  it('goes to a table too, by a guest who has scanned it', async () => {
    const { place, cola } = await shop()
    const guest = await place.guest()
    await added(guest, cola, { quantity: 3 })
    const path = `/tables/${place.tables.a1.id}/orders`
    const placed = expectStatus(await guest.post<PlacedBody>(path, BY_CARD), 201)
    expect([placed.table?.name, linesOn(placed)]).toEqual(['A1', ['3 × 콜라']])
    expect((await cartOf(guest)).items).toEqual([])
  })

  it('that is refused leaves the cart as it is, and the key free', async () => {
    const { place, customer, cart } = await filled()
    const again = key()
    const dearer = { ...BY_CARD, expected_total: cart.total_amount - 1 }
    expect(reasonOf(await order(customer, dearer, again))).toEqual([409, 'PRICE_CHANGED'])
    await markSoldOut(place, place.cola, true)
    expect(reasonOf(await order(customer, BY_CARD, again))).toEqual([409, 'OUT_OF_STOCK'])
    expect(inCart(await cartOf(customer))).toEqual(FILLED)
    await markSoldOut(place, place.cola, false)
    expect((await order(customer, BY_CARD, again)).status).toBe(201)
    expect(await boardOf(place)).toHaveLength(1)
  })
})

describe('the same key again', () => {
  it('is answered the same, and leaves what was put in meanwhile', async () => {
    const { place, customer, cola } = await filled()
    const again = key()
    const first = await order(customer, BY_CARD, again)
    await added(customer, cola, { quantity: 5 })
    const second = await order(customer, BY_CARD, again)
    expect([second.status, second.body]).toEqual([201, first.body])
    expect(second.headers.get('idempotent-replayed')).toBe('true')
    expect(inCart(await cartOf(customer))).toEqual(['5 × 콜라'])
    expect(await boardOf(place)).toHaveLength(1)
    const otherwise = await order(customer, { ...BY_CARD, special_requests: '덜 맵게' }, again)
    expect(reasonOf(otherwise)).toEqual([422, 'IDEMPOTENCY_KEY_REUSED'])
  })

  it('of long ago does not take what is in the cart now', async () => {
    const { story, place, customer, cola } = await filled()
    const again = key()
    const first = await order(customer, BY_CARD, again)
    story.clockOnly(25 * 60 * MINUTE)
    await story.cron('17 18 * * *')
    await added(customer, cola, { quantity: 5 })
    const second = await order(customer, BY_CARD, again)
    expect(second.body.order_id).toBe(first.body.order_id)
    expect(inCart(await cartOf(customer))).toEqual(['5 × 콜라'])
    expect(await boardOf(place)).toHaveLength(1)
    expect((await order(customer)).status).toBe(201)
  })

  it('of an order with items takes nothing from the cart', async () => {
    const { place, customer, cola } = await filled()
    const again = key()
    await order(customer, { ...BY_CARD, items: [cola] }, again)
    expect(reasonOf(await order(customer, BY_CARD, again))).toEqual([422, 'IDEMPOTENCY_KEY_REUSED'])
    expect(inCart(await cartOf(customer))).toEqual(FILLED)
    expect((await order(customer)).status).toBe(201)
    expect(await boardOf(place)).toHaveLength(2)
  })

  it('tapped twice at once is one order', async () => {
    const { place, customer } = await filled()
    const again = key()
    const replies = await Promise.all([1, 2, 3].map(() => order(customer, BY_CARD, again)))
    expect(replies.map(({ status }) => status)).toEqual([201, 201, 201])
    expect(new Set(replies.map(({ body }) => body.order_id)).size).toBe(1)
    expect((await cartOf(customer)).items).toEqual([])
    expect(await boardOf(place)).toHaveLength(1)
  })
})

describe('two keys at once from one cart', () => {
  it('are one order: the other is told to look again, or finds the cart empty', async () => {
    const { place, customer } = await filled()
    const replies = await Promise.all([order(customer), order(customer)])
    expect(replies.map(({ status }) => status).toSorted()).toEqual([201, 409])
    const late = replies.find(({ status }) => status === 409)!
    expect(['CART_CHECKOUT_IN_PROGRESS', 'CART_EMPTY']).toContain(late.body.error.reason)
    expect(await boardOf(place)).toHaveLength(1)
    expect((await cartOf(customer)).items).toEqual([])
  })

  it('wait for one that died, for a minute at most, and then know what became of it', async () => {
    const { story, place, customer } = await filled()
    const { calls } = await customer.postCut(Number.MAX_SAFE_INTEGER, '/orders', BY_CARD)
    expect(calls).toBeGreaterThan(2)
    for (let after = 0; after < calls; after += 1) {
      const who = await member(story)
      await added(who, linesOf(place).cola)
      await who.postCut(after, '/orders', BY_CARD)
      const before = (await boardOf(place)).length
      let next = await order(who)
      if (next.status === 409 && next.body.error.reason === 'CART_CHECKOUT_IN_PROGRESS') {
        expect(next.headers.get('retry-after')).toBe('3')
        story.clockOnly(MINUTE)
        next = await order(who)
      }
      // Either the order stood and its lines are gone, or there was none and this is it.
      const stood = next.status === 409
      if (stood) expect(next.body.error.reason).toBe('CART_EMPTY')
      else expect(next.status).toBe(201)
      expect((await boardOf(place)).length - before).toBe(stood ? 0 : 1)
      expect((await cartOf(who)).items).toEqual([])
      const own = await boardOf(place)
      for (const { order_id: id } of own)
        await place.handle(place.staff, { order_id: id }, 'reject')
    }
  })
})

describe('a coupon and points in one order', () => {
  const POINTS = 50_000
  /** One key over all of it: cart, coupon, points. */
  const world = async () => {
    const shopped = await shop({ payment_methods: ['CARD', 'POINTS'] })
    const customer = await member(shopped.story)
    const coupon = await made(shopped.place, { for_guests: false, total_quantity: 1 })
    await givePoints(customer.userId, POINTS)
    await added(customer, shopped.spicy)
    const body = { payment_method: 'POINTS', coupon_code: coupon.code.toLowerCase() }
    return { ...shopped, customer, coupon, body }
  }
  const DUE = 16_500

  it('takes the coupon once, the rest from the wallet, and the lines from the cart', async () => {
    const { customer, coupon, body } = await world()
    expect(await cartOf(customer, `?coupon_code=${coupon.code}`)).toMatchObject({
      subtotal_amount: 18_500,
      discount_amount: 2_000,
      total_amount: DUE,
      coupons: [{ code: coupon.code, applicable: true, discount: 2_000 }],
    })
    const again = key()
    const placed = expectStatus(await order(customer, body, again), 201)
    expect(placed).toMatchObject({ total_amount: DUE, payment_status: 'PAID' })
    const repeated = await order(customer, body, again)
    expect(repeated.body).toEqual(placed)
    expect(await balanceOf(customer)).toBe(POINTS - DUE)
    expect((await cartOf(customer)).items).toEqual([])
  })

  it('that cannot be had leaves the cart, the coupon and the points', async () => {
    const { place, customer, coupon, body, story } = await world()
    const faster = await member(story)
    await claim(faster, coupon.code)
    const refused = await order(customer, body)
    expect(reasonOf(refused)).toEqual([409, 'COUPON_EXHAUSTED'])
    expect(inCart(await cartOf(customer))).toEqual(['1 × 후라이드 치킨'])
    expect(await balanceOf(customer)).toBe(POINTS)
    expect(await boardOf(place)).toEqual([])
    // The way is free at once for an order without it.
    expect((await order(customer, { payment_method: 'POINTS' })).status).toBe(201)
  })

  it('that has too few points behind it gives the coupon back and keeps the cart', async () => {
    const { story, place, spicy } = await world()
    const poor = await member(story)
    const coupon = await made(place, { for_guests: false, total_quantity: 1 })
    await added(poor, spicy)
    const body = { payment_method: 'POINTS', coupon_code: coupon.code }
    expect(reasonOf(await order(poor, body))).toEqual([409, 'INSUFFICIENT_POINTS'])
    expect(inCart(await cartOf(poor))).toEqual(['1 × 후라이드 치킨'])
    await givePoints(poor.userId, POINTS)
    expect((await order(poor, body)).status).toBe(201)
  })

  it('is repeated after any cut as one order, one coupon, one payment', async () => {
    const whole = await world()
    const { calls } = await whole.customer.postCut(ALL, '/orders', whole.body)
    for (let after = 0; after <= calls; after += 1) {
      const { story, place, customer, cola, coupon, body } = await world()
      const again = key()
      await customer.postCut(after, '/orders', body, { key: again })
      await added(customer, cola)
      let repeated = await order(customer, body, again)
      if (repeated.status === 503) {
        await story.passes(3 * SECOND)
        repeated = await order(customer, body, again)
      }
      expect([after, repeated.status]).toEqual([after, 201])
      // Cut before anything was written down, the repeat finds the cola in the cart as well.
      const withCola = repeated.body.items.length === 2
      const total = withCola ? DUE + 2_000 : DUE
      expect(repeated.body.total_amount).toBe(total)
      expect(inCart(await cartOf(customer))).toEqual(withCola ? [] : ['1 × 콜라'])
      expect(await balanceOf(customer)).toBe(POINTS - total)
      expect(await statsOf(place.owner, coupon)).toMatchObject({ claimed: 1, used: 1 })
      await story.passesUntilQuiet()
      expect(await boardOf(place)).toHaveLength(1)
    }
  })

  it('that died before its points were refused keeps the cart', async () => {
    const poor = async () => {
      const { story, place, spicy } = await world()
      const customer = await member(story)
      await added(customer, spicy)
      return { story, place, customer }
    }
    const body = { payment_method: 'POINTS' }
    const { calls } = await (await poor()).customer.postCut(ALL, '/orders', body)
    for (let after = 0; after <= calls; after += 1) {
      const { story, customer } = await poor()
      await customer.postCut(after, '/orders', body)
      await story.passes(20 * SECOND)
      await story.passes(MINUTE)
      await story.cron(CRON)
      expect([after, inCart(await cartOf(customer))]).toEqual([after, ['1 × 후라이드 치킨']])
      expect((await order(customer)).status).toBe(201)
    }
  })

  it('is finished by the cron where nobody repeats it', async () => {
    const whole = await world()
    const { calls } = await whole.customer.postCut(ALL, '/orders', whole.body)
    for (let after = 0; after <= calls; after += 1) {
      const { story, place, customer, body } = await world()
      await customer.postCut(after, '/orders', body)
      await story.passes(20 * SECOND)
      await story.passes(MINUTE)
      await story.cron(CRON)
      const ordered = await boardOf(place)
      const items = inCart(await cartOf(customer))
      expect([after, ordered.length + items.length]).toEqual([after, 1])
      // Nothing is in the way of the next order.
      await add(customer, linesOf(place).cola)
      expect((await order(customer, { payment_method: 'CARD' })).status).toBe(201)
    }
  })
})

describe('what the cart became meanwhile', () => {
  it('is not touched when it was emptied and filled again', async () => {
    const { customer, cola, story } = await filled()
    const again = key()
    const { calls } = await (await filled()).customer.postCut(99, '/orders', BY_CARD)
    // Placed, and cut before its lines were taken out.
    await customer.postCut(calls - 1, '/orders', BY_CARD, { key: again })
    await customer.delete('/carts/current')
    await added(customer, cola, { quantity: 7 })
    expect((await order(customer, BY_CARD, again)).status).toBe(201)
    expect(inCart(await cartOf(customer))).toEqual(['7 × 콜라'])
    await story.cron(CRON)
    expect(inCart(await cartOf(customer))).toEqual(['7 × 콜라'])
  })

  it('of a shopper without a token comes along by a merge', async () => {
    const { story, cola } = await shop()
    const who = shopper(story)
    await added(who, cola)
    const customer = await member(story)
    await customer.post('/carts/merge', { session_id: who.sessionId })
    expect((await order(customer)).status).toBe(201)
  })
})
