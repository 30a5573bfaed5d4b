import { describe, expect, it, vi } from 'vitest'
import { MAX_AMOUNT_MINOR } from '../../src/domain/money.ts'
import {
  claim,
  couponOf,
  made,
  newCode,
  type CouponBody,
  type ValidatedBody,
} from '../support/coupon-stories.ts'
import { member } from '../support/story-people.ts'
import { expectStatus, placeWith, type Place } from '../support/story-restaurant.ts'
import { openStory } from '../support/story.ts'

/** Many requests to one world, on machines that may be busy. */
vi.setConfig({ testTimeout: 30_000 })

const shared = placeWith()

const errorsOf = (body: { error?: { details?: { errors?: unknown } } }) =>
  body.error?.details?.errors ?? null

describe('the terms of a new coupon', () => {
  it.each<[string, Record<string, unknown>, string, string]>([
    ['without a code', { code: undefined }, 'code', 'required'],
    ['with a code too short', { code: 'ab' }, 'code', 'invalid_format'],
    ['with a code too long', { code: 'A'.repeat(41) }, 'code', 'invalid_format'],
    ['with a slash in its code', { code: 'AB/CD' }, 'code', 'invalid_format'],
    ['with an emoji in its code', { code: '치킨🍗🍗' }, 'code', 'invalid_format'],
    ['of no kind', { kind: 'GIFT' }, 'kind', 'invalid_value'],
    ['of nothing', { value: 0 }, 'value', 'too_small'],
    ['below nothing', { value: -1 }, 'value', 'too_small'],
    ['of a half', { value: 0.5 }, 'value', 'invalid_type'],
    ['of a text', { value: '10' }, 'value', 'invalid_type'],
    ['of more than there is', { value: MAX_AMOUNT_MINOR + 1 }, 'value', 'too_big'],
    ['of more than a double counts', { value: 2 ** 53 }, 'value', 'too_big'],
    ['of more than all', { kind: 'PERCENT', value: 101 }, 'value', 'too_big'],
    ['that takes off at most nothing', { max_discount: 0 }, 'max_discount', 'too_small'],
    ['from less than nothing', { min_order_amount: -1 }, 'min_order_amount', 'too_small'],
    ['that is none', { total_quantity: 0 }, 'total_quantity', 'too_small'],
    ['without a number', { total_quantity: undefined }, 'total_quantity', 'required'],
    ['of too many', { total_quantity: 1_000_001 }, 'total_quantity', 'too_big'],
    ['that nobody may have', { per_user_limit: 0 }, 'per_user_limit', 'too_small'],
    ['that starts at no time', { starts_at: 'tomorrow' }, 'starts_at', 'invalid_format'],
    [
      'that ends before it starts',
      { starts_at: '2027-01-02T00:00:00Z', ends_at: '2027-01-02T00:00:00Z' },
      'ends_at',
      'not_after_start',
    ],
    ['that is over', { ends_at: '2020-01-01T00:00:00Z' }, 'ends_at', 'not_in_the_future'],
    ['for an id that is none', { item_ids: ['x'] }, 'item_ids.0', 'invalid_format'],
    ['for an unknown item', { item_ids: [crypto.randomUUID()] }, 'item_ids.0', 'unknown'],
    [
      'for an unknown category',
      { category_ids: [crypto.randomUUID()] },
      'category_ids.0',
      'unknown',
    ],
    ['with a field that there is not', { discount: 10 }, 'discount', 'unrecognized_keys'],
  ])('refuse one %s', async (_, wrong, field, reason) => {
    const { place } = await shared
    const { status, body } = await place.owner.post('/admin/coupons', couponOf(wrong))
    expect([status, errorsOf(body)]).toEqual([400, [{ field, reason }]])
  })

  it('name everything that is wrong at once', async () => {
    const { place } = await shared
    const wrong = couponOf({ value: -1, per_user_limit: 0, total_quantity: -5 })
    const { body } = await place.owner.post('/admin/coupons', wrong)
    expect(errorsOf(body)).toHaveLength(3)
  })

  it('are as given, and usual where left out', async () => {
    const { place } = await shared
    const wish = {
      code: newCode(),
      kind: 'PERCENT',
      value: 15,
      max_discount: 5_000,
      min_order_amount: 20_000,
      item_ids: [place.cola.id],
      starts_at: '2026-11-20T12:00:00+09:00',
      ends_at: '2026-12-01T00:00:00Z',
      total_quantity: 30,
    }
    const coupon = await made(place, { ...wish, for_guests: undefined })
    expect(coupon).toMatchObject({
      ...wish,
      category_ids: [],
      starts_at: '2026-11-20T03:00:00.000Z',
      ends_at: '2026-12-01T00:00:00.000Z',
      ...{ per_user_limit: 1, stackable: false, for_guests: false, listed: true, active: true },
      ...{ claimed: 0, held: 0, used: 0, left: 30 },
    })
  })
})

