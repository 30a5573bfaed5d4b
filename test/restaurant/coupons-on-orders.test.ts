import { describe, expect, it } from 'vitest'
import type { OrderState } from '../../src/domain/order/order.ts'
import {
  discountOf,
  expectCouponsInOrder,
  member,
  openCouponKitchen,
  type CouponKitchen,
} from '../support/coupon-kitchen.ts'
import { many } from '../support/paying.ts'
import { guest, orderOf, OWNER, withItem } from '../support/restaurant.ts'

const ANA = member('ana')
const BEN = member('ben')
const KEY = { key: 'k', fingerprint: 'f' }

async function onlyOrder({ restaurant, view }: CouponKitchen): Promise<OrderState> {
  const [row] = await restaurant.rows('SELECT id FROM orders')
  return (await view({ id: String(row?.id) })).order
}

describe('ordering with a coupon', () => {
  it('takes the discount off, by line, and holds the claim', async () => {
    const kitchen = await openCouponKitchen()
    const order = await kitchen.placeWith(ANA, ['WELCOME'], 2)
    expect(discountOf(order)).toEqual({
      taken: [['WELCOME', 3_600]],
      discountAmount: 3_600,
      totalAmount: 32_400,
    })
    expect(order.lines[0]).toMatchObject({ total: 36_000, discount: 3_600 })
    expect(await kitchen.only()).toMatchObject({
      id: order.coupons?.[0]?.claimId,
      holder: 'ana',
      status: 'HELD',
      orderId: order.id,
    })
    expect(await kitchen.coupons()).toMatchObject({ claimed: 1, held: 1, used: 0 })
    await kitchen.restaurant.evict()
    expect((await kitchen.view(order)).order).toEqual(order)
    await expectCouponsInOrder(kitchen)
  })

  it('takes the oldest free claim of the asker before it makes one', async () => {
    const kitchen = await openCouponKitchen({ perUserLimit: 3 })
    const { claim, restaurant } = kitchen
    await claim(ANA)
    restaurant.passes(1)
    await claim(ANA)
    await claim(BEN)
    const order = await kitchen.placeWith(ANA)
    const [oldest] = await kitchen.claims()
    expect(order.coupons).toMatchObject([{ claimId: oldest!.id }])
    expect(await kitchen.coupons()).toMatchObject({ claimed: 3, held: 1 })
  })

  it('compares the total that the guest saw with what is left to pay', async () => {
    const { restaurant, item, claims } = await openCouponKitchen()
    const saw = (expectedTotal: number) =>
      restaurant.execute(
        ANA,
        orderOf([{ itemId: item.id, quantity: 1 }], { couponCodes: ['WELCOME'], expectedTotal }),
      )
    expect(await saw(18_000)).toMatchObject({
      refusal: { kind: 'PRICE_CHANGED', quote: { totalAmount: 16_200 } },
    })
    expect(await claims()).toEqual([])
    expect(await saw(16_200)).toMatchObject({ ok: true })
  })

  it('is one order, with one claim, of fifty taps with one key', async () => {
    const kitchen = await openCouponKitchen({ perUserLimit: 50 })
    const { restaurant, item } = kitchen
    const command = orderOf([{ itemId: item.id, quantity: 1 }], { couponCodes: ['WELCOME'] })
    const answers = await Promise.all(many(50).map(() => restaurant.execute(ANA, command, KEY)))
    expect(answers.every(({ ok }) => ok)).toBe(true)
    expect(await kitchen.claims()).toHaveLength(1)
    await kitchen.paid(await onlyOrder(kitchen), ANA)
    const again = await restaurant.execute(ANA, command, KEY)
    if (!again.ok || !answers[0]?.ok) throw new Error('refused')
    expect(again.value.order).toEqual(answers[0].value.order)
    expect(await kitchen.only()).toMatchObject({ status: 'USED' })
  })

  it('gives a hundred orders at once no more coupons than there are', async () => {
    const kitchen = await openCouponKitchen({ totalQuantity: 7 })
    const { restaurant, item } = kitchen
    const answers = await Promise.all(
      many(100).map((n) =>
        restaurant.execute(
          member(`u${n}`),
          orderOf([{ itemId: item.id, quantity: 1 }], { couponCodes: ['WELCOME'] }),
        ),
      ),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(7)
    expect(await restaurant.rows('SELECT id FROM orders')).toHaveLength(7)
    await expectCouponsInOrder(kitchen)
  })

  it('stacks those that may stand together, per cent first', async () => {
    const kitchen = await openCouponKitchen({ stackable: true })
    await kitchen.created({ code: 'OFF', kind: 'FIXED', value: 1_000, stackable: true })
    await kitchen.created({ code: 'ALONE' })
    const order = await kitchen.placeWith(ANA, ['OFF', 'WELCOME'])
    expect(discountOf(order)).toEqual({
      taken: [
        ['WELCOME', 1_800],
        ['OFF', 1_000],
      ],
      discountAmount: 2_800,
      totalAmount: 15_200,
    })
    await expect(kitchen.placeWith(BEN, ['OFF', 'ALONE'])).rejects.toThrow('NOT_STACKABLE')
    await expectCouponsInOrder(kitchen)
  })

  it('takes a coupon of a category off that category’s lines', async () => {
    const { restaurant, item, created } = await openCouponKitchen()
    const { item: cola, category } = await withItem(restaurant, { name: '콜라', price: 2_000 })
    await restaurant.done(OWNER, {
      type: 'edit-item',
      itemId: cola.id,
      changes: { categoryId: category.id },
    })
    await created({ code: 'DRINKS', value: 50, categoryIds: [category.id] })
    const { order } = await restaurant.done(
      ANA,
      orderOf(
        [
          { itemId: item.id, quantity: 1 },
          { itemId: cola.id, quantity: 3 },
        ],
        { couponCodes: ['DRINKS'] },
      ),
    )
    expect(order.lines.map(({ discount }) => discount)).toEqual([undefined, 3_000])
    expect(order.totalAmount).toBe(21_000)
  })

  const refusals: [string, object, (kitchen: CouponKitchen) => Promise<unknown>][] = [
    ['nobody knows the code', { kind: 'NOT_FOUND', what: 'coupon' }, () => Promise.resolve()],
    [
      'all are claimed',
      { kind: 'COUPON_EXHAUSTED' },
      async (kitchen) => {
        await kitchen.created({ code: 'TRIED', totalQuantity: 1 })
        await kitchen.claim(BEN, 'TRIED')
      },
    ],
    [
      'another order has it',
      { kind: 'COUPON_ALREADY_CLAIMED', why: 'IN_USE' },
      async (kitchen) => {
        await kitchen.created({ code: 'TRIED' })
        await kitchen.placeWith(ANA, ['TRIED'])
      },
    ],
    [
      'it is spent',
      { kind: 'COUPON_ALREADY_CLAIMED', why: 'LIMIT_REACHED' },
      async (kitchen) => {
        await kitchen.created({ code: 'TRIED' })
        await kitchen.paid(await kitchen.placeWith(ANA, ['TRIED']), ANA)
      },
    ],
    [
      'the order is too small',
      { reason: 'BELOW_MIN_ORDER_AMOUNT', minOrderAmount: 18_001 },
      (kitchen) => kitchen.created({ code: 'TRIED', minOrderAmount: 18_001 }),
    ],
    [
      'nothing of it is for this coupon',
      { reason: 'NO_ELIGIBLE_ITEMS' },
      async (kitchen) => {
        const { item } = await withItem(kitchen.restaurant, { name: '콜라' })
        await kitchen.created({ code: 'TRIED', itemIds: [item.id] })
      },
    ],
    [
      'it was claimed and has been switched off',
      { reason: 'INACTIVE' },
      async (kitchen) => {
        const { id } = await kitchen.created({ code: 'TRIED' })
        await kitchen.claim(ANA, 'TRIED')
        await kitchen.edit({ active: false }, id)
      },
    ],
    [
      'it was claimed and has ended',
      { reason: 'ENDED' },
      async (kitchen) => {
        await kitchen.created({ code: 'TRIED', endsAt: kitchen.restaurant.now() + 5 })
        await kitchen.claim(ANA, 'TRIED')
        kitchen.restaurant.passes(4)
      },
    ],
  ]
  it.each(refusals)('refuses and writes nothing when %s', async (_, refusal, prepare) => {
    const kitchen = await openCouponKitchen({ stackable: true })
    await prepare(kitchen)
    kitchen.restaurant.passes(1)
    await kitchen.later(0)
    const before = await kitchen.everything()
    expect(
      await kitchen.restaurant.execute(
        ANA,
        orderOf([{ itemId: kitchen.item.id, quantity: 1 }], { couponCodes: ['TRIED'] }),
        KEY,
      ),
    ).toMatchObject({ ok: false, refusal })
    expect(await kitchen.everything()).toEqual(before)
  })

  it('needs an account where the coupon does, and takes the session where not', async () => {
    const kitchen = await openCouponKitchen()
    await kitchen.created({ code: 'ALL', forGuests: true })
    await expect(kitchen.placeWith(kitchen.minsu)).rejects.toThrow('ACCOUNT_NEEDED')
    const order = await kitchen.placeWith(kitchen.minsu, ['ALL'])
    expect(await kitchen.only()).toMatchObject({ holder: 'minsu', userId: null, orderId: order.id })
    await expect(kitchen.placeWith(guest('other'), ['ALL'])).resolves.toMatchObject({
      totalAmount: 16_200,
    })
  })

  it('takes at most five', async () => {
    const kitchen = await openCouponKitchen()
    const codes = many(6).map((n) => `CODE${n}`)
    for (const code of codes) await kitchen.created({ code, stackable: true })
    await expect(kitchen.placeWith(ANA, codes)).rejects.toThrow('coupon_codes')
    expect((await kitchen.placeWith(ANA, codes.slice(1))).coupons).toHaveLength(5)
  })

  it('keeps its discount when the coupon is edited while the order holds it', async () => {
    const kitchen = await openCouponKitchen()
    const order = await kitchen.placeWith(ANA)
    await kitchen.edit({ value: 50, active: false, endsAt: kitchen.restaurant.now() })
    await kitchen.later(1)
    expect(await kitchen.only()).toMatchObject({ status: 'HELD' })
    await kitchen.paid(order, ANA)
    const { order: now } = await kitchen.view(order)
    expect(now).toMatchObject({
      paymentStatus: 'PAID',
      totalAmount: 16_200,
      coupons: order.coupons,
    })
    expect(await kitchen.only()).toMatchObject({ status: 'USED' })
  })
})
