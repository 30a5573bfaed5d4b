import type { Command } from '../../domain/commands.ts'
import type { App, HttpVariables } from '../context.ts'
import { plainOrder } from '../order-answers.ts'
import { answer, defineRoute } from '../route.ts'
import { idParams } from '../schemas/common.ts'
import { listOf, listSchema } from '../schemas/lists.ts'
import { acceptance, boardQuery, orderSchema, rejection } from '../schemas/orders.ts'

const TAG = { tag: 'Board' } as const

/** What every command of the kitchen shares. */
const HANDLING = {
  ...TAG,
  method: 'post',
  permission: 'order:handle',
  restaurant: 'me',
  idempotency: 'taken',
  success: { status: 200, description: 'The order now', schema: orderSchema },
  refusals: ['NOT_FOUND', 'ORDER_STATE', 'CAPTURING'],
} as const

/** The kitchen's side of orders. */
export function boardRoutes(app: App): void {
  listRoute(app)
  acceptRoute(app)
  rejectRoute(app)
  plainRoute(app, 'ready', 'readyOrder', 'The food stands ready')
  plainRoute(app, 'complete', 'completeOrder', 'The guest has it')
  plainRoute(app, 'acknowledge', 'acknowledgeOrder', 'A tablet has seen it: stop ringing')
}

function listRoute(app: App): void {
  defineRoute(
    app,
    {
      ...TAG,
      method: 'get',
      path: '/restaurants/me/orders',
      operationId: 'listRestaurantOrders',
      summary: 'Board and history, newest first, straight from the restaurant',
      permission: 'board:read',
      restaurant: 'me',
      idempotency: 'none',
      request: { query: boardQuery },
      success: { status: 200, description: 'A page', schema: listSchema(orderSchema) },
      refusals: [],
    },
    async (c) => {
      const { limit, cursor, status, table_id: tableId, day, text } = c.req.valid('query')
      const { deps, asker, restaurantId, now } = c.var
      const outcome = await deps.restaurants(restaurantId).query<'board'>({
        query: {
          type: 'board',
          status: status ?? null,
          tableId: tableId ?? null,
          businessDay: day ?? null,
          text: text ?? null,
          limit,
          beforeId: cursor ?? null,
        },
        asker,
      })
      return answer(outcome, (orders) =>
        listOf(orders, limit, now, (order) => plainOrder(order, asker)),
      )
    },
  )
}

function acceptRoute(app: App): void {
  defineRoute(
    app,
    {
      ...HANDLING,
      path: '/restaurants/me/orders/{id}/accept',
      operationId: 'acceptOrder',
      summary: 'Take an order on; lines that cannot be made are taken out and paid back',
      request: { params: idParams, body: acceptance },
    },
    async (c) => {
      const body = c.req.valid('json')
      return handle(c.var, {
        type: 'accept-order',
        orderId: c.req.valid('param').id,
        estimatedTimeMinutes: body.estimated_time_minutes,
        message: body.message ?? null,
        unavailableLines: body.unavailable_lines.map(({ line_id: lineId, quantity }) => ({
          lineId,
          quantity,
        })),
      })
    },
  )
}

function rejectRoute(app: App): void {
  defineRoute(
    app,
    {
      ...HANDLING,
      path: '/restaurants/me/orders/{id}/reject',
      operationId: 'rejectOrder',
      summary: 'Refuse an order; its money goes back by itself',
      request: { params: idParams, body: rejection },
    },
    async (c) => {
      const { reason, sold_out_item_ids: soldOutItemIds } = c.req.valid('json')
      const { id: orderId } = c.req.valid('param')
      return handle(c.var, { type: 'reject-order', orderId, reason, soldOutItemIds })
    },
  )
}

function plainRoute(
  app: App,
  verb: 'ready' | 'complete' | 'acknowledge',
  operationId: string,
  summary: string,
): void {
  defineRoute(
    app,
    {
      ...HANDLING,
      path: `/restaurants/me/orders/{id}/${verb}`,
      operationId,
      summary,
      request: { params: idParams },
    },
    async (c) =>
      handle(c.var, { type: `${verb}-order` as const, orderId: c.req.valid('param').id }),
  )
}

type Handling =
  'accept-order' | 'reject-order' | 'ready-order' | 'complete-order' | 'acknowledge-order'

/** Another restaurant's order is not in this one's object: it is unknown there. */
async function handle(
  { deps, restaurantId, asker, idempotency, traceId }: HttpVariables,
  command: Command<Handling>,
) {
  const outcome = await deps
    .restaurants(restaurantId)
    .execute<Handling>({ command, asker, idempotency, traceId })
  return answer(outcome, (order) => plainOrder(order, asker))
}
