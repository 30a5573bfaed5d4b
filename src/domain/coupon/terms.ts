import { MAX_AMOUNT_MINOR } from '../money.ts'
import type { FieldError } from '../refusal.ts'
import { normaliseCode } from './code.ts'
import type { CouponChanges, CouponTerms } from './coupon.ts'

export const MAX_COUPON_QUANTITY = 1_000_000
export const MAX_COUPON_LIMIT = 1_000
/** Events carry the coupon whole, with every claim. */
export const MAX_COUPON_IDS = 100
/** The last moment that a Date can say. */
const LAST_MOMENT = 8_640_000_000_000_000

/** Inclusive bounds; what may be null has none then. */
const BOUNDS = [
  ['maxDiscount', 'max_discount', 1, MAX_AMOUNT_MINOR],
  ['minOrderAmount', 'min_order_amount', 0, MAX_AMOUNT_MINOR],
  ['startsAt', 'starts_at', 0, LAST_MOMENT],
  ['endsAt', 'ends_at', 0, LAST_MOMENT],
  ['totalQuantity', 'total_quantity', 1, MAX_COUPON_QUANTITY],
  ['perUserLimit', 'per_user_limit', 1, MAX_COUPON_LIMIT],
] as const satisfies readonly (readonly [keyof CouponTerms, string, number, number])[]

/** What is wrong with the terms, by the API's field names. */
export function checkTerms(terms: CouponTerms): FieldError[] {
  const errors: FieldError[] = []
  if (normaliseCode(terms.code) !== terms.code)
    errors.push({ field: 'code', reason: 'invalid_format' })
  errors.push(...outOf('value', terms.value, 1, terms.kind === 'PERCENT' ? 100 : MAX_AMOUNT_MINOR))
  for (const [key, field, least, most] of BOUNDS) {
    const value = terms[key]
    if (value !== null) errors.push(...outOf(field, value, least, most))
  }
  const { startsAt, endsAt, itemIds, categoryIds } = terms
  if (startsAt !== null && endsAt !== null && endsAt <= startsAt)
    errors.push({ field: 'ends_at', reason: 'not_after_start' })
  if (itemIds.length > MAX_COUPON_IDS) errors.push({ field: 'item_ids', reason: 'too_big' })
  if (categoryIds.length > MAX_COUPON_IDS) errors.push({ field: 'category_ids', reason: 'too_big' })
  return errors
}

function outOf(field: string, value: number, least: number, most: number): FieldError[] {
  if (!Number.isSafeInteger(value)) return [{ field, reason: 'invalid_type' }]
  if (value < least) return [{ field, reason: 'too_small' }]
  return value > most ? [{ field, reason: 'too_big' }] : []
}

/** Ids of neither an item nor a category of the menu, by the API's field names. */
export function unknownIds(
  wanted: Pick<CouponTerms, 'itemIds' | 'categoryIds'>,
  known: { item: (id: string) => boolean; category: (id: string) => boolean },
): FieldError[] {
  const missing = (ids: readonly string[], is: (id: string) => boolean, field: string) =>
    ids.flatMap((id, index) =>
      is(id) ? [] : [{ field: `${field}.${String(index)}`, reason: 'unknown' }],
    )
  return [
    ...missing(wanted.itemIds, known.item, 'item_ids'),
    ...missing(wanted.categoryIds, known.category, 'category_ids'),
  ]
}

/** The ids that an edit brings in; what is in already may have left the menu since. */
export const newIds = (
  before: Pick<CouponTerms, 'itemIds' | 'categoryIds'>,
  after: Pick<CouponTerms, 'itemIds' | 'categoryIds'>,
): Pick<CouponTerms, 'itemIds' | 'categoryIds'> => ({
  itemIds: after.itemIds.filter((id) => !before.itemIds.includes(id)),
  categoryIds: after.categoryIds.filter((id) => !before.categoryIds.includes(id)),
})

const sorted = (ids: readonly string[]): string[] => [...new Set(ids)].sort()

/** The terms as they are kept: ids once each, in one order, so that equal terms are equal. */
export function tidied<T extends CouponChanges>(terms: T): T {
  const { itemIds, categoryIds } = terms
  return {
    ...terms,
    ...(itemIds !== undefined && { itemIds: sorted(itemIds) }),
    ...(categoryIds !== undefined && { categoryIds: sorted(categoryIds) }),
  }
}

const TERMS = [
  'code',
  'kind',
  'value',
  'maxDiscount',
  'minOrderAmount',
  'itemIds',
  'categoryIds',
  'startsAt',
  'endsAt',
  'totalQuantity',
  'perUserLimit',
  'stackable',
  'forGuests',
  'listed',
  'active',
] as const satisfies readonly (keyof CouponTerms)[]

/** The same coupon in every word; both tidied. */
export const sameTerms = (a: CouponTerms, b: CouponTerms): boolean =>
  TERMS.every((key) => JSON.stringify(a[key]) === JSON.stringify(b[key]))
