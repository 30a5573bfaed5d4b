import { describe, expect, it, vi } from 'vitest'
import { claim, made } from '../support/coupon-stories.ts'
import { balanceOf, movementsOf, withPoints } from '../support/points-story.ts'
import {
  clickPay,
  expectStatus,
  key,
  type ConfirmedBody,
  type InitiatedBody,
  type ListBody,
  type OrderBody,
  type PlacedBody,
} from '../support/story-restaurant.ts'
import { member, type Member } from '../support/story-people.ts'
import { MINUTE } from '../support/story.ts'
import { givePoints } from '../support/wallets.ts'

/** Some live through their world once per remote call. */
vi.setConfig({ testTimeout: 120_000 })

const BY_POINTS = { payment_method: 'POINTS' }
const IN_PART = { payment_method: 'CARD', points_amount: 8_000 }

const orderNow = async (who: Member, { order_id }: { order_id: string }): Promise<OrderBody> =>
  expectStatus(await who.get<OrderBody>(`/orders/${order_id}`), 200)
const ordersOf = async (who: Member): Promise<readonly OrderBody[]> =>
  (await who.get<ListBody<OrderBody>>('/orders')).body.items

describe('an order by points', () => {
  it('is paid when it is answered', async () => {
    const { place, customer } = await withPoints(20_000)
    const placed = await place.ordered(customer, BY_POINTS)
    expect(placed).toMatchObject({
      payment_status: 'PAID',
      captured_amount: 18_500,
      points_amount: 18_500,
      amount_due: 0,
      payment_required: false,
      payment_url: null,
      expires_at: null,
    })
    expect(await orderNow(customer, placed)).toMatchObject({
      status: 'PENDING',
      payment_status: 'PAID',
      points_amount: 18_500,
      amount_due: 0,
    })
    expect(await balanceOf(customer)).toBe(1_500)
    expect(await movementsOf(customer)).toEqual(['+20000 CASH', '-18500 ORDER'])
  })

  it('rings in the kitchen at once', async () => {
    const { place, customer } = await withPoints(20_000)
    const placed = await place.ordered(customer, BY_POINTS)
    const board = await place.staff.get<ListBody<OrderBody>>('/restaurants/me/orders')
    expect(board.body.items).toMatchObject([{ order_id: placed.order_id, rings: true }])
    expect((await place.handle(place.staff, placed, 'accept')).status).toBe(200)
  })

  it('is answered the same however often it is sent, and takes its points once', async () => {
    const { story, place, customer } = await withPoints(20_000)
    const again = key()
    const first = await place.place(customer, BY_POINTS, again)
    await story.passes(MINUTE)
    await place.handle(place.staff, first.body, 'accept')
    const second = await place.place(customer, BY_POINTS, again)
    expect([first.status, second.status]).toEqual([201, 201])
    expect(second.body).toEqual(first.body)
    expect(second.headers.get('idempotent-replayed')).toBe('true')
    expect(await balanceOf(customer)).toBe(1_500)
  })

  it.each<[string, Record<string, unknown>, number]>([
    ['for all of it', BY_POINTS, 18_500],
    [
      'for all of it, and the guest has seen the total',
      { ...BY_POINTS, expected_total: 18_500 },
      18_500,
    ],
    ['for the part', { ...IN_PART, points_amount: 18_500 }, 18_500],
  ])(
    'is not placed when there are too few %s, and can be once there are',
    async (_, wish, wanted) => {
      const { place, customer } = await withPoints(18_499)
      const again = key()
      for (const once of [again, again, key()]) {
        const refused = await place.place(customer, wish, once)
        expect([refused.status, refused.body.error]).toMatchObject([
          409,
          { reason: 'INSUFFICIENT_POINTS', details: { balance: 18_499, wanted } },
        ])
      }
      expect(await ordersOf(customer)).toEqual([])
      const board = await place.staff.get<ListBody<OrderBody>>(
        '/restaurants/me/orders?status=CANCELLED',
      )
      expect(expectStatus(board, 200).items).toEqual([])
      expect(await balanceOf(customer)).toBe(18_499)
      await givePoints(customer.userId, 1)
      const placed = expectStatus(await place.place(customer, wish, again), 201)
      expect(placed).toMatchObject({ order_number: 'A001', points_amount: wanted })
      expect(await balanceOf(customer)).toBe(0)
    },
  )

  it('is reckoned with its coupon, which stays with the others when there are too few', async () => {
    const { story, place, customer } = await withPoints(16_499)
    const coupon = await made(place, { total_quantity: 1 })
    const wish = { ...BY_POINTS, coupon_code: coupon.code.toLowerCase() }
    const { body } = await place.place(customer, wish)
    expect(body.error).toMatchObject({
      reason: 'INSUFFICIENT_POINTS',
      details: { balance: 16_499, wanted: 16_500 },
    })
    expect((await claim(await member(story), coupon.code)).status).toBe(201)
  })

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['PAYMENT_METHOD_NOT_ACCEPTED', { payment_methods: ['CARD'] }, BY_POINTS],
    ['PAYMENT_METHOD_NOT_ACCEPTED', { payment_methods: ['CARD'] }, IN_PART],
    ['PRICE_CHANGED', {}, { ...BY_POINTS, expected_total: 18_400 }],
  ])('of an empty wallet is told %s, which more points do not help', async (reason, at, wish) => {
    const { place, customer } = await withPoints(0, at)
    expect((await place.place(customer, wish)).body.error.reason).toBe(reason)
  })

  it('is refused to guests, and where points are not taken', async () => {
    const { place } = await withPoints(0)
    const asGuest = await place.place(await place.guest(), BY_POINTS)
    expect([asGuest.status, asGuest.body.error.reason]).toEqual([403, 'POINTS_NEED_ACCOUNT'])
    const elsewhere = await withPoints(20_000, { payment_methods: ['CARD'] })
    for (const wish of [BY_POINTS, IN_PART]) {
      const { body } = await elsewhere.place.place(elsewhere.customer, wish)
      expect(body.error.reason).toBe('PAYMENT_METHOD_NOT_ACCEPTED')
    }
  })

  it('gives the points back when it is taken back', async () => {
    const { story, place, customer } = await withPoints(20_000)
    const placed = await place.ordered(customer, BY_POINTS)
    await customer.post(`/orders/${placed.order_id}/cancel`)
    await story.passesUntilQuiet()
    expect(await orderNow(customer, placed)).toMatchObject({
      status: 'CANCELLED',
      payment_status: 'REFUNDED',
      amount_due: 0,
    })
    expect(await movementsOf(customer)).toEqual([
      '+20000 CASH',
      '-18500 ORDER',
      '+18500 ORDER_REFUND',
    ])
  })

  it('never takes more than there is for many at once', async () => {
    const { place, customer } = await withPoints(40_000, { max_unpaid_per_guest: 50 })
    const replies = await Promise.all(
      Array.from({ length: 6 }, () => place.place(customer, BY_POINTS)),
    )
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(2)
    expect(await balanceOf(customer)).toBe(3_000)
    const open = (await ordersOf(customer)).filter(({ status }) => status !== 'CANCELLED')
    expect(open).toHaveLength(2)
  })
})

