import { describe, expect, it, vi } from 'vitest'
import { added, cartOf, shopper } from '../support/carts.ts'
import {
  claim,
  couponOf,
  made,
  mine,
  newCode,
  statsOf,
  type CouponBody,
  type ValidatedBody,
} from '../support/coupon-stories.ts'
import { member, stranger, person } from '../support/story-people.ts'
import {
  atTable,
  expectStatus,
  openPlace,
  placeWith,
  type ListBody,
  type OrderBody,
} from '../support/story-restaurant.ts'
import { MINUTE, NOON, openStory, SECOND } from '../support/story.ts'

/** Whole lives, on machines that may be busy. */
vi.setConfig({ testTimeout: 60_000 })

const HOUR = 60 * MINUTE
const iso = (ms: number): string => new Date(ms).toISOString()

describe('who sees to coupons', () => {
  it('is the owner at their own restaurant, and marketing everywhere', async () => {
    const { story, place } = await placeWith()
    const other = await openPlace(story)
    const marketing = await member(story, 'MARKETING')
    const coupon = await made(place)
    expect(coupon).toMatchObject({ restaurant_id: place.id, claimed: 0, left: 100, listed: true })

    const theirs = couponOf({ restaurant_id: other.id })
    const byMarketing = await marketing.post<CouponBody>('/admin/coupons', theirs)
    expect(expectStatus(byMarketing, 201).restaurant_id).toBe(other.id)
    expect((await marketing.post('/admin/coupons', couponOf())).body.error).toMatchObject({
      details: { field: 'restaurant_id', reason: 'required' },
    })

    const at = `/admin/coupons/${coupon.id}`
    for (const path of [at, `${at}/stats`]) {
      expect((await place.owner.get(path)).status).toBe(200)
      expect((await marketing.get(path)).status).toBe(200)
      expect((await other.owner.get(path)).status).toBe(404)
      expect((await place.staff.get(path)).status).toBe(403)
    }
    expect((await other.owner.patch(at, { active: false })).status).toBe(404)
    expect((await marketing.patch<CouponBody>(at, { active: false })).body.active).toBe(false)
    const foreign = couponOf({ restaurant_id: place.id })
    expect((await other.owner.post('/admin/coupons', foreign)).status).toBe(404)
  })

  it('finds theirs by restaurant, state and code, a page at a time', async () => {
    const { story, place } = await placeWith()
    const other = await openPlace(story)
    const first = await made(place)
    story.clockOnly(SECOND)
    const second = await made(place, { active: false })
    const elsewhere = await made(other)
    const list = async (who: typeof place.owner, query = '') =>
      expectStatus(await who.get<ListBody<CouponBody>>(`/admin/coupons${query}`), 200)
    const ids = async (...asked: Parameters<typeof list>) =>
      (await list(...asked)).items.map(({ id }) => id)

    expect(await ids(place.owner)).toEqual([second.id, first.id])
    const page = await list(place.owner, '?limit=1')
    expect(await ids(place.owner, `?cursor=${page.next_cursor}`)).toEqual([first.id])
    expect(await ids(place.owner, '?active=true')).toEqual([first.id])
    expect(await ids(place.owner, '?active=false')).toEqual([second.id])
    const part = first.code.slice(2, 12).toLowerCase()
    expect(await ids(place.owner, `?q=${part}`)).toEqual([first.id])
    const marketing = await member(story, 'MARKETING')
    expect(await ids(marketing, `?restaurant_id=${other.id}`)).toEqual([elsewhere.id])
    expect((await other.owner.get(`/admin/coupons?restaurant_id=${place.id}`)).status).toBe(404)
  })
})

