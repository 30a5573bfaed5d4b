import { z } from '@hono/zod-openapi'
import { parseImagePath } from '../../domain/menu/image/address.ts'
import {
  DOCUMENT_VERSION,
  MAX_CATEGORIES,
  MAX_ITEMS,
  type MenuDocument,
} from '../../domain/menu/menu-document.ts'
import type { ImportSummary } from '../../domain/menu/plan-import.ts'
import { CURRENCIES } from '../../domain/money.ts'
import { idSchema } from './common.ts'
import { categoryCreation, itemFrom, wholeItem, wholeItemSchema } from './menu.ts'

const { name, names } = categoryCreation.shape

/** The file that an export gives. */
export const menuFileSchema = z
  .object({
    v: z.literal(DOCUMENT_VERSION),
    currency: z.enum(CURRENCIES),
    categories: z.array(
      z.object({
        id: z.string().openapi({ format: 'uuid' }),
        name: z.string(),
        names: names.unwrap(),
        items: z.array(wholeItemSchema),
      }),
    ),
  })
  .openapi('MenuFile')

const imageUrl = z.string().max(500).nullable().default(null)

/** What an import takes: an export, from here or elsewhere, or one written by hand. */
export const menuImport = z
  .object({
    v: z.literal(DOCUMENT_VERSION),
    mode: z.enum(['merge', 'replace']).openapi({
      description:
        '`merge` changes and adds, and leaves alone what is not named. `replace` leaves nothing else on the menu',
    }),
    currency: z.enum(CURRENCIES).nullable().default(null),
    categories: z
      .array(
        z.object({
          id: idSchema.optional(),
          name,
          names: names.unwrap().default({}),
          items: z
            .array(wholeItem.extend({ id: idSchema.optional(), image_url: imageUrl }))
            .max(MAX_ITEMS),
        }),
      )
      .max(MAX_CATEGORIES),
  })
  .openapi('MenuImport')

/** The file as the restaurant takes it. */
export const documentFrom = ({
  currency,
  categories,
}: z.output<typeof menuImport>): MenuDocument => ({
  currency,
  categories: categories.map(({ items, ...category }) => ({
    ...category,
    items: items.map(({ id, image_url, ...item }) => ({
      ...withoutPlace(item),
      id,
      image: image_url === null ? null : (parseImagePath(image_url) ?? ELSEWHERE),
    })),
  })),
})

/** An image that no store of ours has. */
const ELSEWHERE = { restaurantKey: '', file: '' }

function withoutPlace(item: z.output<typeof wholeItem>) {
  const { categoryId: _c, ...rest } = itemFrom({ ...item, category_id: undefined })
  return {
    ...rest,
    options: rest.options ?? [],
    spiceLevel: item.spice_level,
    maxPerOrder: item.max_per_order,
  }
}

const counts = z.object({ created: z.int(), changed: z.int(), removed: z.int() })
export const importSummarySchema = z
  .object({
    menu_version: z.int(),
    categories: counts,
    items: counts,
    images_left_out: z
      .int()
      .openapi({ description: 'Of another restaurant, or not known to this one' }),
  })
  .openapi('MenuImported')

export const importSummaryJson = (summary: ImportSummary) => ({
  menu_version: summary.menuVersion,
  categories: summary.categories,
  items: summary.items,
  images_left_out: summary.imagesLeftOut,
})