describe('an order partly by points', () => {
  const paidByBoth = async () => {
    const world = await withPoints(10_000)
    const { story, place, customer } = world
    const placed = await place.ordered(customer, IN_PART)
    const initiate = (amount: number) =>
      customer.post<InitiatedBody>('/payments/initiate', {
        order_id: placed.order_id,
        amount,
        payment_method: 'CARD',
      })
    return { ...world, story, placed, initiate }
  }

  it('says what is left to pay, and takes exactly that', async () => {
    const { story, customer, placed, initiate } = await paidByBoth()
    expect(placed).toMatchObject({
      payment_status: 'UNPAID',
      payment_required: true,
      points_amount: 8_000,
      amount_due: 10_500,
    })
    expect((await initiate(18_500)).status).toBe(400)
    const opened = expectStatus(await initiate(10_500), 200)
    const { confirmation } = clickPay(story, opened)
    expectStatus(await customer.post<ConfirmedBody>('/payments/confirm', confirmation), 200)
    expect(await orderNow(customer, placed)).toMatchObject({
      payment_status: 'PAID',
      captured_amount: 18_500,
      points_amount: 8_000,
      amount_due: 0,
    })
    expect(await balanceOf(customer)).toBe(2_000)
  })

  it('gives both back when it is taken back', async () => {
    const { story, customer, placed, initiate } = await paidByBoth()
    const opened = expectStatus(await initiate(10_500), 200)
    const { confirmation } = clickPay(story, opened)
    await customer.post('/payments/confirm', confirmation)
    await customer.post(`/orders/${placed.order_id}/cancel`)
    await story.passesUntilQuiet()
    expect(await orderNow(customer, placed)).toMatchObject({
      status: 'CANCELLED',
      payment_status: 'REFUNDED',
      refunded_amount: 18_500,
    })
    expect(await balanceOf(customer)).toBe(10_000)
    expect(story.toss.sandbox.find(opened.payment_key)).toMatchObject({
      status: 'CANCELED',
      balanceAmount: 0,
    })
  })

  it('gives the points back when the rest is never paid', async () => {
    const { story, customer, placed } = await paidByBoth()
    await story.passesUntilQuiet()
    expect(await orderNow(customer, placed)).toMatchObject({ status: 'EXPIRED', amount_due: 0 })
    expect(await balanceOf(customer)).toBe(10_000)
  })

  it('takes no more points than it costs', async () => {
    const { place, customer } = await withPoints(50_000)
    const { status, body } = await place.place(customer, { ...IN_PART, points_amount: 18_501 })
    expect([status, body.error.details?.field]).toEqual([400, 'points_amount'])
  })
})

