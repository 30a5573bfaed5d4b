import type { Actor } from '../../domain/actor.ts'
import { askerFor } from '../../domain/identity/asker.ts'
import type { Permission } from '../../domain/permissions.ts'
import type { App, HttpVariables } from '../context.ts'
import { adjust, audits, editRules, levels } from '../inventory-calls.ts'
import { defineRoute } from '../route.ts'
import {
  anyAuditsQuery,
  anyLevelsQuery,
  auditSchema,
  itemParams,
  namedStockSchema,
  stockAdjustment,
  stockRules,
  stockSchema,
} from '../schemas/inventory.ts'
import { listSchema } from '../schemas/lists.ts'

const WRITING = { tag: 'Inventory', permission: 'stock:adjust-any' } as const
const READING = {
  tag: 'Inventory',
  permission: 'stock:read-any',
  restaurant: 'in-body',
  method: 'get',
  idempotency: 'none',
  refusals: ['NOT_FOUND'],
} as const

const NAMED = 'One of `restaurant_id` and `menu_id` is needed: it says which restaurant.'

/** The inventory of any restaurant, for those who look after several; the ids say whose. */
export function anyInventoryRoutes(app: App): void {
  writingRoutes(app)
  readingRoutes(app)
}

type Caller = Omit<HttpVariables, 'actor' | 'asker' | 'restaurantId'> & { actor: Actor }
const at = (
  { var: variables }: { readonly var: Readonly<Caller> },
  idWithKey: string,
  { permission }: { permission: Permission },
) => ({ var: { ...variables, asker: askerFor(variables.actor, idWithKey, permission) } })

function writingRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...WRITING,
      restaurant: 'in-body',
      method: 'post',
      path: '/admin/inventory/adjustments',
      operationId: 'adjustAnyStock',
      summary: 'Correct a level at any restaurant, start counting an item, or stop',
      description: 'The restaurant follows from the item.',
      idempotency: 'required',
      request: { body: stockAdjustment },
      success: { status: 201, description: 'The level now', schema: stockSchema },
      refusals: ['NOT_FOUND', 'STOCK_BELOW_RESERVED'],
    },
    (c) => {
      const body = c.req.valid('json')
      return adjust(at(c, body.menu_id, WRITING), body.menu_id, body)
    },
  )
  defineRoute(
    app,
    {
      ...WRITING,
      restaurant: 'by-id',
      method: 'patch',
      path: '/admin/inventory/levels/{menu_id}',
      operationId: 'editAnyStockRules',
      summary: "An item's warning threshold, and the portions that a day begins with",
      description: 'What is left out stays. The item has to be counted.',
      idempotency: 'taken',
      request: { params: itemParams, body: stockRules },
      success: { status: 200, description: 'The level now', schema: stockSchema },
      refusals: ['NOT_FOUND'],
    },
    (c) => {
      const { menu_id: itemId } = c.req.valid('param')
      return editRules(c, itemId, itemId, c.req.valid('json'))
    },
  )
}

function readingRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...READING,
      path: '/admin/inventory/levels',
      operationId: 'listAnyStockLevels',
      summary: "Levels of a restaurant's items",
      description: NAMED,
      request: { query: anyLevelsQuery },
      success: { status: 200, description: 'Levels', schema: listSchema(namedStockSchema) },
    },
    (c) => {
      const query = c.req.valid('query')
      const id = query.restaurant_id ?? query.menu_id ?? ''
      return levels(at(c, id, READING), id, query)
    },
  )
  defineRoute(
    app,
    {
      ...READING,
      path: '/admin/inventory/audits',
      operationId: 'listAnyStockAudits',
      summary: 'Every change of a level at a restaurant, newest first',
      description: NAMED,
      request: { query: anyAuditsQuery },
      success: { status: 200, description: 'A page', schema: listSchema(auditSchema) },
    },
    (c) => {
      const query = c.req.valid('query')
      const id = query.restaurant_id ?? query.menu_id ?? ''
      return audits(at(c, id, READING), id, query)
    },
  )
}
