import { z } from '@hono/zod-openapi'
import { ALLERGENS } from '../../domain/menu/allergens.ts'
import { MAX_ITEMS } from '../../domain/menu/menu-document.ts'
import { MAX_CHOICES, MAX_OPTIONS } from '../../domain/menu/options.ts'
import { MAX_ITEM_PRICE } from '../../domain/menu/price.ts'
import { OTHER_LOCALES } from '../../domain/menu/translations.ts'
import { idSchema, timeSchema } from './common.ts'
import { wholeListQuery } from './settings-lists.ts'

const uuid = z.string().openapi({ format: 'uuid' })
const name = z.string().trim().min(1).max(200)
const position = z.int().min(0).max(1_000_000)
const price = z.int().openapi({ minimum: 0, maximum: MAX_ITEM_PRICE, example: 18_000 })

/** Texts by language, beside the plain field that holds the Korean one. */
const inLanguages = (text: z.ZodString) =>
  z.partialRecord(z.enum(OTHER_LOCALES), text).openapi({ example: { en: 'Fried chicken' } })
const namesIn = inLanguages(name)
const unique = <T>(entries: T[]): T[] => [...new Set(entries)]

export const categoryCreation = z
  .object({
    name: name.openapi({ example: '치킨' }),
    names: namesIn.optional(),
    position: position.optional(),
  })
  .openapi('CategoryCreation')
export const categoryEditing = categoryCreation.partial().openapi('CategoryEditing')
export const categorySchema = z.object({
  id: uuid,
  name: z.string(),
  names: namesIn,
  position: z.int(),
})

/** `ids` is every one of them, in the new order. */
const order = z.object({ ids: z.array(idSchema).max(MAX_ITEMS) })
export const categoryOrder = order.openapi('CategoryOrder')
export const itemOrder = order
  .extend({
    category_id: idSchema
      .optional()
      .openapi({ description: 'Left out: `ids` are those of the whole menu' }),
  })
  .openapi('ItemOrder')

/** How many, and whether they fit together, is the domain's to judge (options.ts). */
const optionBody = z.object({
  id: idSchema.optional(),
  name: name.openapi({ example: '맵기' }),
  names: namesIn.optional(),
  required: z.boolean().default(false),
  min: z.int().optional().openapi({ minimum: 0, description: 'Left out: 1 when required, else 0' }),
  max: z.int().optional().openapi({ minimum: 1, description: 'Left out: 1, or `min` where more' }),
  choices: z
    .array(
      z.object({
        id: idSchema.optional(),
        name: name.openapi({ example: '아주 맵게' }),
        names: namesIn.optional(),
        price_delta: z.int().default(0),
      }),
    )
    .max(200)
    .openapi({ minItems: 1, maxItems: MAX_CHOICES }),
})
const optionBodies = z.array(optionBody).max(100).openapi({
  maxItems: MAX_OPTIONS,
  description: 'All of them: options and choices without their `id` are new',
})
type OptionBody = z.output<typeof optionBody>
const text = z.string().trim().max(2_000)

const fields = {
  name: name.openapi({ example: '후라이드 치킨' }),
  names: namesIn,
  price,
  description: text.nullable(),
  descriptions: inLanguages(text),
  allergens: z
    .array(z.enum(ALLERGENS))
    .max(100)
    .transform(unique)
    .openapi({ example: ['chicken'] }),
  tags: z
    .array(z.string().trim().min(1).max(30))
    .max(10)
    .transform(unique)
    .openapi({ example: ['인기'] }),
  spice_level: z.int().min(0).max(3),
  max_per_order: z
    .int()
    .min(1)
    .max(999)
    .nullable()
    .openapi({ description: 'Most portions in one order, over all its lines; null = any number' }),
  options: optionBodies,
}

/** An item that is written whole: what is left out is none. */
export const wholeItem = z.object({
  ...fields,
  names: fields.names.default({}),
  description: fields.description.default(null),
  descriptions: fields.descriptions.default({}),
  allergens: fields.allergens.default([]),
  tags: fields.tags.default([]),
  spice_level: fields.spice_level.default(0),
  max_per_order: fields.max_per_order.default(null),
  options: fields.options.default([]),
})

/** As the menu shows it: `false` marks the item sold out until it is taken back. */
const isAvailable = z.boolean().optional()

export const itemCreation = wholeItem
  .extend({ category_id: idSchema, position: position.optional(), is_available: isAvailable })
  .openapi('ItemCreation')

export const itemEditing = z
  .object({ ...fields, category_id: idSchema, position, is_available: isAvailable })
  .partial()
  .openapi('ItemEditing')

export const itemOptions = z.object({ options: optionBodies }).openapi('ItemOptions')

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

export const optionSchema = z.object({
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
    image_url: z.string().nullable().openapi({ description: 'A path on this origin' }),
    is_available: z.boolean(),
    allergens: z.array(z.enum(ALLERGENS)),
    tags: z.array(z.string()),
    spice_level: z.int(),
    max_per_order: z.int().nullable(),
    options: z.array(optionSchema),
  })
  .openapi('MenuItem')

/** An item where a name and a price will do. */
export const menuEntry = menuItemSchema
  .pick({ id: true, name: true, price: true, is_available: true })
  .openapi('MenuEntry')

export const wholeOptionSchema = optionSchema.extend({
  names: namesIn,
  choices: z.array(z.object({ id: uuid, name: z.string(), names: namesIn, price_delta: z.int() })),
})

/** An item with its texts in every language. */
export const wholeItemSchema = menuItemSchema.omit({ is_available: true }).extend({
  names: namesIn,
  descriptions: inLanguages(text),
  options: z.array(wholeOptionSchema),
})

export const itemSchema = wholeItemSchema
  .extend({
    is_available: z.boolean(),
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

export const optionInMenuSchema = wholeOptionSchema
  .extend({ item_id: uuid, item_name: z.string() })
  .openapi('OptionInMenu')

export const menuSchema = z
  .object({
    restaurant: z.object({
      id: uuid,
      name: z.string(),
      open: z.boolean(),
      opens_at: timeSchema.nullable(),
      busy_delay_minutes: z.int(),
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

/** An item of a body likewise; what it does not name stays unnamed. */
export const itemFrom = <T extends Omit<z.output<typeof itemEditing>, 'is_available'>>({
  category_id: categoryId,
  spice_level: spiceLevel,
  max_per_order: maxPerOrder,
  options,
  ...rest
}: T) => ({
  ...rest,
  categoryId,
  spiceLevel,
  maxPerOrder,
  options: options && optionsFrom(options),
})
