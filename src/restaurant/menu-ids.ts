import type { CouponTerms } from '../domain/coupon/coupon.ts'
import { unknownIds } from '../domain/coupon/terms.ts'
import type { FieldError } from '../domain/refusal.ts'
import type { Context } from './context.ts'

/** Of the ids, those that are nothing of the menu as it is. */
export function unknownInMenu(
  cx: Context,
  wanted: Pick<CouponTerms, 'itemIds' | 'categoryIds'>,
): FieldError[] {
  const items = cx.store.menu.itemsByIds(wanted.itemIds)
  return unknownIds(wanted, {
    item: (id) => items.get(id)?.deleted === false,
    category: (id) => cx.store.menu.category(id) !== null,
  })
}
