import { ok } from '../../domain/result.ts'
import type { QueryModule } from '../query-module.ts'

/** The restaurant's coupons, newest first. */
export const coupons: QueryModule<'coupons'> = (cx, { limit, before }) =>
  ok(cx.store.coupons.page(limit, before))
