import type { Actor } from '../../domain/actor.ts'
import { askerAt } from '../../domain/identity/asker.ts'
import type { Locale } from '../../domain/locale.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse } from '../../domain/result.ts'
import { changeOrder } from '../../usecases/admin/change-order.ts'
import { searchOrders } from '../../usecases/admin/search-orders.ts'
import { readOrder } from '../../usecases/support/read-order.ts'
import { actingIn } from '../acting.ts'
import type { App } from '../context.ts'
import { IDEMPOTENCY_HEADER } from '../middleware/idempotency.ts'
import { answer, defineRoute } from '../route.ts'
import { agentOf } from '../support-calls.ts'
import {
  actionOf,
  adminOrder,
  adminOrderJson,
  adminOrderQuery,
  listedOrder,
  listedOrderJson,
  namedRestaurant,
  orderChange,
  orderFilterOf,
  restaurantQuery,
} from '../schemas/admin-orders.ts'
import { idParams } from '../schemas/common.ts'
import { listOf, listSchema } from '../schemas/lists.ts'

const TAG = { tag: 'Administration' } as const
const KEY_NEEDED: Refusal = {
  kind: 'INVALID',
  errors: [{ field: IDEMPOTENCY_HEADER, reason: 'required' }],
}

/**
 * By the role on the platform, also where somebody works at the restaurant. These routes let D1 say
 * whether the log-in is open: what they read of an object, they read as the system.
 */
const readingOf = ({ actor, locale }: { actor: Actor; locale: Locale }, orderId: string) => ({
  asker: askerAt({ ...actor, memberships: [] }, orderId),
  locale,
})

/** Orders of all restaurants, for those who look after the platform. */
export function adminOrderRoutes(app: App): void {
  listRoute(app)
  getRoute(app)
  changeRoute(app)
  restaurantsRoute(app)
}

function restaurantsRoute(app: App): void {
  defineRoute(
    app,
    {
      ...TAG,
      method: 'get',
      path: '/admin/restaurants',
      operationId: 'listAllRestaurants',
      summary: 'Restaurants by name, for where an order was placed',
      description: 'From a copy that may lag by seconds.',
      permission: 'order:read-any',
      idempotency: 'none',
      request: { query: restaurantQuery },
      success: { status: 200, description: 'A page', schema: listSchema(namedRestaurant) },
      refusals: [],
    },
    async (c) => {
      const { limit, cursor, q = null } = c.req.valid('query')
      const { deps, now } = c.var
      const found = await deps.orderSearch.restaurants(q, { limit, beforeId: cursor ?? null })
      return ok(listOf(found, limit, now, ({ id, name }) => ({ id, name })))
    },
  )
}

function listRoute(app: App): void {
  defineRoute(
    app,
    {
      ...TAG,
      method: 'get',
      path: '/admin/orders',
      operationId: 'listAllOrders',
      summary: 'Orders of all restaurants, newest first',
      description:
        'From a copy that may lag by `as_of`; one order is read from its restaurant itself.',
      permission: 'order:read-any',
      idempotency: 'none',
      request: { query: adminOrderQuery },
      success: { status: 200, description: 'A page', schema: listSchema(listedOrder) },
      refusals: [],
    },
    async (c) => {
      const { limit, cursor, ...sent } = c.req.valid('query')
      const page = { limit, beforeId: cursor ?? null }
      const found = await searchOrders(c.var.deps, agentOf(c.var), orderFilterOf(sent), page)
      return answer(found, ({ orders, asOf }) =>
        listOf(
          orders.map((entry) => ({ ...entry, id: entry.order.id })),
          limit,
          asOf,
          listedOrderJson,
        ),
      )
    },
  )
}

function getRoute(app: App): void {
  defineRoute(
    app,
    {
      ...TAG,
      method: 'get',
      path: '/admin/orders/{id}',
      operationId: 'getAnyOrder',
      summary:
        'One order as its restaurant has it, with its payments, refunds and what happened to it',
      permission: 'order:read-any',
      idempotency: 'none',
      request: { params: idParams },
      success: { status: 200, description: 'As of now', schema: adminOrder },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const { id } = c.req.valid('param')
      const shown = await readOrder(c.var.deps, agentOf(c.var), { orderId: id })
      const reading = readingOf(c.var, id)
      return answer(shown, (order) => adminOrderJson(order, reading))
    },
  )
}

function changeRoute(app: App): void {
  defineRoute(
    app,
    {
      ...TAG,
      method: 'put',
      path: '/admin/orders/{id}',
      operationId: 'changeAnyOrder',
      summary: 'Move an order along its life in the place of its restaurant, or pay money back',
      description:
        'By the same rules as on the board, never around them: `status` stands for the action that leads ' +
        'there, and a status that none leads to is 409 `ORDER_STATE`. `cancel` also ends what the kitchen ' +
        'has begun; its money goes back by itself. That it was asked for is in the audit trail before ' +
        'anything changes. `refund` needs an `Idempotency-Key`.',
      permission: 'order:manage-any',
      idempotency: 'taken',
      request: { params: idParams, body: orderChange },
      success: { status: 200, description: 'The order now', schema: adminOrder },
      refusals: [
        'SAME_PERSON',
        'NOT_FOUND',
        'ORDER_STATE',
        'CAPTURING',
        'REFUND_TOO_LARGE',
        'IDEMPOTENCY_KEY_REUSED',
      ],
    },
    async (c) => {
      const { deps, idempotency } = c.var
      const { id: orderId } = c.req.valid('param')
      const body = c.req.valid('json')
      // What is paid back twice is gone; everything else is idempotent by the order's state.
      if (body.action === 'refund' && idempotency === null) return refuse(KEY_NEEDED)
      const portions = (lines: typeof body.lines) =>
        (lines ?? []).map(({ line_id: lineId, quantity }) => ({ lineId, quantity }))
      const change = {
        orderId,
        action: actionOf(body),
        reason: body.reason,
        estimatedTimeMinutes: body.estimated_time_minutes ?? 0,
        message: body.message ?? null,
        unavailableLines: portions(body.unavailable_lines),
        soldOutItemIds: body.sold_out_item_ids ?? [],
        amount: body.amount ?? null,
        lines: body.lines ? portions(body.lines) : null,
      }
      const reading = readingOf(c.var, orderId)
      const { asker } = reading
      const wish = { change, status: body.status ?? null, asker, by: actingIn(c.var), idempotency }
      return answer(await changeOrder(deps, wish), (order) => adminOrderJson(order, reading))
    },
  )
}
