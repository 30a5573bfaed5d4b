import { describe, expect, it } from 'vitest'
import { SYSTEM, type Asker } from '../../src/domain/actor.ts'
import { concerns } from '../../src/restaurant/socket-messages.ts'
import type { CouponState } from '../../src/domain/coupon/coupon.ts'
import { expectCouponsInOrder, member, openCouponKitchen } from '../support/coupon-kitchen.ts'
import { someTerms } from '../support/coupons.ts'
import { HOUR } from '../support/ordering.ts'
import { many } from '../support/paying.ts'
import { guest, OWNER, testRestaurants, withItem } from '../support/restaurant.ts'

const ANA = member('ana')

describe('making a coupon', () => {
  it('keeps its terms, counts from nothing, and tells of it', async () => {
    const { restaurant, coupon, coupons } = await openCouponKitchen({ value: 15 })
    expect(coupon).toMatchObject({ ...someTerms({ value: 15 }), claimed: 0, held: 0, used: 0 })
    await restaurant.evict()
    expect(await coupons()).toEqual(coupon)
    const events = (await restaurant.events()).filter(({ type }) => type === 'COUPON_CHANGED')
    expect(events.map(({ subject }) => subject)).toEqual([{ kind: 'coupon', coupon }])
  })

  it('is the same coupon when it is made again with the same terms', async () => {
    const { restaurant, coupon, create } = await openCouponKitchen({ endsAt: Date.UTC(2027, 0) })
    const before = (await restaurant.events()).length
    restaurant.passes(365 * 24 * HOUR)
    expect(await create({ endsAt: Date.UTC(2027, 0) })).toMatchObject({ ok: true, value: coupon })
    expect((await restaurant.events()).length).toBe(before)
  })

  it('keeps the restaurant with the currency of its amounts', async () => {
    const { restaurant, item } = await openCouponKitchen({ active: false })
    await restaurant.done(OWNER, { type: 'delete-item', itemId: item.id })
    const refused = await restaurant.execute(OWNER, {
      type: 'edit-restaurant',
      changes: { currency: 'USD' },
    })
    expect(refused).toMatchObject({
      refusal: { errors: [{ field: 'currency', reason: 'coupons_have_amounts' }] },
    })
  })

  it('refuses its code for other terms', async () => {
    const { create } = await openCouponKitchen()
    expect(await create({ value: 20 })).toEqual({
      ok: false,
      refusal: { kind: 'COUPON_CODE_TAKEN' },
    })
  })

  it('refuses terms that make no sense, all together, and what is not on the menu', async () => {
    const { create, item, restaurant } = await openCouponKitchen()
    const { item: gone } = await withItem(restaurant, { name: '사라질 메뉴' })
    await restaurant.done(OWNER, { type: 'delete-item', itemId: gone.id })
    const refused = await create({
      code: 'OTHER',
      value: 101,
      endsAt: restaurant.now(),
      itemIds: [item.id, gone.id],
      categoryIds: [item.id],
    })
    if (refused.ok || refused.refusal.kind !== 'INVALID') throw new Error('not refused')
    expect(
      refused.refusal.errors.map(({ field, reason }) => [field.split('.')[0], reason]),
    ).toEqual([
      ['value', 'too_big'],
      ['item_ids', 'unknown'],
      ['category_ids', 'unknown'],
      ['ends_at', 'not_in_the_future'],
    ])
  })

  it('lists coupons newest first, page by page', async () => {
    const { restaurant, created, coupon } = await openCouponKitchen()
    // Two of one millisecond, and one later.
    const [a, b] = [await created({ code: 'AAA' }), await created({ code: 'BBB' })]
    restaurant.passes(1)
    const c = await created({ code: 'CCC' })
    const page = (limit: number, before: CouponState | null) =>
      restaurant.read(OWNER, { type: 'coupons', limit, before })
    const all = await page(10, null)
    expect(all).toHaveLength(4)
    expect(all[0]).toEqual(c)
    expect(new Set(all.slice(1))).toEqual(new Set([a, b, coupon]))
    const paged: CouponState[] = []
    for (const _ of many(5)) paged.push(...(await page(1, paged.at(-1) ?? null)))
    expect(paged).toEqual(all)
  })
})

