import { and, asc, desc, eq, gt, isNull, lt, or } from 'drizzle-orm'
import type { CouponState } from '../../domain/coupon/coupon.ts'
import type { Database } from './database.ts'
import type { Memory } from './memory.ts'
import { coupons } from './schema.ts'
import { insertion, selection, update } from './statements.ts'

const MOST_REMEMBERED = 500

/** Naming what never changes would rewrite its index. */
const UNCHANGING = ['id', 'code', 'createdAt'] as const

/** Coupons, remembered by id and by code. */
export function createCouponStore(db: Database, sqlite: SqlStorage, memory: Memory) {
  const byId = memory.byKey<CouponState | null>(MOST_REMEMBERED)
  const idByCode = memory.byKey<string | null>(MOST_REMEMBERED)
  const readById = selection(sqlite, coupons, 'id = ?')
  const readByCode = selection(sqlite, coupons, 'code = ?')
  const insert = insertion(sqlite, coupons)
  const change = update(sqlite, coupons, UNCHANGING)
  const coupon = (id: string): CouponState | null => byId.get(id, () => readById(id))

  return {
    coupon,
    byCode(code: string): CouponState | null {
      const id = idByCode.get(code, () => readByCode(code)?.id ?? null)
      return id === null ? null : coupon(id)
    },
    add(added: CouponState): void {
      insert(added)
      byId.set(added.id, added)
      idByCode.set(added.code, added.id)
    },
    save(changed: CouponState): void {
      change(changed.id, changed)
      byId.set(changed.id, changed)
    },
    /** Newest first. */
    page(limit: number, before: { createdAt: number; id: string } | null): CouponState[] {
      const { createdAt, id } = coupons
      const older =
        before === null
          ? undefined
          : or(
              lt(createdAt, before.createdAt),
              and(eq(createdAt, before.createdAt), lt(id, before.id)),
            )
      return db
        .select()
        .from(coupons)
        .where(older)
        .orderBy(desc(createdAt), desc(id))
        .limit(limit)
        .all()
    },
    /** Those that everybody may be shown now or later, newest first. */
    listed: (now: number, limit: number): CouponState[] =>
      db
        .select()
        .from(coupons)
        .where(
          and(
            eq(coupons.listed, true),
            eq(coupons.active, true),
            or(isNull(coupons.endsAt), gt(coupons.endsAt, now)),
          ),
        )
        .orderBy(desc(coupons.createdAt), desc(coupons.id))
        .limit(limit)
        .all(),
    /** All of them in id order, for a rebuild. */
    pageAfter: (afterId: string | null, limit: number): CouponState[] =>
      db
        .select()
        .from(coupons)
        .where(afterId === null ? undefined : gt(coupons.id, afterId))
        .orderBy(asc(coupons.id))
        .limit(limit)
        .all(),
  }
}
