import { z } from '@hono/zod-openapi'
import { normaliseCode } from '../../domain/coupon/code.ts'
import {
  CLAIM_STATUSES,
  COUPON_KINDS,
  type CouponChanges,
  type CouponTerms,
} from '../../domain/coupon/coupon.ts'
import { MAX_COUPON_IDS, MAX_COUPON_LIMIT, MAX_COUPON_QUANTITY } from '../../domain/coupon/terms.ts'
import { MAX_AMOUNT_MINOR, CURRENCIES } from '../../domain/money.ts'
import { idSchema, timeSchema } from './common.ts'
import { typedCode, typedCodes } from './coupon-codes.ts'
import { pageQuery } from './lists.ts'
import { chargesFields, MAX_LINES, requestedLine } from './orders.ts'
import { couponVerdict } from './quotes.ts'

const code = typedCode
  .transform((typed, context) => {
    const kept = normaliseCode(typed)
    if (kept !== null) return kept
    context.addIssue({ code: 'invalid_format', format: 'coupon_code', input: typed })
    return z.NEVER
  })
  .openapi({
    type: 'string',
    example: 'AUTUMN-10',
    description: 'Letters of any script, digits, `-` and `_`, 3 to 40; kept in capitals',
  })

const time = z.iso
  .datetime({ offset: true })
  .transform((text) => Date.parse(text))
  .openapi({ type: 'string', format: 'date-time' })

const amount = (minimum: number) => z.int().openapi({ minimum, maximum: MAX_AMOUNT_MINOR })
const ids = z.array(idSchema).openapi({ maxItems: MAX_COUPON_IDS })

/** Bounds and what fits together are the domain's to judge (coupon/terms.ts). */
const terms = {
  kind: z.enum(COUPON_KINDS),
  value: amount(1).openapi({
    description: 'FIXED: minor units of the currency. PERCENT: whole per cent, 1 to 100',
    example: 10,
  }),
  max_discount: amount(1).nullable().openapi({ description: 'Most that it takes off one order' }),
  min_order_amount: amount(0).openapi({
    description: 'What the lines must come to before any discount',
  }),
  item_ids: ids.openapi({ description: 'It takes something off these alone; with no ids off all' }),
  category_ids: ids.openapi({ description: 'Likewise, off the items of these' }),
  starts_at: time.nullable().openapi({ description: 'The first moment; null = at once' }),
  ends_at: time.nullable().openapi({ description: 'The first moment after it; null = never' }),
  total_quantity: z.int().openapi({ minimum: 1, maximum: MAX_COUPON_QUANTITY, example: 100 }),
  per_user_limit: z.int().openapi({
    minimum: 1,
    maximum: MAX_COUPON_LIMIT,
    description: 'Claims that one account may ever have; one session, where guests may claim',
  }),
  stackable: z.boolean().openapi({ description: 'May stand beside others that are' }),
  for_guests: z.boolean().openapi({ description: 'Guests without an account may claim it' }),
  listed: z.boolean().openapi({
    description: 'Shown to everybody with what it applies to; false: the code has to be known',
  }),
  active: z.boolean().openapi({ description: 'False: neither claimed nor taken any more' }),
}

export const newCoupon = z
  .strictObject({
    code,
    restaurant_id: idSchema.nullish().openapi({
      description: 'Owners may leave it out where X-Restaurant-Id or their one restaurant says it',
    }),
    ...terms,
    max_discount: terms.max_discount.default(null),
    min_order_amount: terms.min_order_amount.default(0),
    item_ids: terms.item_ids.default([]),
    category_ids: terms.category_ids.default([]),
    starts_at: terms.starts_at.default(null),
    ends_at: terms.ends_at.default(null),
    per_user_limit: terms.per_user_limit.default(1),
    stackable: terms.stackable.default(false),
    for_guests: terms.for_guests.default(false),
    listed: terms.listed.default(true),
    active: terms.active.default(true),
  })
  .openapi('CouponCreation', {
    example: {
      code: 'AUTUMN-10',
      kind: 'PERCENT',
      value: 10,
      max_discount: 5000,
      min_order_amount: 20000,
      ends_at: '2026-12-31T15:00:00Z',
      total_quantity: 100,
    },
  })

export const couponEditing = z.strictObject(terms).partial().openapi('CouponEditing')

const given = <K extends string, V>(key: K, value: V | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: V }

/** What is named in the body; the rest stays as it is. */
export const changesFrom = (body: z.output<typeof couponEditing>): CouponChanges => ({
  ...given('kind', body.kind),
  ...given('value', body.value),
  ...given('maxDiscount', body.max_discount),
  ...given('minOrderAmount', body.min_order_amount),
  ...given('itemIds', body.item_ids),
  ...given('categoryIds', body.category_ids),
  ...given('startsAt', body.starts_at),
  ...given('endsAt', body.ends_at),
  ...given('totalQuantity', body.total_quantity),
  ...given('perUserLimit', body.per_user_limit),
  ...given('stackable', body.stackable),
  ...given('forGuests', body.for_guests),
  ...given('listed', body.listed),
  ...given('active', body.active),
})

export const termsFrom = (body: z.output<typeof newCoupon>): CouponTerms => ({
  code: body.code,
  kind: body.kind,
  value: body.value,
  maxDiscount: body.max_discount,
  minOrderAmount: body.min_order_amount,
  itemIds: body.item_ids,
  categoryIds: body.category_ids,
  startsAt: body.starts_at,
  endsAt: body.ends_at,
  totalQuantity: body.total_quantity,
  perUserLimit: body.per_user_limit,
  stackable: body.stackable,
  forGuests: body.for_guests,
  listed: body.listed,
  active: body.active,
})

