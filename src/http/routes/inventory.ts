import type { App } from '../context.ts'
import { command, question } from '../restaurant-calls.ts'
import { answer, defineRoute } from '../route.ts'
import { namedStockSchema, stockAdjustment, stockJson, stockSchema } from '../schemas/inventory.ts'
import { listSchema } from '../schemas/lists.ts'
import { pageOf, wholeListQuery } from '../schemas/settings-lists.ts'

const INVENTORY = { tag: 'Inventory', restaurant: 'me' } as const

/** What there is of what is counted. */
export function inventoryRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...INVENTORY,
      method: 'post',
      path: '/restaurants/me/inventory/adjustments',
      operationId: 'adjustStock',
      summary: 'Correct a level, start counting an item, or stop',
      permission: 'stock:adjust',
      idempotency: 'required',
      request: { body: stockAdjustment },
      success: { status: 201, description: 'The level now', schema: stockSchema },
      refusals: ['STOCK_BELOW_RESERVED'],
    },
    async (c) => {
      const { menu_id: itemId, delta, set = null, reason } = c.req.valid('json')
      const change = delta === undefined ? { set } : { delta }
      const wanted = { type: 'adjust-stock', itemId, change, reason } as const
      return answer(await command(c, c.var.restaurantId, wanted), stockJson)
    },
  )
  defineRoute(
    app,
    {
      ...INVENTORY,
      method: 'get',
      path: '/restaurants/me/inventory/levels',
      operationId: 'listStockLevels',
      summary: 'Levels of every item on the menu',
      permission: 'stock:read',
      idempotency: 'none',
      request: { query: wholeListQuery },
      success: { status: 200, description: 'Levels', schema: listSchema(namedStockSchema) },
      refusals: [],
    },
    async (c) =>
      answer(await question(c, c.var.restaurantId, { type: 'stock-levels' }), (levels) =>
        pageOf(
          levels.map((level) => ({ ...level, id: level.itemId })),
          c.req.valid('query'),
          c.var.now,
          (level) => ({ ...stockJson(level), name: level.name }),
        ),
      ),
  )
}
