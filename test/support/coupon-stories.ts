import type { z } from '@hono/zod-openapi'
import type {
  claimSchema,
  couponSchema,
  couponStats,
  ownCoupon,
  validated,
} from '../../src/http/schemas/coupons.ts'
import type { Person } from './story-people.ts'
import { expectStatus, type ListBody, type Place } from './story-restaurant.ts'

export type CouponBody = z.output<typeof couponSchema>
export type ClaimBody = z.output<typeof claimSchema>
export type OwnCouponBody = z.output<typeof ownCoupon>
export type ValidatedBody = z.output<typeof validated>
export type StatsBody = z.output<typeof couponStats>

/** A code of the test's own, as codes are kept. */
export const newCode = (): string =>
  `T${crypto.randomUUID().replaceAll('-', '').slice(0, 16)}`.toUpperCase()

/** Two thousand won off, a hundred of them, for anybody. */
export const couponOf = (more: Record<string, unknown> = {}) => ({
  code: newCode(),
  kind: 'FIXED',
  value: 2_000,
  total_quantity: 100,
  for_guests: true,
  ...more,
})

/** The owner's coupon, made for granted. */
export const made = async (
  place: Pick<Place, 'owner'>,
  more: Record<string, unknown> = {},
): Promise<CouponBody> =>
  expectStatus(await place.owner.post<CouponBody>('/admin/coupons', couponOf(more)), 201)

export const claim = (who: Person, code: string, key?: string) =>
  who.post<ClaimBody>(
    `/coupons/${encodeURIComponent(code)}/claim`,
    undefined,
    key === undefined ? {} : { key },
  )

export const mine = async (who: Person, query = ''): Promise<OwnCouponBody[]> =>
  expectStatus(await who.get<ListBody<OwnCouponBody>>(`/coupons/mine${query}`), 200).items

export const statsOf = async (who: Person, { id }: CouponBody): Promise<StatsBody> =>
  expectStatus(await who.get<StatsBody>(`/admin/coupons/${id}/stats`), 200)