describe('editing a coupon', () => {
  const edit = async (place: Place, id: string, changes: Record<string, unknown>) =>
    place.owner.patch<CouponBody>(`/admin/coupons/${id}`, changes)

  it('changes what is named and leaves the rest', async () => {
    const { place } = await shared
    const coupon = await made(place, { ends_at: '2027-01-01T00:00:00Z' })
    const edited = await edit(place, coupon.id, { value: 3_000, ends_at: null })
    expect(edited.body).toEqual({ ...coupon, value: 3_000, ends_at: null })
    expect((await edit(place, coupon.id, {})).body).toEqual(edited.body)
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['its code', { code: 'ANOTHER' }, 'unrecognized_keys'],
    ['its restaurant', { restaurant_id: crypto.randomUUID() }, 'unrecognized_keys'],
    ['it to more than all', { kind: 'PERCENT' }, 'too_big'],
    ['its number to none', { total_quantity: 0 }, 'too_small'],
  ])('cannot change %s', async (_, changes, reason) => {
    const { place } = await shared
    const coupon = await made(place)
    const { status, body } = await edit(place, coupon.id, changes)
    expect([status, body.error.details]).toMatchObject([400, { reason }])
  })

  it('never leaves fewer than were claimed', async () => {
    const { story, place } = await shared
    const coupon = await made(place)
    for (let n = 0; n < 2; n += 1) expectStatus(await claim(await member(story), coupon.code), 201)
    const { status, body } = await edit(place, coupon.id, { total_quantity: 1 })
    expect([status, body.error]).toMatchObject([
      409,
      { reason: 'COUPON_BELOW_CLAIMED', details: { claimed: 2 } },
    ])
    expect((await edit(place, coupon.id, { total_quantity: 2 })).body.left).toBe(0)
    const last = await claim(await member(story), coupon.code)
    expect([last.status, last.body.error.reason]).toEqual([409, 'COUPON_EXHAUSTED'])
  })
})

describe('claiming', () => {
  it.each(['%20', 'a', '%F0%9F%8D%97', "'%20OR%201%3D1--", 'x'.repeat(10_000)])(
    'knows no coupon %#: what is no code is an unknown one',
    async (typed) => {
      const { story } = await shared
      const customer = await member(story)
      const { status, body } = await customer.post(`/coupons/${typed}/claim`)
      expect([status, body.error.details]).toEqual([404, { what: 'coupon' }])
    },
  )

  it('gives exactly what there is to a crowd', async () => {
    const { story, place } = await shared
    const { code } = await made(place, { total_quantity: 5 })
    const crowd = await Promise.all(Array.from({ length: 12 }, () => member(story)))
    const answers = await Promise.all(crowd.map((one) => claim(one, code)))
    const given = answers.filter(({ status }) => status === 201)
    expect(given.map(({ body }) => body.left).toSorted()).toEqual([0, 1, 2, 3, 4])
    const refused = answers.filter(({ status }) => status !== 201)
    expect(new Set(refused.map(({ body }) => body.error.reason))).toEqual(
      new Set(['COUPON_EXHAUSTED']),
    )
  })

  it('asks guests to log in for a coupon that is for accounts', async () => {
    const { place } = await shared
    const { code } = await made(place, { for_guests: false })
    const { status, body } = await claim(await place.guest(), code)
    expect([status, body.error]).toMatchObject([
      409,
      { reason: 'COUPON_NOT_APPLICABLE', details: { reason: 'ACCOUNT_NEEDED' } },
    ])
  })

  it('is limited for an account and for an address, beside all calls', async () => {
    const story = openStory()
    Object.assign(story.env, { RATE_LIMIT_COUPON_CLAIM: '4', TRUST_CLIENT_IP_HEADER: 'true' })
    const customer = await member(story)
    const from = (ip: string) => ({ headers: { 'cf-connecting-ip': ip } })
    const tried = async (who: typeof customer, ip: string) =>
      (await who.post('/coupons/NOSUCHCODE/claim', undefined, from(ip))).status
    for (let n = 0; n < 4; n += 1) expect(await tried(customer, `203.0.113.${n}`)).toBe(404)
    expect(await tried(customer, '203.0.113.9')).toBe(429)

    const ip = '198.51.100.1'
    for (let n = 0; n < 4; n += 1) expect(await tried(await member(story), ip)).toBe(404)
    expect(await tried(await member(story), ip)).toBe(429)
    expect(await tried(await member(story), '198.51.100.2')).toBe(404)
  })
})

