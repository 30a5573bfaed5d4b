import { expect } from 'vitest'
import type { Asker } from '../../src/domain/actor.ts'
import type { ClaimState, CouponState, CouponTerms } from '../../src/domain/coupon/coupon.ts'
import type { OrderCoupon, OrderState } from '../../src/domain/order/order.ts'
import type { RestaurantSettings } from '../../src/domain/restaurant/settings.ts'
import { someTerms } from './coupons.ts'
import { openKitchen, type Kitchen } from './ordering.ts'
import { OWNER } from './restaurant.ts'

export const member = (userId: string, sessionId = `${userId}-phone`): Asker => ({
  role: 'CUSTOMER',
  sessionId,
  userId,
  visit: null,
})

/** A kitchen with a coupon of ten per cent, and what people do with it by name. */
export async function openCouponKitchen(
  terms: Partial<CouponTerms> = {},
  settings: Partial<RestaurantSettings> = {},
) {
  const kitchen = await openKitchen(settings, 10_000)
  const { restaurant } = kitchen
  const create = (changes: Partial<CouponTerms> = {}) =>
    restaurant.execute(OWNER, { type: 'create-coupon', terms: someTerms(changes) })
  const created = async (changes: Partial<CouponTerms> = {}): Promise<CouponState> => {
    const outcome = await create(changes)
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal))
    return outcome.value
  }
  const coupon = await created(terms)
  const claims = () => claimRows(kitchen)
  return {
    ...kitchen,
    coupon,
    create,
    created,
    claim: (asker: Asker, code = coupon.code, key: string | null = null) =>
      restaurant.execute(
        asker,
        { type: 'claim-coupon', code },
        key === null ? null : { key, fingerprint: 'f' },
      ),
    edit: (changes: Partial<CouponTerms>, couponId = coupon.id) =>
      restaurant.execute(OWNER, { type: 'edit-coupon', couponId, changes }),
    placeWith: (asker: Asker, couponCodes: readonly string[] = [coupon.code], quantity = 1) =>
      kitchen.place(asker, quantity, { couponCodes }),
    coupons: (couponId = coupon.id) => restaurant.read(OWNER, { type: 'coupon', couponId }),
    stats: (couponId = coupon.id) => restaurant.read(OWNER, { type: 'coupon-stats', couponId }),
    claims,
    /** The one claim that there is. */
    only: async (): Promise<ClaimState> => {
      const [one, ...others] = await claims()
      if (one === undefined || others.length > 0) throw new Error(`${others.length + 1} claims`)
      return one
    },
  }
}

export type CouponKitchen = Awaited<ReturnType<typeof openCouponKitchen>>

type Restaurant = Pick<Kitchen, 'restaurant'>

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

async function claimRows({ restaurant }: Restaurant): Promise<ClaimState[]> {
  const rows = await restaurant.rows(
    `SELECT id, coupon_id AS couponId, code, holder, user_id AS userId, session_id AS sessionId, status,
      order_id AS orderId, claimed_at AS claimedAt, changed_at AS changedAt, history
      FROM coupon_claims ORDER BY id`,
  )
  return rows.map(
    (row) => ({ ...row, history: JSON.parse(text(row.history)) as unknown }) as ClaimState,
  )
}

const ENDED = ['REJECTED', 'CANCELLED', 'EXPIRED']

/**
 * What must hold of all coupons after anything: counts are what the claims say, nobody has more than
 * allowed, claims and orders tell the same story, and events end where the rows do.
 */
export async function expectCouponsInOrder(kitchen: Restaurant): Promise<void> {
  const { restaurant } = kitchen
  const claims = await claimRows(kitchen)
  const coupons = await restaurant.read(OWNER, { type: 'coupons', limit: 100, before: null })
  for (const coupon of coupons) {
    const mine = claims.filter(({ couponId }) => couponId === coupon.id)
    const count = (status: ClaimState['status']) =>
      mine.filter((one) => one.status === status).length
    expect([coupon.claimed, coupon.held, coupon.used]).toEqual([
      mine.length,
      count('HELD'),
      count('USED'),
    ])
    expect(coupon.claimed).toBeLessThanOrEqual(coupon.totalQuantity)
    for (const holder of new Set(mine.map((one) => one.holder)))
      expect(mine.filter((one) => one.holder === holder).length).toBeLessThanOrEqual(
        coupon.perUserLimit,
      )
  }
  const orders = await restaurant.rows(
    'SELECT id, status, captured_amount, total_amount, coupons FROM orders',
  )
  const standing = orders.flatMap((order) => {
    if (ENDED.includes(text(order.status)) || order.coupons === null) return []
    const paid = Number(order.captured_amount) >= Number(order.total_amount)
    const taken = JSON.parse(text(order.coupons)) as OrderCoupon[]
    return taken.map(({ claimId }) => `${claimId} ${paid ? 'USED' : 'HELD'} ${text(order.id)}`)
  })
  const taken = claims.filter(({ status }) => status === 'HELD' || status === 'USED')
  expect(taken.map(({ id, status, orderId }) => `${id} ${status} ${orderId ?? ''}`).sort()).toEqual(
    standing.sort(),
  )
  for (const { status, orderId, history, changedAt } of claims) {
    const last = history.at(-1)
    expect(last?.to === 'RELEASED' ? 'CLAIMED' : last?.to).toBe(status)
    expect(last?.at).toBe(changedAt)
    if (orderId !== null) expect(last?.orderId).toBe(orderId)
  }
  await expectEventsToEndThere(kitchen, coupons, claims)
}

async function expectEventsToEndThere(
  { restaurant }: Restaurant,
  coupons: readonly CouponState[],
  claims: readonly ClaimState[],
): Promise<void> {
  const told = new Map<string, CouponState | ClaimState>()
  for (const { subject } of await restaurant.events()) {
    if (subject.kind === 'coupon') told.set(subject.coupon.id, subject.coupon)
    if (subject.kind === 'claim') told.set(subject.claim.id, subject.claim)
  }
  for (const one of [...coupons, ...claims]) expect(told.get(one.id)).toEqual(one)
  expect(told.size).toBe(coupons.length + claims.length)
}

/** What the order's coupons took off, and what is left to pay. */
export const discountOf = ({ coupons, totalAmount, charges }: OrderState) => ({
  taken: (coupons ?? []).map(({ code, discount }) => [code, discount]),
  discountAmount: charges?.discountAmount ?? 0,
  totalAmount,
})