describe('the code of a coupon', () => {
  it('belongs to one restaurant, and nobody learns to which', async () => {
    const { story, place } = await placeWith()
    const other = await openPlace(story)
    const { code } = await made(place)
    const taken = await other.owner.post('/admin/coupons', couponOf({ code: code.toLowerCase() }))
    expect([taken.status, taken.body.error.reason]).toEqual([409, 'COUPON_CODE_TAKEN'])
    expect(JSON.stringify(taken.body)).not.toContain(place.id)
  })

  it('may be registered again with the same terms, and with no others', async () => {
    const { place } = await placeWith()
    const body = couponOf()
    const first = await place.owner.post<CouponBody>('/admin/coupons', body)
    const again = await place.owner.post<CouponBody>('/admin/coupons', body)
    expect([again.status, again.body]).toEqual([201, first.body])
    const others = await place.owner.post('/admin/coupons', { ...body, value: 3_000 })
    expect(others.body.error.reason).toBe('COUPON_CODE_TAKEN')
  })

  it('survives a crash after every step: a repeat or the cron finishes', async () => {
    const { story, place } = await placeWith()
    let calls = Infinity
    for (let after = 0; after < calls; after += 1) {
      const body = couponOf()
      const cut = await place.owner.postCut<CouponBody>(after, '/admin/coupons', body)
      calls = cut.reply === null ? calls : Math.min(calls, cut.calls)
      await story.passes(11 * MINUTE)
      await story.cron()
      const guest = await member(story)
      const settled = await story.env.DB.prepare(
        'SELECT settled_at FROM coupon_codes WHERE code = ?',
      )
        .bind(body.code)
        .first<{ settled_at: number | null }>()
      const claimed = await claim(guest, body.code)
      // Either both know of it or neither does.
      expect(claimed.status, `cut after ${after}`).toBe(settled?.settled_at == null ? 404 : 201)
      const repeated = await place.owner.post<CouponBody>('/admin/coupons', body)
      expect(repeated.status, `cut after ${after}`).toBe(201)
      expect((await claim(await member(story), body.code)).status).toBe(201)
    }
    expect(calls).toBeGreaterThan(3)
  })

  it('is free again a day after a registration that led to nothing', async () => {
    const { story, place } = await placeWith()
    const other = await openPlace(story)
    const nobodys = { item_ids: [crypto.randomUUID()] }
    const body = couponOf(nobodys)
    const refused = await place.owner.post('/admin/coupons', body)
    expect(refused.body.error.details).toMatchObject({ field: 'item_ids.0', reason: 'unknown' })
    const wish = couponOf({ code: body.code })
    story.clockOnly(23 * HOUR)
    await story.cron()
    expect((await other.owner.post('/admin/coupons', wish)).status).toBe(409)
    story.clockOnly(2 * HOUR)
    await story.cron()
    expect((await other.owner.post('/admin/coupons', wish)).status).toBe(201)
  })

  it('is read however it is typed', async () => {
    const { story, place } = await placeWith()
    const typed = [' spring sale 9 ', 'ＳＰＲＩＮＧＳＡＬＥ９', 'Spring Sale9']
    const { code } = await made(place, { code: `spring sale 9${newCode()}` })
    for (const text of typed)
      expect((await claim(await member(story), text + code.slice(11))).status).toBe(201)
  })
})

