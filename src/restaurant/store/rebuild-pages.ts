import { eq, gt } from 'drizzle-orm'
import type { ClaimState, CouponState } from '../../domain/coupon/coupon.ts'
import type { Category, MenuItemWithStock } from '../../domain/menu/menu.ts'
import type { Database } from './database.ts'
import { categories, couponClaims, coupons, items, stock } from './schema.ts'

/** Rows in id order, removed ones too, for a rebuild of the read model. */
export function createRebuildPages(db: Database) {
  return {
    categoriesAfter: (id: string | null, limit: number): (Category & { deleted: boolean })[] =>
      db
        .select()
        .from(categories)
        .where(id === null ? undefined : gt(categories.id, id))
        .orderBy(categories.id)
        .limit(limit)
        .all(),
    itemsAfter: (id: string | null, limit: number): MenuItemWithStock[] =>
      db
        .select()
        .from(items)
        .leftJoin(stock, eq(stock.itemId, items.id))
        .where(id === null ? undefined : gt(items.id, id))
        .orderBy(items.id)
        .limit(limit)
        .all()
        .map((row) => ({ ...row.items, stock: row.stock })),
    couponsAfter: (id: string | null, limit: number): CouponState[] =>
      db
        .select()
        .from(coupons)
        .where(id === null ? undefined : gt(coupons.id, id))
        .orderBy(coupons.id)
        .limit(limit)
        .all(),
    claimsAfter: (id: string | null, limit: number): ClaimState[] =>
      db
        .select()
        .from(couponClaims)
        .where(id === null ? undefined : gt(couponClaims.id, id))
        .orderBy(couponClaims.id)
        .limit(limit)
        .all(),
  }
}