describe('a request that dies while an order by points is placed', () => {
  const dying = async () => {
    const world = await withPoints(20_000)
    const body = { restaurant_id: world.place.id, items: [world.place.spicy], ...BY_POINTS }
    return { ...world, body, again: key() }
  }
  type Dying = Awaited<ReturnType<typeof dying>>

  async function cutEverywhere(then: (world: Dying) => Promise<void>): Promise<void> {
    const place = ({ customer, body, again }: Dying, after: number) =>
      customer.postCut(after, '/orders', body, { key: again })
    const { calls } = await place(await dying(), Number.MAX_SAFE_INTEGER)
    expect(calls).toBeGreaterThan(3)
    for (let after = 0; after <= calls; after += 1) {
      const world = await dying()
      await place(world, after)
      try {
        await then(world)
      } catch (error) {
        throw new Error(`cut after ${after} of ${calls} remote calls`, { cause: error })
      }
    }
  }

  it('is finished by the agenda alone', async () => {
    await cutEverywhere(async ({ story, customer }) => {
      for (const ms of [20_000, 20_000, MINUTE]) await story.passes(ms)
      const orders = await ordersOf(customer)
      expect(orders.map(({ payment_status }) => payment_status)).toEqual(
        orders.length === 0 ? [] : ['PAID'],
      )
      expect(await balanceOf(customer)).toBe(orders.length === 0 ? 20_000 : 1_500)
    })
  })

  it('is finished by its repeat', async () => {
    await cutEverywhere(async ({ customer, body, again }) => {
      const repeated = await customer.post<PlacedBody>('/orders', body, { key: again })
      expect(repeated.status).toBe(201)
      expect(repeated.body).toMatchObject({ payment_status: 'PAID', order_number: 'A001' })
      expect(await balanceOf(customer)).toBe(1_500)
    })
  })

  it('ends by itself when another order has spent them meanwhile', async () => {
    const ended: OrderBody[] = []
    await cutEverywhere(async ({ place, customer, body, again }) => {
      const other = await place.place(customer, BY_POINTS)
      const repeated = await customer.post<PlacedBody>('/orders', body, { key: again })
      expect([other.status, repeated.status].sort()).toEqual([201, 409])
      const refused = [other, repeated].find(({ status }) => status === 409)
      expect(refused?.body.error.reason).toBe('INSUFFICIENT_POINTS')
      expect(await balanceOf(customer)).toBe(1_500)
      ended.push(...(await ordersOf(customer)).filter(({ status }) => status === 'CANCELLED'))
    })
    expect(ended).not.toEqual([])
    expect(new Set(ended.map(({ end_reason }) => end_reason))).toEqual(new Set(['POINTS_REFUSED']))
  })

  it('gives back or never takes what is cancelled before anybody finished it', async () => {
    await cutEverywhere(async ({ story, place, customer, body, again }) => {
      const board = await place.staff.get<ListBody<OrderBody>>('/restaurants/me/orders')
      for (const { order_id } of board.body.items)
        expectStatus(await customer.post<OrderBody>(`/orders/${order_id}/cancel`), 200)
      await story.passesUntilQuiet()
      expect(await balanceOf(customer)).toBe(20_000)
      if (board.body.items.length === 0) return
      const repeated = await customer.post<PlacedBody>('/orders', body, { key: again })
      // Its points had been taken before it was cancelled, or never were.
      if (repeated.status !== 201) expect(repeated.body.error.reason).toBe('ORDER_STATE')
      await story.passesUntilQuiet()
      expect(await balanceOf(customer)).toBe(20_000)
    })
  })
})
