import type { z } from '@hono/zod-openapi'
import { publicMenu } from '../public-menu.ts'
import { textOf } from '../remembered-menus.ts'
import type { App } from '../context.ts'
import { catalogueHeaders } from '../product-answers.ts'
import { defineRoute } from '../route.ts'
import { idSchema } from '../schemas/common.ts'
import { listSchema } from '../schemas/lists.ts'
import { menuEntry, type menuSchema } from '../schemas/menu.ts'
import { pageOf, wholeListQuery } from '../schemas/settings-lists.ts'

/** A menu as a plain list, for those who need no more than names and prices. */
export function restaurantMenuRoute(app: App): void {
  defineRoute(
    app,
    {
      tag: 'Catalogue',
      method: 'get',
      path: '/menus',
      operationId: 'listMenu',
      summary: "A restaurant's items with their prices, in the order of its menu",
      permission: 'public',
      idempotency: 'none',
      cached: {},
      request: { query: wholeListQuery.extend({ restaurant_id: idSchema }) },
      success: { status: 200, description: 'A page', schema: listSchema(menuEntry) },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const { restaurant_id: restaurantId, ...page } = c.req.valid('query')
      const { locale, now } = c.var
      const read = await publicMenu(c, restaurantId)
      if (!read.ok) return read
      // Written by the restaurant, in the form that the API document has.
      const { categories } = JSON.parse(textOf(read.value)) as z.output<typeof menuSchema>
      const items = categories.flatMap((category) => category.items)
      const body = pageOf(items, page, now, ({ id, name, price, is_available }) => ({
        ...{ id, name, price, is_available },
      }))
      return c.json(body, 200, catalogueHeaders(locale))
    },
  )
}
