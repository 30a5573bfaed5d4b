import { z } from '@hono/zod-openapi'
import { MAX_COUPONS_PER_ORDER } from '../../domain/coupon/taking.ts'

/** A code in any case, with spaces, in full-width letters; what it comes to is the domain's to say. */
export const typedCode = z.string().trim().min(1).max(200).openapi({ example: 'AUTUMN-10' })

export const typedCodes = z.array(typedCode).min(1).max(MAX_COUPONS_PER_ORDER)

/** One code, or several that may stand together. */
export const couponFields = {
  coupon_code: typedCode.nullish(),
  coupon_codes: typedCodes.nullish(),
}

interface CouponBody {
  coupon_code?: string | null | undefined
  coupon_codes?: readonly string[] | null | undefined
}

/** For `refine`: not both. */
export const namesCodesOnce = (body: CouponBody): boolean =>
  body.coupon_code == null || body.coupon_codes == null

export const CODES_TWICE = {
  path: ['coupon_codes'],
  params: { reason: 'either_coupon_code_or_coupon_codes' },
}

/** The codes as they were typed. */
export const codesOf = ({ coupon_code: one, coupon_codes: several }: CouponBody): string[] =>
  several != null ? [...several] : one == null ? [] : [one]