describe('a coupon of a guest', () => {
  it('is claimed, held by an order, and used when that is paid', async () => {
    const { story, place, guest } = await atTable()
    const coupon = await made(place)
    const claimed = expectStatus(await claim(guest, coupon.code), 201)
    expect(claimed).toMatchObject({ status: 'CLAIMED', left: 99, coupon: { id: coupon.id } })

    const order = await place.ordered(guest, { coupon_code: coupon.code.toLowerCase() })
    expect(order).toMatchObject({
      subtotal_amount: 18_500,
      discount_amount: 2_000,
      total_amount: 16_500,
      coupons: [{ code: coupon.code, discount: 2_000 }],
    })
    expect(await mine(guest)).toMatchObject([{ status: 'HELD', order_id: order.order_id }])
    expect(await statsOf(place.owner, coupon)).toMatchObject({ claimed: 1, held: 1, used: 0 })

    const paid = await place.paid(await place.guest(place.tables.a2), { coupon_code: coupon.code })
    await story.settle()
    expect(await statsOf(place.owner, coupon)).toMatchObject({
      ...{ claimed: 2, held: 1, used: 1, left: 98 },
      ...{ discount_amount: 2_000, revenue_amount: 16_500, currency: 'KRW' },
    })
    expect(paid.order.total_amount).toBe(16_500)
  })

  it('comes back when the order is cancelled, with its history', async () => {
    const { place, guest } = await atTable()
    const coupon = await made(place)
    const order = await place.ordered(guest, { coupon_code: coupon.code })
    expectStatus(await guest.post<OrderBody>(`/orders/${order.order_id}/cancel`), 200)
    const [held] = await mine(guest)
    expect(held).toMatchObject({ status: 'CLAIMED', order_id: null })
    expect(held?.history.map(({ to }) => to)).toEqual(['CLAIMED', 'HELD', 'RELEASED'])
    expect(await mine(guest, '?status=HELD')).toEqual([])
    const again = await place.ordered(guest, { coupon_codes: [coupon.code] })
    expect(again.discount_amount).toBe(2_000)
    expect(await statsOf(place.owner, coupon)).toMatchObject({ claimed: 1, held: 1, released: 1 })
  })

  it('is claimed once under one key, and once per person', async () => {
    const { story, place } = await placeWith()
    const coupon = await made(place)
    const customer = await member(story)
    const first = await claim(customer, coupon.code, 'a key')
    const replayed = await claim(customer, coupon.code, 'a key')
    expect(replayed.body).toEqual(first.body)
    expect(replayed.headers.get('idempotent-replayed')).toBe('true')
    const again = await claim(customer, coupon.code)
    expect(again.body.error).toMatchObject({
      reason: 'COUPON_ALREADY_CLAIMED',
      details: { claim_id: first.body.claim_id, reason: 'LIMIT_REACHED' },
    })
  })

  it('is there from its first millisecond on, and not in its last', async () => {
    const { story, place } = await placeWith()
    const { code } = await made(place, {
      starts_at: iso(NOON + HOUR),
      ends_at: iso(NOON + 2 * HOUR),
    })
    const tried = async () => {
      const { status, body } = await claim(await member(story), code)
      return status === 201 ? status : body.error.details?.reason
    }
    story.clockOnly(HOUR - 1)
    expect(await tried()).toBe('NOT_STARTED')
    story.clockOnly(1)
    expect(await tried()).toBe(201)
    story.clockOnly(HOUR - 1)
    expect(await tried()).toBe(201)
    story.clockOnly(1)
    expect(await tried()).toBe('ENDED')
  })

  it('ends with its coupon where no order has it', async () => {
    const { story, place } = await placeWith()
    const customer = await member(story)
    const { code } = await made(place, { ends_at: iso(NOON + HOUR) })
    await claim(customer, code)
    await story.passes(HOUR)
    expect(await mine(customer)).toMatchObject([
      { status: 'EXPIRED', code, coupon: { code }, restaurant: { id: place.id } },
    ])
    expect(await mine(customer, `?restaurant_id=${place.id}`)).toMatchObject([
      { status: 'EXPIRED', restaurant: { name: '맛있는 치킨집' } },
    ])
  })

  it('is nobody else’s to see', async () => {
    const { story, place } = await placeWith()
    const coupon = await made(place)
    const [one, two] = [await member(story), await member(story)]
    await claim(one, coupon.code)
    expect(await mine(one)).toHaveLength(1)
    expect(await mine(two)).toEqual([])
    expect(await mine(two, `?restaurant_id=${place.id}`)).toEqual([])
    expect((await stranger(story).get('/coupons/mine')).status).toBe(401)
  })
})

describe('asking what a code gives', () => {
  it('says what it takes off, or in words why nothing', async () => {
    const { story, place } = await placeWith()
    const coupon = await made(place, { min_order_amount: 20_000 })
    const customer = await member(story)
    const ask = async (quantity: number) =>
      expectStatus(
        await customer.post<ValidatedBody>('/coupons/validate', {
          code: coupon.code.toLowerCase(),
          items: [{ ...place.spicy, quantity }],
        }),
        200,
      )
    expect(await ask(2)).toMatchObject({
      ...{ applicable: true, reason: null, discount_amount: 2_000, total_amount: 35_000 },
      problems: [],
    })
    expect(await ask(1)).toMatchObject({
      ...{ applicable: false, reason: 'BELOW_MIN_ORDER_AMOUNT', total_amount: 18_500 },
      message: 'The order is too small for this coupon. Add something and try again.',
      coupons: [{ min_order_amount: 20_000 }],
    })
  })

  it('answers about another restaurant’s code as about one that there is not', async () => {
    const { story, place } = await placeWith()
    const other = await openPlace(story)
    const { code } = await made(other)
    const customer = await member(story)
    const items = [place.spicy]
    const about = async (asked: string) => {
      const validated = await customer.post('/coupons/validate', { code: asked, items })
      const placed = await place.place(customer, { coupon_code: asked })
      const atTable = await claim(await place.guest(), asked)
      return [validated, placed, atTable].map(({ status, body }) => {
        const { trace_id: _, ...error } = body.error as { trace_id: string }
        return [status, error]
      })
    }
    const unknown = await about(newCode())
    expect(unknown.map(([status]) => status)).toEqual([404, 404, 404])
    expect(await about(code)).toEqual(unknown)
    expect(await about('?!')).toEqual(unknown)
  })
})

