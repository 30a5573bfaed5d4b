import { ok, refuse } from '../../domain/result.ts'
import type { QueryModule } from '../query-module.ts'

/** The coupon of a code as codes are kept; for the system. */
export const couponByCode: QueryModule<'coupon-by-code'> = (cx, { code }) => {
  const found = cx.asker.role === 'SYSTEM' ? cx.store.coupons.byCode(code) : null
  return found === null ? refuse({ kind: 'NOT_FOUND', what: 'coupon' }) : ok(found)
}