const shownTerms = {
  id: z.string().openapi({ format: 'uuid' }),
  code: z.string(),
  kind: z.enum(COUPON_KINDS),
  value: z.int(),
  max_discount: z.int().nullable(),
  min_order_amount: z.int(),
  item_ids: z.array(z.string()),
  category_ids: z.array(z.string()),
  starts_at: timeSchema.nullable(),
  ends_at: timeSchema.nullable(),
  per_user_limit: z.int(),
  stackable: z.boolean(),
  for_guests: z.boolean(),
}

/** What those who may claim it see of it. */
export const couponTerms = z.object(shownTerms).openapi('CouponTerms')

export const couponSchema = z
  .object({
    ...shownTerms,
    restaurant_id: z.string().openapi({ format: 'uuid' }),
    total_quantity: z.int(),
    listed: z.boolean(),
    active: z.boolean(),
    claimed: z.int().openapi({ description: 'Every claim ever made' }),
    held: z.int().openapi({ description: 'Stand on orders that are not paid yet' }),
    used: z.int().openapi({ description: 'Stand on paid orders' }),
    left: z.int().openapi({ description: 'Claims that can still be made' }),
    created_at: timeSchema,
    changed_at: timeSchema,
  })
  .openapi('Coupon')

export const couponStats = z
  .object({
    coupon_id: z.string(),
    code: z.string(),
    currency: z.enum(CURRENCIES),
    total_quantity: z.int(),
    claimed: z.int(),
    left: z.int(),
    free: z.int().openapi({ description: 'Claimed, and on no order' }),
    held: z.int(),
    used: z.int(),
    expired: z.int(),
    released: z.int().openapi({ description: 'How often an order gave a claim back' }),
    discount_amount: z.int().openapi({ description: 'Taken off the paid orders that used it' }),
    revenue_amount: z
      .int()
      .openapi({ description: 'What was paid for those orders and not paid back' }),
    first_used_at: timeSchema.nullable(),
    last_used_at: timeSchema.nullable(),
  })
  .openapi('CouponStats')

export const couponQuery = pageQuery.extend({
  restaurant_id: idSchema.optional(),
  active: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional()
    .openapi({ description: 'true: switched on and not over; false: the others' }),
  q: z.string().trim().min(1).max(100).optional().openapi({ description: 'A part of the code' }),
})

export const codeParams = z.object({
  code: z.string().openapi({ description: 'In any case, spaces and all', example: 'AUTUMN-10' }),
})

export const claimSchema = z
  .object({
    claim_id: z.string().openapi({ format: 'uuid' }),
    status: z.enum(CLAIM_STATUSES),
    claimed_at: timeSchema,
    left: z.int().openapi({ description: 'Claims that can still be made, by anybody' }),
    coupon: couponTerms,
  })
  .openapi('CouponClaim')

export const ownCouponsQuery = pageQuery.extend({
  status: z.enum(CLAIM_STATUSES).optional(),
  restaurant_id: idSchema.optional().openapi({
    description: 'Of one restaurant, as it is this moment; X-Restaurant-Id says the same',
  }),
})

export const ownCoupon = z
  .object({
    claim_id: z.string().openapi({ format: 'uuid' }),
    code: z.string(),
    status: z.enum(CLAIM_STATUSES).openapi({
      description:
        'CLAIMED: free to be taken. HELD: on an order that is not paid yet. USED: on a paid one. ' +
        'EXPIRED: over before it was used.',
    }),
    order_id: z.string().nullable(),
    claimed_at: timeSchema,
    changed_at: timeSchema,
    history: z
      .array(
        z.object({
          to: z
            .enum([...CLAIM_STATUSES, 'RELEASED'])
            .openapi({ description: 'RELEASED: an order gave it back, and it is CLAIMED again' }),
          at: timeSchema,
          order_id: z.string().nullable(),
        }),
      )
      .openapi({ description: 'Oldest first' }),
    coupon: couponTerms.nullable().openapi({ description: 'Null while it is on its way here' }),
    restaurant: z.object({ id: z.string(), name: z.string().nullable() }),
  })
  .openapi('OwnCoupon')

export const validation = z
  .strictObject({
    code: typedCode.nullish(),
    codes: typedCodes.nullish(),
    restaurant_id: idSchema.nullish(),
    table_id: idSchema.nullish().openapi({ description: 'The order is for this table' }),
    items: z.array(requestedLine).min(1).max(MAX_LINES).nullish(),
    cart_id: idSchema.nullish().openapi({ description: "The caller's own, instead of `items`" }),
  })
  .refine(({ code: one, codes }) => (one == null) !== (codes == null), {
    path: ['code'],
    params: { reason: 'either_code_or_codes' },
  })
  .refine(({ items, cart_id: cart }) => (items == null) !== (cart == null), {
    path: ['items'],
    params: { reason: 'either_items_or_cart_id' },
  })
  .openapi('CouponValidation', {
    example: {
      code: 'autumn 10',
      items: [{ menu_id: '018f3a4e-0000-8000-8000-9c1d2e3f4a5b', quantity: 2, options: [] }],
    },
  })

export const validated = z
  .object({
    applicable: z.boolean().openapi({ description: 'Every code takes something off' }),
    reason: z.string().nullable().openapi({
      description: 'Of the first code that takes nothing off',
      example: 'BELOW_MIN_ORDER_AMOUNT',
    }),
    message: z.string().nullable().openapi({ description: "The reason in the reader's language" }),
    coupons: z.array(couponVerdict),
    currency: z.enum(CURRENCIES),
    ...chargesFields,
    total_amount: z.int().openapi({ description: 'With the codes that are applicable' }),
    problems: z
      .array(z.object({ menu_id: z.string(), reason: z.string() }))
      .openapi({ description: 'Lines that cannot be ordered; the sums are those of the others' }),
  })
  .openapi('CouponValidated')
