import { z } from '@hono/zod-openapi'
import { isAvailable } from '../../domain/menu/availability.ts'
import type { Category, ItemOption, MenuItemWithStock } from '../../domain/menu/menu.ts'
import { MAX_CHOICES, MAX_OPTIONS } from '../../domain/menu/options.ts'
import { MAX_ITEM_PRICE } from '../../domain/menu/price.ts'
import type { Menu } from '../../domain/queries.ts'
import { available } from '../../domain/stock/stock.ts'
import { idSchema, isoTime, timeSchema } from './common.ts'
import { wholeListQuery } from './settings-lists.ts'

const uuid = z.string().openapi({ format: 'uuid' })
const name = z.string().trim().min(1).max(200)
const position = z.int().min(0).max(1_000_000)
const price = z.int().openapi({ minimum: 0, maximum: MAX_ITEM_PRICE, example: 18_000 })

export const categoryCreation = z
  .object({ name: name.openapi({ example: '치킨' }), position: position.optional() })
  .openapi('CategoryCreation')
export const categoryEditing = categoryCreation.partial().openapi('CategoryEditing')
export const categorySchema = z.object({ id: uuid, name: z.string(), position: z.int() })

/** How many, and whether they fit together, is the domain's to judge (options.ts). */
const optionBody = z.object({
  id: idSchema.optional(),
  name: name.openapi({ example: '맵기' }),
  required: z.boolean().default(false),
  min: z.int().optional().openapi({ minimum: 0, description: 'Left out: 1 when required, else 0' }),
  max: z.int().optional().openapi({ minimum: 1, description: 'Left out: 1, or `min` where more' }),
  choices: z
    .array(
      z.object({
        id: idSchema.optional(),
        name: name.openapi({ example: '아주 맵게' }),
        price_delta: z.int().default(0),
      }),
    )
    .max(200)
    .openapi({ minItems: 1, maxItems: MAX_CHOICES }),
})
type OptionBody = z.output<typeof optionBody>

export const itemCreation = z
  .object({
    category_id: idSchema,
    name: name.openapi({ example: '후라이드 치킨' }),
    price,
    description: z.string().trim().max(2_000).nullable().default(null),
    position: position.optional(),
    options: z.array(optionBody).max(100).default([]).openapi({ maxItems: MAX_OPTIONS }),
  })
  .openapi('ItemCreation')

export const itemEditing = z
  .object({
    category_id: idSchema.optional(),
    name: name.optional(),
    price: price.optional(),
    description: z.string().trim().max(2_000).nullable().optional(),
    position: position.optional(),
    options: z
      .array(optionBody)
      .max(100)
      .optional()
      .openapi({ description: 'All of them: options and choices without their `id` are new' }),
  })
  .openapi('ItemEditing')

export const soldOutMark = z
  .object({
    sold_out: z.boolean(),
    until: z.iso
      .datetime({ offset: true })
      .nullable()
      .default(null)
      .openapi({ description: 'When the mark ends by itself; null = until taken back' }),
  })
  .openapi('SoldOutMark')

export const itemsQuery = wholeListQuery.extend({ category_id: idSchema.optional() })

const optionSchema = z.object({
  id: uuid,
  name: z.string(),
  required: z.boolean(),
  min: z.int(),
  max: z.int(),
  choices: z.array(z.object({ id: uuid, name: z.string(), price_delta: z.int() })),
})

const menuItemSchema = z
  .object({
    id: uuid,
    number: z.int().openapi({ description: "The restaurant's own, never reused" }),
    name: z.string(),
    price: z.int(),
    description: z.string().nullable(),
    image_url: z.string().nullable(),
    is_available: z.boolean(),
    options: z.array(optionSchema),
  })
  .openapi('MenuItem')

export const itemSchema = menuItemSchema
  .extend({
    category_id: uuid,
    position: z.int(),
    sold_out: z.boolean(),
    sold_out_until: timeSchema.nullable(),
    stock: z
      .object({ level: z.int(), reserved: z.int(), available: z.int() })
      .nullable()
      .openapi({ description: 'Null = not counted' }),
  })
  .openapi('Item')

export const menuSchema = z
  .object({
    restaurant: z.object({
      id: uuid,
      name: z.string(),
      open: z.boolean(),
      table_ordering_enabled: z.boolean(),
      table_access: z.string(),
      payment_policy: z.string(),
      payment_methods: z.array(z.string()),
      currency: z.string(),
      timezone: z.string(),
    }),
    menu_version: z.int(),
    categories: z.array(z.object({ id: uuid, name: z.string(), items: z.array(menuItemSchema) })),
  })
  .openapi('Menu')

/** The options of a body as the restaurant takes them. */
export const optionsFrom = (options: readonly OptionBody[]) =>
  options.map(({ choices, ...option }) => ({
    ...option,
    choices: choices.map(({ price_delta, ...choice }) => ({ ...choice, priceDelta: price_delta })),
  }))

export const categoryJson = ({ id, name, position }: Category) => ({ id, name, position })

const optionJson = ({ id, name, required, min, max, choices }: ItemOption) => ({
  id,
  name,
  required,
  min,
  max,
  choices: choices.map((choice) => ({
    id: choice.id,
    name: choice.name,
    price_delta: choice.priceDelta,
  })),
})

const menuItemJson = (item: MenuItemWithStock) => ({
  id: item.id,
  number: item.number,
  name: item.name,
  price: item.price,
  description: item.description,
  image_url: null,
  is_available: isAvailable(item),
  options: item.options.map(optionJson),
})

/** An item as those who keep the menu see it. */
export const itemJson = (item: MenuItemWithStock) => ({
  ...menuItemJson(item),
  category_id: item.categoryId,
  position: item.position,
  sold_out: item.soldOut,
  sold_out_until: isoTime(item.soldOutUntil),
  stock: item.stock && {
    level: item.stock.level,
    reserved: item.stock.reserved,
    available: available(item.stock) ?? 0,
  },
})

/** The menu as everybody sees it. */
export const menuJson = ({ restaurant, categories }: Menu) => ({
  restaurant: {
    id: restaurant.id,
    name: restaurant.name,
    open: !restaurant.paused,
    table_ordering_enabled: restaurant.tableOrderingEnabled,
    table_access: restaurant.tableAccess,
    payment_policy: restaurant.paymentPolicy,
    payment_methods: restaurant.paymentMethods,
    currency: restaurant.currency,
    timezone: restaurant.timezone,
  },
  menu_version: restaurant.menuVersion,
  categories: categories.map(({ id, name, items }) => ({
    id,
    name,
    items: items.map(menuItemJson),
  })),
})