describe('editing a coupon', () => {
  it('changes its terms from now on', async () => {
    const { restaurant, coupon, edit, coupons } = await openCouponKitchen()
    restaurant.passes(5)
    expect(await edit({ value: 30, active: false })).toMatchObject({ ok: true })
    await restaurant.evict()
    expect(await coupons()).toEqual({
      ...coupon,
      value: 30,
      active: false,
      changedAt: coupon.changedAt + 5,
    })
  })

  it('says nothing where nothing changes', async () => {
    const { restaurant, coupon, edit } = await openCouponKitchen()
    const before = await restaurant.events()
    restaurant.passes(5)
    expect(await edit({ value: coupon.value })).toMatchObject({ ok: true, value: coupon })
    expect(await restaurant.events()).toEqual(before)
  })

  it('never goes below what is claimed', async () => {
    const { claim, edit } = await openCouponKitchen()
    await Promise.all(['a', 'b', 'c'].map((user) => claim(member(user))))
    expect(await edit({ totalQuantity: 2 })).toMatchObject({
      refusal: { kind: 'COUPON_BELOW_CLAIMED', claimed: 3 },
    })
    expect(await edit({ totalQuantity: 3 })).toMatchObject({ ok: true })
    expect(await claim(ANA)).toMatchObject({ refusal: { kind: 'COUPON_EXHAUSTED' } })
  })

  it.each([
    [{ value: 0 }, 'value'],
    [{ kind: 'PERCENT', value: 500 }, 'value'],
    [{ startsAt: 10, endsAt: 10 }, 'ends_at'],
    [{ itemIds: ['nobody'] }, 'item_ids.0'],
  ] as const)('refuses %j', async (changes, field) => {
    const { edit, coupons, coupon } = await openCouponKitchen()
    expect(await edit(changes)).toMatchObject({ refusal: { kind: 'INVALID', errors: [{ field }] } })
    expect(await coupons()).toEqual(coupon)
  })

  it('keeps an item that has left the menu since', async () => {
    const { restaurant, item, created, edit } = await openCouponKitchen()
    const { id } = await created({ code: 'CHICKEN', itemIds: [item.id] })
    await restaurant.done(OWNER, { type: 'delete-item', itemId: item.id })
    expect(await edit({ value: 20 }, id)).toMatchObject({ ok: true })
  })

  it('knows no other', async () => {
    const { edit } = await openCouponKitchen()
    expect(await edit({ value: 20 }, 'other')).toMatchObject({ refusal: { what: 'coupon' } })
  })
})

