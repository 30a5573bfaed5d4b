import { wholeOptionJson } from '../../domain/menu/menu-document.ts'
import type { App } from '../context.ts'
import { command } from '../restaurant-calls.ts'
import { answer, defineRoute } from '../route.ts'
import { idParams } from '../schemas/common.ts'
import { listSchema } from '../schemas/lists.ts'
import { itemOptions, itemSchema, optionInMenuSchema, optionsFrom } from '../schemas/menu.ts'
import { itemJson } from '../../domain/menu/menu-json.ts'
import { pageOf, wholeListQuery } from '../schemas/settings-lists.ts'
import { wholeMenu } from '../whole-menu.ts'

const MENU = { tag: 'Menu', restaurant: 'me' } as const

/** Options belong to their item: they are listed over all items and edited through theirs. */
export function optionRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...MENU,
      method: 'get',
      path: '/restaurants/me/options',
      operationId: 'listOptions',
      summary: 'Options of all items, each with its item',
      permission: 'menu:read',
      idempotency: 'none',
      request: { query: wholeListQuery },
      success: { status: 200, description: 'Options', schema: listSchema(optionInMenuSchema) },
      refusals: [],
    },
    async (c) =>
      answer(await wholeMenu(c), ({ categories }) => {
        const options = categories.flatMap(({ items }) =>
          items.flatMap((item) =>
            item.options.map((option) => ({
              item_id: item.id,
              item_name: item.name,
              ...wholeOptionJson(option),
            })),
          ),
        )
        return pageOf(options, c.req.valid('query'), c.var.now, (option) => option)
      }),
  )
  defineRoute(
    app,
    {
      ...MENU,
      method: 'put',
      path: '/restaurants/me/items/{id}/options',
      operationId: 'putItemOptions',
      summary: "Replace an item's options",
      permission: 'menu:edit',
      idempotency: 'taken',
      request: { params: idParams, body: itemOptions },
      success: { status: 200, description: 'The item as it is now', schema: itemSchema },
      refusals: [],
    },
    async (c) => {
      const changes = { options: optionsFrom(c.req.valid('json').options) }
      const itemId = c.req.valid('param').id
      const wanted = { type: 'edit-item', itemId, changes } as const
      return answer(await command(c, c.var.restaurantId, wanted), itemJson)
    },
  )
}
