import { z } from '@hono/zod-openapi'
import { MARKETS } from '../../domain/catalogue/markets.ts'
import { LOCALES } from '../../domain/locale.ts'
import { ALLERGENS } from '../../domain/menu/allergens.ts'
import { MAX_ITEM_PRICE } from '../../domain/menu/price.ts'
import { CURRENCIES } from '../../domain/money.ts'
import { STOCK_STATES } from '../../domain/stock/state.ts'
import type { ProductFilter } from '../../usecases/catalogue/types.ts'
import { idSchema } from './common.ts'
import { couponTerms } from './coupons.ts'
import { itemCreation, itemEditing, optionSchema } from './menu.ts'

const uuid = z.string().openapi({ format: 'uuid' })
const price = z.coerce.number().int().min(0).max(MAX_ITEM_PRICE)
const limit = z.coerce.number().int().min(1).max(100).default(20)

/** What lists of products and searches may be narrowed down by. */
export const productFilters = z.object({
  restaurant_id: idSchema.optional(),
  category_id: idSchema.optional(),
  category: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .openapi({ description: "A category's name, in any of its languages" }),
  min_price: price.optional().openapi({ description: "In the restaurant's own currency" }),
  max_price: price.optional().openapi({ description: "In the restaurant's own currency" }),
  available: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  tag: z.string().trim().min(1).max(30).optional(),
  market: z.enum(MARKETS).optional().openapi({ description: 'Restaurants of this market alone' }),
  language: z
    .enum(LOCALES)
    .optional()
    .openapi({ description: 'Language of the texts, in place of `Accept-Language`' }),
})

export const productsQuery = productFilters.extend({
  sort: z
    .enum(['price', '-price', 'name', 'newest'])
    .default('newest')
    .openapi({ description: '`price` compares amounts, whatever their currency' }),
  limit,
  cursor: z
    .string()
    .max(2_000)
    .optional()
    .openapi({ description: '`next_cursor` of the page before, for the same sort and filters' }),
})

export const filterOf = (query: z.output<typeof productFilters>): ProductFilter => ({
  restaurantId: query.restaurant_id ?? null,
  categoryId: query.category_id ?? null,
  category: query.category ?? null,
  minPrice: query.min_price ?? null,
  maxPrice: query.max_price ?? null,
  available: query.available ?? null,
  tag: query.tag ?? null,
  market: query.market ?? null,
})

const fields = {
  id: uuid,
  restaurant_id: uuid,
  restaurant: z.object({ id: uuid, name: z.string(), open: z.boolean() }),
  category: z.object({ id: uuid, name: z.string() }).nullable(),
  number: z.int().openapi({ description: "The restaurant's own, never reused" }),
  name: z.string(),
  description: z.string().nullable(),
  price: z.int().openapi({ example: 18_000 }),
  currency: z.enum(CURRENCIES).openapi({ description: 'What is charged' }),
  display_price: z
    .object({
      amount: z.int(),
      currency: z.enum(CURRENCIES),
      rate: z.string().openapi({ example: '0.00072176' }),
      rate_date: z.string().openapi({ format: 'date' }),
    })
    .nullable()
    .openapi({
      description:
        "About what that is in the reader's currency; null where it is the same or no rate is known",
    }),
  image_url: z.string().nullable().openapi({ description: 'A path on this origin' }),
  is_available: z.boolean(),
  stock_state: z.enum(STOCK_STATES),
  tags: z.array(z.string()),
  allergens: z.array(z.enum(ALLERGENS)),
  spice_level: z.int(),
}

export const productSchema = z.object(fields).openapi('Product')

export const productDetailSchema = z
  .object({
    ...fields,
    max_per_order: z.int().nullable(),
    options: z.array(optionSchema),
    promotions: z.array(couponTerms).openapi({
      description: 'Coupons for it that everybody may claim; those that end first first',
    }),
  })
  .openapi('ProductDetail')

export const productCreation = itemCreation
  .extend({
    restaurant_id: idSchema
      .optional()
      .openapi({ description: 'Left out: the one that the owner has, or `X-Restaurant-Id`' }),
  })
  .openapi('ProductCreation')
export const productEditing = itemEditing.openapi('ProductEditing')