describe('guessing codes', () => {
  /** Three an account, six an address, where others have tens. */
  async function guarded() {
    const story = openStory()
    // A secret of its own, so that other tests' guesses from this address are not counted here.
    const LINK_SECRET = `a secret of this test alone: ${crypto.randomUUID()}`
    const tries = { COUPON_TRIES_PER_ACCOUNT: '3', COUPON_TRIES_PER_IP: '6' }
    Object.assign(story.env, { ...tries, LINK_SECRET })
    const place = await openPlace(story)
    return { story, place, coupon: await made(place, { per_user_limit: 10 }) }
  }

  it('ends after so many that there are not, for right ones too, until the hour is over', async () => {
    const { story, place, coupon } = await guarded()
    const guesser = await member(story)
    const guess = () => claim(guesser, newCode())
    expect((await guess()).status).toBe(404)
    await story.passes(MINUTE)
    expect((await claim(guesser, coupon.code)).status).toBe(201)
    expect([(await guess()).status, (await guess()).status]).toEqual([404, 404])
    const over = await claim(guesser, coupon.code)
    expect([over.status, over.headers.get('retry-after')]).toEqual([429, '3540'])

    const items = [place.spicy]
    const { code } = coupon
    const validated = await guesser.post('/coupons/validate', { code, items })
    const quoted = await guesser.post('/orders/quote', { items, coupon_code: code })
    const placed = await place.place(guesser, { coupon_code: code })
    expect([validated.status, quoted.status, placed.status]).toEqual([429, 429, 429])
    expect((await place.place(guesser)).status).toBe(201)
    story.clockOnly(59 * MINUTE)
    expect((await claim(guesser, code)).status).toBe(201)
  })

  it('is counted wherever a code may be named', async () => {
    const { story, place, coupon } = await guarded()
    const guesser = await member(story)
    const items = [place.spicy]
    await guesser.post('/coupons/validate', { code: newCode(), items })
    await guesser.post('/orders/quote', { items, coupon_code: newCode() })
    await place.place(guesser, { coupon_code: newCode() })
    expect((await claim(guesser, coupon.code)).status).toBe(429)
  })

  it('counts every code that one quote tells of', async () => {
    const { story, place, coupon } = await guarded()
    const guesser = await member(story)
    const codes = [newCode(), coupon.code, newCode(), newCode()]
    const quoted = await guesser.post('/orders/quote', {
      items: [place.spicy],
      coupon_codes: codes,
    })
    expect(quoted.status).toBe(200)
    expect((await claim(guesser, coupon.code)).status).toBe(429)
  })

  it('is counted for the address too, where everybody brings a new session', async () => {
    const { story, coupon } = await guarded()
    const browsing = async () => {
      const joined = await story.post('/api/v1/auth/guest', {})
      const { access_token: token } = await joined.json<{ access_token: string }>()
      return person(story, () => Promise.resolve(token))
    }
    for (let n = 0; n < 6; n += 1)
      expect((await claim(await browsing(), newCode())).status).toBe(404)
    expect((await claim(await browsing(), coupon.code)).status).toBe(429)
  })

  it('keeps nobody from ordering while the platform’s database is away', async () => {
    const { story, place, coupon } = await guarded()
    const guest = await place.guest()
    story.d1Goes('down')
    const placed = await place.place(guest, { coupon_code: coupon.code })
    story.d1Goes('up')
    expect(placed.status).toBe(201)
    expect(placed.body.discount_amount).toBe(2_000)
  })

  it('under an account’s id, without its token, is none of that account’s business', async () => {
    const { story, place } = await guarded()
    const coupon = await made(place, { for_guests: false })
    const customer = await member(story)
    expect((await claim(customer, coupon.code)).status).toBe(201)
    const forger = shopper(story, customer.userId)
    await added(forger, place.spicy)
    const seen = await cartOf(forger, `?coupon_code=${coupon.code}`)
    expect(seen.coupons).toMatchObject([{ applicable: false, reason: 'ACCOUNT_NEEDED' }])
    for (let n = 0; n < 3; n += 1) await forger.get(`/carts/current?coupon_code=${newCode()}`)
    expect((await place.place(customer, { coupon_code: coupon.code })).status).toBe(201)
  })
})
