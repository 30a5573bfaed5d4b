import type { App } from '../context.ts'
import { adjust, audits, editRules, levels } from '../inventory-calls.ts'
import { defineRoute } from '../route.ts'
import {
  auditSchema,
  auditsQuery,
  itemParams,
  levelsQuery,
  namedStockSchema,
  stockAdjustment,
  stockRules,
  stockSchema,
} from '../schemas/inventory.ts'
import { listSchema } from '../schemas/lists.ts'

const WRITING = { tag: 'Inventory', restaurant: 'me', permission: 'stock:adjust' } as const
const READING = {
  tag: 'Inventory',
  restaurant: 'me',
  permission: 'stock:read',
  method: 'get',
  idempotency: 'none',
  refusals: ['NOT_FOUND'],
} as const

/** What there is of what is counted, and what became of it. */
export function inventoryRoutes(app: App): void {
  writingRoutes(app)
  readingRoutes(app)
}

function writingRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...WRITING,
      method: 'post',
      path: '/restaurants/me/inventory/adjustments',
      operationId: 'adjustStock',
      summary: 'Correct a level, start counting an item, or stop',
      description: 'Never below what orders hold. An item that is counted no more loses its rules.',
      idempotency: 'required',
      request: { body: stockAdjustment },
      success: { status: 201, description: 'The level now', schema: stockSchema },
      refusals: ['NOT_FOUND', 'STOCK_BELOW_RESERVED'],
    },
    (c) => adjust(c, c.var.restaurantId, c.req.valid('json')),
  )
  defineRoute(
    app,
    {
      ...WRITING,
      method: 'patch',
      path: '/restaurants/me/inventory/levels/{menu_id}',
      operationId: 'editStockRules',
      summary: "An item's warning threshold, and the portions that a day begins with",
      description: 'What is left out stays. The item has to be counted.',
      idempotency: 'taken',
      request: { params: itemParams, body: stockRules },
      success: { status: 200, description: 'The level now', schema: stockSchema },
      refusals: ['NOT_FOUND'],
    },
    (c) => {
      const { menu_id: itemId } = c.req.valid('param')
      return editRules(c, c.var.restaurantId, itemId, c.req.valid('json'))
    },
  )
}

function readingRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...READING,
      path: '/restaurants/me/inventory/levels',
      operationId: 'listStockLevels',
      summary: 'Levels of every item on the menu',
      request: { query: levelsQuery },
      success: { status: 200, description: 'Levels', schema: listSchema(namedStockSchema) },
    },
    (c) => levels(c, c.var.restaurantId, c.req.valid('query')),
  )
  defineRoute(
    app,
    {
      ...READING,
      path: '/restaurants/me/inventory/audits',
      operationId: 'listStockAudits',
      summary: 'Every change of a level, newest first',
      description:
        'Who, when, why, before and after. A page may be short of `limit` and have a `next_cursor`: it ' +
        'ends after so many changes read, not found.',
      request: { query: auditsQuery },
      success: { status: 200, description: 'A page', schema: listSchema(auditSchema) },
    },
    (c) => audits(c, c.var.restaurantId, c.req.valid('query')),
  )
}