describe('claiming a coupon', () => {
  it('gives a thousand at once exactly a hundred', async () => {
    const { restaurant, coupon, ...kitchen } = await openCouponKitchen({ totalQuantity: 100 })
    const answers = await Promise.all(
      many(1_000).map((n) =>
        testRestaurants(restaurant.id).execute({
          command: { type: 'claim-coupon', code: coupon.code },
          asker: member(`user-${n}`),
          idempotency: { key: `key-${n}`, fingerprint: 'f' },
          traceId: null,
        }),
      ),
    )
    const granted = answers.flatMap((answer) => (answer.ok ? [answer.value] : []))
    expect(granted).toHaveLength(100)
    expect(granted.map(({ left }) => left).sort((a, b) => b - a)).toEqual(
      many(100).map((n) => 99 - n),
    )
    const refusals = answers.flatMap((answer) => (answer.ok ? [] : [answer.refusal.kind]))
    expect(new Set(refusals)).toEqual(new Set(['COUPON_EXHAUSTED']))
    expect(await kitchen.coupons()).toMatchObject({ claimed: 100 })
    await expectCouponsInOrder({ restaurant, ...kitchen })
  }, 30_000)

  it('gives one account that taps fifty times its one claim', async () => {
    const { claim, only } = await openCouponKitchen()
    const answers = await Promise.all(many(50).map(() => claim(ANA)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    const { id } = await only()
    for (const answer of answers)
      if (!answer.ok)
        expect(answer.refusal).toEqual({
          kind: 'COUPON_ALREADY_CLAIMED',
          code: 'WELCOME',
          why: 'LIMIT_REACHED',
          claimId: id,
        })
  })

  it('answers the same key the same, whatever has become of the claim', async () => {
    const kitchen = await openCouponKitchen()
    const { claim, restaurant } = kitchen
    const first = await claim(ANA, 'WELCOME', 'k')
    if (!first.ok) throw new Error(first.refusal.kind)
    await kitchen.placeWith(ANA)
    await restaurant.evict()
    expect(await claim(ANA, 'WELCOME', 'k')).toEqual({ ...first, replayed: true })
    expect(await kitchen.claims()).toHaveLength(1)
  })

  it('counts an account over its phones, and a session without one by itself', async () => {
    const { claim } = await openCouponKitchen({ forGuests: true })
    expect(await claim(member('ana', 'phone'))).toMatchObject({ ok: true })
    expect(await claim(member('ana', 'tablet'))).toMatchObject({ ok: false })
    expect(await claim(guest('phone'))).toMatchObject({ ok: true })
    expect(await claim(guest('phone'))).toMatchObject({ ok: false })
  })

  it('needs an account unless it is for guests', async () => {
    const { claim } = await openCouponKitchen()
    expect(await claim(guest('g'))).toMatchObject({
      refusal: { kind: 'COUPON_NOT_APPLICABLE', reason: 'ACCOUNT_NEEDED' },
    })
  })

  it('grants as many to one as it says', async () => {
    const { claim, claims } = await openCouponKitchen({ perUserLimit: 3 })
    const answers = await Promise.all(many(5).map(() => claim(ANA)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(3)
    expect(await claims()).toHaveLength(3)
  })

  it('begins with its first millisecond and is over with its last', async () => {
    const starts = Date.UTC(2026, 10, 21)
    const { restaurant, claim } = await openCouponKitchen({ startsAt: starts, endsAt: starts + 2 })
    const at = async (moment: number, user: string) => {
      restaurant.passes(moment - restaurant.now())
      const answer = await claim(member(user))
      return answer.ok ? 'granted' : 'reason' in answer.refusal && answer.refusal.reason
    }
    expect(await at(starts - 1, 'a')).toBe('NOT_STARTED')
    expect(await at(starts, 'b')).toBe('granted')
    expect(await at(starts + 1, 'c')).toBe('granted')
    expect(await at(starts + 2, 'd')).toBe('ENDED')
  })

  it('refuses while it is switched off, and does not know other codes', async () => {
    const { claim, edit } = await openCouponKitchen()
    await edit({ active: false })
    expect(await claim(ANA)).toMatchObject({ refusal: { reason: 'INACTIVE' } })
    expect(await claim(ANA, 'NOBODYS')).toMatchObject({
      refusal: { kind: 'NOT_FOUND', what: 'coupon' },
    })
  })

  it('lists own claims newest first, with their coupons, and nobody else’s', async () => {
    const { restaurant, claim, created } = await openCouponKitchen({ perUserLimit: 2 })
    await created({ code: 'OTHER' })
    for (const [who, code] of [
      [ANA, 'WELCOME'],
      [ANA, 'OTHER'],
      [member('ben'), 'WELCOME'],
      [ANA, 'WELCOME'],
    ] as const) {
      restaurant.passes(1)
      await claim(who, code)
    }
    const own = (beforeId: string | null, limit = 10) =>
      restaurant.read(ANA, { type: 'own-claims', status: null, limit, beforeId })
    const all = await own(null)
    expect(all.map(({ claim: { code } }) => code)).toEqual(['WELCOME', 'OTHER', 'WELCOME'])
    expect(all.every(({ claim: { couponId }, coupon }) => coupon.id === couponId)).toBe(true)
    const [first, ...rest] = all
    expect(await own(null, 1)).toEqual([first])
    expect(await own(first!.claim.id)).toEqual(rest)
  })
})

describe('hearing of coupons', () => {
  it('is the board’s for terms and for the last claim, and the holder’s for claims', async () => {
    const { restaurant, claim, edit } = await openCouponKitchen({ totalQuantity: 3 })
    for (const user of ['ana', 'ben', 'cho']) {
      restaurant.passes(1)
      if (user === 'ben') await edit({ value: 20 })
      restaurant.passes(1)
      await claim(member(user))
    }
    const events = await restaurant.events()
    const heardBy = (asker: Asker, orderId: string | null = null) =>
      events.flatMap((event) => {
        if (!concerns(event, { asker, orderId })) return []
        const { subject } = event
        if (subject.kind === 'coupon')
          return [`${subject.coupon.value} % ${subject.coupon.claimed}`]
        return subject.kind === 'claim' ? [subject.claim.holder] : []
      })
    expect(heardBy(OWNER)).toEqual(['10 % 0', '20 % 1', '20 % 3'])
    expect(heardBy(OWNER, 'order')).toEqual([])
    expect(heardBy(ANA, 'order')).toEqual(['ana'])
    expect(heardBy(guest('g'), 'order')).toEqual([])
  })
})

describe('the end of a coupon', () => {
  const ENDS = Date.UTC(2026, 10, 20, 5)

  it('ends free claims by the alarm, and says so', async () => {
    const kitchen = await openCouponKitchen({ endsAt: ENDS })
    const { restaurant, claim, coupons, only } = kitchen
    await claim(ANA)
    await restaurant.evict()
    restaurant.passes(ENDS - restaurant.now())
    await restaurant.ringAlarm()
    expect(await only()).toMatchObject({ status: 'EXPIRED', orderId: null, changedAt: ENDS })
    expect(await coupons()).toMatchObject({ claimed: 1, held: 0, used: 0 })
    await expectCouponsInOrder(kitchen)
  })

  it('is looked at before anybody asks for a claim', async () => {
    const { restaurant, claim, only } = await openCouponKitchen({ endsAt: ENDS })
    await claim(ANA)
    restaurant.passes(ENDS - restaurant.now())
    await claim(member('ben'))
    expect(await only()).toMatchObject({ status: 'EXPIRED' })
  })

  it('comes when it is edited to, and not before', async () => {
    const kitchen = await openCouponKitchen({ endsAt: ENDS })
    const { restaurant, claim, edit, only, later } = kitchen
    await claim(ANA)
    await edit({ endsAt: ENDS + HOUR })
    await later(ENDS - restaurant.now())
    expect(await only()).toMatchObject({ status: 'CLAIMED' })
    await edit({ endsAt: restaurant.now() - 1 })
    await later(0)
    expect(await only()).toMatchObject({ status: 'EXPIRED' })
    expect(await kitchen.agenda('coupon-ends')).toEqual([])
  })

  it('does not come any more once it is taken away', async () => {
    const { restaurant, claim, edit, only, later, agenda } = await openCouponKitchen({
      endsAt: ENDS,
    })
    await claim(ANA)
    await edit({ endsAt: null })
    expect(await agenda('coupon-ends')).toEqual([])
    await later(ENDS - restaurant.now())
    expect(await only()).toMatchObject({ status: 'CLAIMED' })
  })

  it('does not bring claims back when it is put off', async () => {
    const { restaurant, claim, edit, only, later } = await openCouponKitchen({ endsAt: ENDS })
    await claim(ANA)
    await later(ENDS - restaurant.now())
    await edit({ endsAt: ENDS + HOUR })
    expect(await only()).toMatchObject({ status: 'EXPIRED' })
    expect(await claim(ANA)).toMatchObject({ refusal: { why: 'LIMIT_REACHED' } })
    expect(await claim(member('ben'))).toMatchObject({ ok: true })
  })

  it('ends many claims some at a time', async () => {
    const kitchen = await openCouponKitchen({ endsAt: ENDS, totalQuantity: 2_000 })
    const { restaurant, claim, claims } = kitchen
    await claim(ANA)
    await kitchen.tamper(
      `INSERT INTO coupon_claims WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1099)
        SELECT id || i, coupon_id, code, holder || i, user_id || i, session_id, status, order_id,
          claimed_at, changed_at, history FROM coupon_claims, n`,
    )
    await kitchen.tamper('UPDATE coupons SET claimed = 1100')
    await restaurant.evict()
    const free = async () => (await claims()).filter(({ status }) => status === 'CLAIMED').length
    restaurant.passes(ENDS - restaurant.now())
    await restaurant.ringAlarm()
    expect(await free()).toBe(600)
    for (const left of [100, 0]) {
      restaurant.passes(1)
      await restaurant.read(SYSTEM, { type: 'restaurant' })
      expect(await free()).toBe(left)
    }
    expect(await kitchen.agenda('coupon-ends')).toEqual([])
    expect(await kitchen.stats()).toMatchObject({
      claimed: 1_100,
      expired: 1_100,
      free: 0,
      left: 900,
    })
  })
})