describe('codes in an order', () => {
  it.each<[string, Record<string, unknown>]>([
    ['six', { coupon_codes: Array.from({ length: 6 }, newCode) }],
    ['none of several', { coupon_codes: [] }],
    ['one and several', { coupon_code: 'ONE', coupon_codes: ['TWO'] }],
    ['an empty one', { coupon_code: ' ' }],
    ['a number', { coupon_code: 7 }],
  ])('cannot be %s', async (_, codes) => {
    const { place } = await shared
    const guest = await place.guest()
    expect((await place.place(guest, codes)).status).toBe(400)
    const items = [place.spicy]
    expect((await guest.post('/orders/quote', { items, ...codes })).status).toBe(400)
  })

  it('count once, however often and however they are typed', async () => {
    const { place } = await shared
    const { code } = await made(place)
    const wanted = { coupon_codes: [code, ` ${code.toLowerCase()}`] }
    expect((await place.place(await place.guest(), wanted)).body.discount_amount).toBe(2_000)
  })

  it('are taken together or not at all', async () => {
    const { place } = await shared
    const guest = await place.guest()
    const [one, two] = [await made(place, { stackable: true }), await made(place)]
    const both = await place.place(guest, { coupon_codes: [one.code, two.code] })
    expect(both.body.error).toMatchObject({
      reason: 'COUPON_NOT_APPLICABLE',
      details: { coupon_code: two.code, reason: 'NOT_STACKABLE' },
    })
    const { body } = await place.owner.get<CouponBody>(`/admin/coupons/${one.id}`)
    expect(body.claimed).toBe(0)
  })

  it('are seen in the total that the guest expects', async () => {
    const { place } = await shared
    const { code } = await made(place)
    const wish = { coupon_code: code, expected_total: 18_500 }
    const changed = await place.place(await place.guest(), wish)
    expect(changed.body.error).toMatchObject({
      reason: 'PRICE_CHANGED',
      details: { quote: { total_amount: 16_500 } },
    })
    const right = await place.place(await place.guest(), { ...wish, expected_total: 16_500 })
    expect(right.status).toBe(201)
  })
})

describe('validating', () => {
  it.each<[string, Record<string, unknown>, string, string]>([
    ['without a code', { code: undefined }, 'code', 'required'],
    ['with a code and codes', { codes: ['ABC'] }, 'code', 'either_code_or_codes'],
    ['without lines', { items: undefined }, 'items', 'required'],
    ['with a cart that is nobody’s', { cart_id: 'x' }, 'cart_id', 'invalid_format'],
  ])('is refused %s', async (_, wrong, field, reason) => {
    const { story, place } = await shared
    const body = { code: 'ABC', items: [place.spicy], ...wrong }
    const answered = await (await member(story)).post('/coupons/validate', body)
    expect([answered.status, errorsOf(answered.body)]).toEqual([400, [{ field, reason }]])
  })

  it('answers for each code once, in however many spellings it is named', async () => {
    const { story, place } = await shared
    const [one, two] = [
      await made(place, { stackable: true }),
      await made(place, { stackable: true }),
    ]
    const codes = [one.code.toLowerCase(), two.code, ` ${one.code} `, one.code]
    const answered = await (
      await member(story)
    ).post<ValidatedBody>('/coupons/validate', {
      ...{ codes, items: [place.spicy] },
    })
    expect(answered.body.coupons.map(({ code }) => code)).toEqual([one.code, two.code])
  })

  it('reckons with the cart of the caller, and with nobody else’s', async () => {
    const { story, place } = await shared
    const { code } = await made(place)
    const [customer, other] = [await member(story), await member(story)]
    interface CartBody {
      cart_id: string
    }
    const added = await customer.post<CartBody>('/carts/current/items', place.spicy)
    const { body: cart } = await customer.get<CartBody>('/carts/current')
    expect(added.status).toBeLessThan(300)
    const wish = { code, cart_id: cart.cart_id }
    const validated = await customer.post('/coupons/validate', wish)
    expect(validated.body).toMatchObject({ applicable: true, total_amount: 16_500 })
    expect((await other.post('/coupons/validate', wish)).status).toBe(404)
  })
})
