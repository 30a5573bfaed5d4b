import type { App } from '../context.ts'
import { originOf } from '../links.ts'
import { command, question } from '../restaurant-calls.ts'
import { answer, defineRoute } from '../route.ts'
import { idParams } from '../schemas/common.ts'
import { listSchema } from '../schemas/lists.ts'
import { pageOf, wholeListQuery } from '../schemas/settings-lists.ts'
import {
  billJson,
  billSchema,
  resetDone,
  seated,
  tableCreation,
  tableJson,
  tableReset,
  tableSchema,
} from '../schemas/tables.ts'
import { qrSheetRoute, tableCodeRoutes } from './table-codes.ts'

const TABLES = { tag: 'Tables', path: '/tables', restaurant: 'me' } as const
const ONE = { tag: 'Tables', path: '/tables/{id}', restaurant: 'by-id' } as const

/** Tables, who sits there, and what they owe. */
export function tableRoutes(app: App): void {
  qrSheetRoute(app)
  collectionRoutes(app)
  memberRoutes(app)
  billRoute(app)
  seatingRoutes(app)
  tableCodeRoutes(app)
}

function collectionRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...TABLES,
      method: 'get',
      operationId: 'listTables',
      summary: 'Tables by name',
      permission: 'table:list',
      idempotency: 'none',
      request: { query: wholeListQuery },
      success: { status: 200, description: 'Tables', schema: listSchema(tableSchema) },
      refusals: [],
    },
    async (c) =>
      answer(await question(c, c.var.restaurantId, { type: 'tables' }), (tables) =>
        pageOf(tables, c.req.valid('query'), c.var.now, (table) =>
          tableJson(table, c.var.asker, originOf(c)),
        ),
      ),
  )
  defineRoute(
    app,
    {
      ...TABLES,
      method: 'post',
      operationId: 'createTable',
      summary: 'Add a table',
      permission: 'table:edit',
      idempotency: 'taken',
      request: { body: tableCreation },
      success: { status: 201, description: 'Added, with its code', schema: tableSchema },
      refusals: ['TABLE_NAME_TAKEN'],
    },
    async (c) => {
      const wanted = { type: 'create-table', ...c.req.valid('json') } as const
      return answer(await command(c, c.var.restaurantId, wanted), (table) =>
        tableJson(table, c.var.asker, originOf(c)),
      )
    },
  )
}

function memberRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...ONE,
      method: 'get',
      operationId: 'getTable',
      summary: 'One table, for staff and for those who sit there',
      permission: 'table:read',
      idempotency: 'none',
      request: { params: idParams },
      success: { status: 200, description: 'The table', schema: tableSchema },
      refusals: ['VISIT_ENDED'],
    },
    async (c) => {
      const tableId = c.req.valid('param').id
      return answer(await question(c, tableId, { type: 'table', tableId }), (table) =>
        tableJson(table, c.var.asker, originOf(c)),
      )
    },
  )
  defineRoute(
    app,
    {
      ...ONE,
      method: 'delete',
      operationId: 'deleteTable',
      summary: 'Remove a table; its party has left',
      permission: 'table:edit',
      idempotency: 'taken',
      request: { params: idParams },
      success: { status: 204, description: 'Removed; its name is free again' },
      refusals: ['TABLE_HAS_OPEN_ORDERS'],
    },
    (c) => {
      const tableId = c.req.valid('param').id
      return command(c, tableId, { type: 'delete-table', tableId })
    },
  )
}

function billRoute(app: App): void {
  defineRoute(
    app,
    {
      ...ONE,
      method: 'get',
      path: '/tables/{id}/orders',
      operationId: 'getTableOrders',
      summary: 'Orders of the current visit, and what they come to',
      permission: 'table:read',
      idempotency: 'none',
      request: { params: idParams },
      success: { status: 200, description: 'The bill', schema: billSchema },
      refusals: ['VISIT_ENDED'],
    },
    async (c) => {
      const tableId = c.req.valid('param').id
      return answer(await question(c, tableId, { type: 'table-orders', tableId }), (bill) =>
        billJson(bill, c.var.asker),
      )
    },
  )
}

function seatingRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...ONE,
      method: 'post',
      path: '/tables/{id}/open',
      operationId: 'openTable',
      summary: 'Seat a party',
      description: 'A table that is open stays as it is.',
      permission: 'table:seat',
      idempotency: 'taken',
      request: { params: idParams },
      success: { status: 200, description: 'The visit', schema: seated },
      refusals: [],
    },
    async (c) => {
      const tableId = c.req.valid('param').id
      return answer(await command(c, tableId, { type: 'open-table', tableId }), ({ visitId }) => ({
        table_id: tableId,
        visit_id: visitId,
      }))
    },
  )
  defineRoute(
    app,
    {
      ...ONE,
      method: 'post',
      path: '/tables/{id}/reset',
      operationId: 'resetTable',
      summary: 'The party has left: its visit, tokens and sockets end',
      permission: 'table:seat',
      idempotency: 'taken',
      request: { params: idParams, body: tableReset },
      success: { status: 200, description: 'The table is free', schema: resetDone },
      refusals: ['TABLE_HAS_OPEN_ORDERS', 'CAPTURING'],
    },
    async (c) => {
      const tableId = c.req.valid('param').id
      const wanted = { type: 'reset-table', tableId, ...c.req.valid('json') } as const
      return answer(await command(c, tableId, wanted), ({ closedVisitId, endedOrderIds }) => ({
        closed_visit_id: closedVisitId,
        ended_order_ids: endedOrderIds,
      }))
    },
  )
}
