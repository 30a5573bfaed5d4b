import { z } from '@hono/zod-openapi'
import { CURRENCIES } from '../../domain/money.ts'
import { idSchema, timeSchema } from './common.ts'
import { CODES_TWICE, couponFields, namesCodesOnce } from './coupon-codes.ts'
import { chargesFields, chosenOption, MAX_LINES, requestedLine } from './orders.ts'

export const quoteRequest = z
  .strictObject({
    restaurant_id: idSchema.nullish(),
    table_id: idSchema.nullish(),
    table_number: z.string().trim().min(1).max(10).nullish(),
    items: z.array(requestedLine).min(1).max(MAX_LINES),
    ...couponFields,
  })
  .refine(namesCodesOnce, CODES_TWICE)
  .openapi('OrderQuoteRequest', {
    example: {
      items: [{ menu_id: '018f3a4e-0000-8000-8000-9c1d2e3f4a5b', quantity: 2, options: [] }],
      coupon_code: 'AUTUMN-10',
    },
  })

const LINE_PROBLEMS = [
  'ITEM_GONE',
  'SOLD_OUT',
  'NOT_ENOUGH',
  'OPTION_GONE',
  'OPTIONS_INVALID',
  'ABOVE_LIMIT',
  'TOTAL_TOO_LARGE',
] as const

/** A line as the menu offers it now; see http/order-quote-json.ts. */
export const offeredLine = z.object({
  menu_id: z.string(),
  number: z.int().nullable(),
  name: z.string().nullable(),
  image_url: z.string().nullable().openapi({ description: 'A path on this origin' }),
  options: z.array(chosenOption),
  unit_price: z.int().nullable().openapi({ description: 'Null where item or options are wrong' }),
  quantity: z.int(),
  total: z.int().nullable(),
  discount: z.int(),
  max_quantity: z.int().nullable().openapi({ description: 'Of the item in one order' }),
  problem: z
    .object({
      reason: z.enum(LINE_PROBLEMS),
      available: z
        .int()
        .optional()
        .openapi({ description: 'With NOT_ENOUGH: portions that the lines before it leave' }),
      limit: z.int().optional().openapi({ description: 'With ABOVE_LIMIT: likewise' }),
      errors: z
        .array(z.object({ field: z.string(), reason: z.string() }))
        .optional()
        .openapi({ description: 'With options: each by its field within the line' }),
    })
    .nullable()
    .openapi({ description: 'Null: it can be ordered, together with the others that can' }),
})

export const couponVerdict = z.object({
  code: z.string(),
  applicable: z.boolean(),
  discount: z.int(),
  reason: z
    .string()
    .nullable()
    .openapi({ description: 'Why it takes nothing off', example: 'BELOW_MIN_ORDER_AMOUNT' }),
  min_order_amount: z.int().nullable(),
})

export const quotedRestaurant = z.object({
  id: z.string(),
  name: z.string(),
  open: z.boolean(),
  opens_at: timeSchema.nullable(),
  busy_delay_minutes: z.int(),
  menu_version: z.int(),
})

export const orderQuote = z
  .object({
    restaurant: quotedRestaurant,
    currency: z.enum(CURRENCIES),
    at_table: z.boolean(),
    items: z.array(offeredLine),
    ...chargesFields,
    total_amount: z.int().openapi({ description: 'Of the lines that can be ordered' }),
    coupons: z.array(couponVerdict),
    orderable: z
      .boolean()
      .openapi({ description: 'Open, and nothing is wrong with any line or code' }),
  })
  .openapi('OrderQuote')
