import { z } from '@hono/zod-openapi'
import type { Actor, Asker } from '../../domain/actor.ts'
import { askerAt } from '../../domain/identity/asker.ts'
import type { Command, CommandOutcome, PlacedOrder } from '../../domain/commands.ts'
import type { PaymentMethod } from '../../domain/restaurant/settings.ts'
import { placeWithCodes } from '../../usecases/coupons/place-with-codes.ts'
import { listOwnOrders } from '../../usecases/orders/list-own-orders.ts'
import { placeFromCart } from '../../usecases/orders/place-from-cart.ts'
import { placeOrder } from '../../usecases/orders/place-order.ts'
import type { App, HttpVariables } from '../context.ts'
import { codeAskerOf } from '../coupon-calls.ts'
import { BOOKMARK_HEADER } from '../middleware/context-headers.ts'
import { orderSocketUrl, payUrl, type Asked } from '../links.ts'
import { requestedLines } from '../order-lines.ts'
import { depositToMake, paymentStatusJson, plainOrder, viewedOrder } from '../order-answers.ts'
import { refundJson } from '../refund-answers.ts'
import { answer, defineRoute } from '../route.ts'
import { idParams, idSchema } from '../schemas/common.ts'
import { codesOf } from '../schemas/coupon-codes.ts'
import { listOf, listSchema, pageQuery } from '../schemas/lists.ts'
import { newOrder, orderSchema, placedOrder, tableOrder } from '../schemas/orders.ts'
import { refundSchema } from '../schemas/refunds.ts'
import { paymentStatus } from '../schemas/payments.ts'

const TAG = { tag: 'Orders' } as const

const PLACING_REFUSALS = [
  'NOT_FOUND',
  'VISIT_ENDED',
  'RESTAURANT_CLOSED',
  'TABLE_ORDERING_DISABLED',
  'SCAN_REQUIRED',
  'PAYMENT_METHOD_NOT_ACCEPTED',
  'PRICE_CHANGED',
  'OUT_OF_STOCK',
  'TOO_MANY_UNPAID_ORDERS',
  'POINTS_NEED_ACCOUNT',
  'INSUFFICIENT_POINTS',
  'COUPON_EXHAUSTED',
  'COUPON_ALREADY_CLAIMED',
  'COUPON_NOT_APPLICABLE',
  'ORDER_STATE',
  'CART_EMPTY',
  'CART_RESTAURANT_MISMATCH',
  'CART_CHECKOUT_IN_PROGRESS',
] as const

/** What guests do with orders; the kitchen's side is board.ts. */
export function orderRoutes(app: App): void {
  placeRoute(app)
  placeAtTableRoute(app)
  listRoute(app)
  readRoutes(app)
  cancelRoute(app)
}

function placeRoute(app: App): void {
  defineRoute(
    app,
    {
      ...TAG,
      method: 'post',
      path: '/orders',
      operationId: 'placeOrder',
      summary: 'Place an order',
      description:
        'The restaurant follows from the ids. Without `items` it is an order of what is in the ' +
        "caller's cart, which is taken out of it. A guest who scanned a table and names none " +
        'orders to that table; anyone else without a table orders take-away.',
      permission: 'order:place',
      restaurant: 'in-body',
      idempotency: 'required',
      request: { body: newOrder },
      success: { status: 201, description: 'Placed', schema: placedOrder },
      refusals: PLACING_REFUSALS,
    },
    async (c) => {
      const body = c.req.valid('json')
      const asked = askedOf(c)
      const { actor, deps } = asked.var
      const at = body.restaurant_id ?? body.table_id ?? body.items?.[0]?.menu_id ?? null
      const wanted = { at, restaurantId: body.restaurant_id ?? null, table: tableOf(body) }
      const outcome = await placeWithCodes(deps, codeAskerOf(asked), codesOf(body), (codes) =>
        place(asked, wanted, body, codes),
      )
      return answer(outcome, (placed) => placedJson(asked, placed, askerAt(actor, placed.order.id)))
    },
  )
}

function placeAtTableRoute(app: App): void {
  defineRoute(
    app,
    {
      ...TAG,
      method: 'post',
      path: '/tables/{table_id}/orders',
      operationId: 'placeOrderAtTable',
      summary: 'Place an order from a table',
      permission: 'order:place',
      restaurant: 'by-id',
      idempotency: 'required',
      request: { params: z.object({ table_id: idSchema }), body: tableOrder },
      success: { status: 201, description: 'Placed', schema: placedOrder },
      refusals: PLACING_REFUSALS,
    },
    async (c) => {
      const { table_id: id } = c.req.valid('param')
      const asked = askedOf(c)
      const { asker, deps } = asked.var
      const body = c.req.valid('json')
      const wanted = { at: id, restaurantId: null, table: { id }, asker }
      const outcome = await placeWithCodes(deps, codeAskerOf(asked), codesOf(body), (codes) =>
        place(asked, wanted, body, codes),
      )
      return answer(outcome, (placed) => placedJson(asked, placed, asker))
    },
  )
}

function listRoute(app: App): void {
  defineRoute(
    app,
    {
      ...TAG,
      method: 'get',
      path: '/orders',
      operationId: 'listOwnOrders',
      summary: 'What I ordered, newest first',
      description:
        'From a copy that may lag by `as_of`. Send `X-Read-Bookmark` of the last answer to see nothing ' +
        'older than that.',
      permission: 'order:read',
      // A table's guest is answered by the table's restaurant, which also knows who has left.
      restaurant: 'in-body',
      idempotency: 'none',
      request: { query: pageQuery },
      success: { status: 200, description: 'A page', schema: listSchema(orderSchema) },
      refusals: ['VISIT_ENDED'],
    },
    async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const { actor, deps, readBookmark } = c.var
      const page = { limit, beforeId: cursor ?? null, bookmark: readBookmark }
      const outcome = await listOwnOrders(deps, actor, page)
      if (outcome.ok && outcome.value.bookmark !== null)
        c.header(BOOKMARK_HEADER, outcome.value.bookmark)
      return answer(outcome, ({ orders, asOf }) =>
        listOf(orders, limit, asOf, (order) => plainOrder(order, askerAt(actor, order.id))),
      )
    },
  )
}

/** Reading one order: all from the same view, by the same permission. */
function readRoutes(app: App): void {
  const shared = {
    ...TAG,
    method: 'get',
    permission: 'order:read',
    restaurant: 'by-id',
    idempotency: 'none',
    request: { params: idParams },
    refusals: ['NOT_FOUND', 'VISIT_ENDED'],
  } as const
  defineRoute(
    app,
    {
      ...shared,
      path: '/orders/{id}',
      operationId: 'getOrder',
      summary: 'One order as it is now',
      success: { status: 200, description: 'The order', schema: orderSchema },
    },
    async (c) => answer(await viewOf(c), (view) => viewedOrder(view, c.var.asker)),
  )
  defineRoute(
    app,
    {
      ...shared,
      path: '/orders/{id}/payment-status',
      operationId: 'getPaymentStatus',
      summary: "Where an order's money stands",
      success: { status: 200, description: 'The money', schema: paymentStatus },
    },
    async (c) => answer(await viewOf(c), paymentStatusJson),
  )
  defineRoute(
    app,
    {
      ...shared,
      path: '/orders/{id}/refunds',
      operationId: 'listRefunds',
      summary: 'What of an order is or will be paid back',
      success: {
        status: 200,
        description: 'Refunds, oldest first',
        schema: listSchema(refundSchema),
      },
    },
    async (c) =>
      answer(await viewOf(c), ({ refunds }) => ({
        items: refunds.map((refund) => refundJson(refund, c.var)),
        next_cursor: null,
        as_of: new Date(c.var.now).toISOString(),
      })),
  )
}

function cancelRoute(app: App): void {
  defineRoute(
    app,
    {
      ...TAG,
      method: 'post',
      path: '/orders/{id}/cancel',
      operationId: 'cancelOrder',
      summary: 'Take an order back before the kitchen accepts it: stock and money return',
      permission: 'order:cancel',
      restaurant: 'by-id',
      idempotency: 'taken',
      request: { params: idParams },
      success: { status: 200, description: 'Cancelled', schema: orderSchema },
      refusals: ['NOT_FOUND', 'ORDER_STATE', 'CAPTURING', 'VISIT_ENDED'],
    },
    async (c) => {
      const { id: orderId } = c.req.valid('param')
      const { deps, asker, idempotency, traceId } = c.var
      const outcome = await deps.restaurants(orderId).execute<'cancel-order'>({
        command: { type: 'cancel-order', orderId, reason: 'CANCELLED_BY_GUEST' },
        asker,
        idempotency,
        traceId,
      })
      return answer(outcome, (order) => plainOrder(order, asker))
    },
  )
}

const viewOf = (c: {
  req: { valid(target: 'param'): { id: string } }
  var: Pick<HttpVariables, 'deps' | 'asker'>
}) => {
  const { id: orderId } = c.req.valid('param')
  const query = { type: 'order', orderId } as const
  return c.var.deps.restaurants(orderId).query<'order'>({ query, asker: c.var.asker })
}

/** The framework makes `var` anew whenever it is looked at. */
const askedOf = <E, R, V>({ env, req, var: vars }: { env: E; req: R; var: V }) => ({
  env,
  req,
  var: vars,
})

const tableOf = ({ table_id: id, table_number: name }: z.output<typeof newOrder>) =>
  id != null ? { id } : name != null ? { name } : null

type PlacingBody = z.output<typeof tableOrder>

interface Wanted {
  /** An id that carries the key of the restaurant; null = only the cart tells. */
  at: string | null
  restaurantId: string | null
  table: Command<'place-order'>['table']
  /** As the route's restaurant sees the caller, where the path names one. */
  asker?: Asker
}

/** Places the lines of the body, one call to the restaurant, or else what is in the caller's cart. */
function place(
  c: { var: Pick<HttpVariables, 'deps' | 'idempotency' | 'traceId'> & { actor: Actor } },
  { at, restaurantId, table, asker }: Wanted,
  body: PlacingBody,
  couponCodes: readonly string[],
): Promise<CommandOutcome<'place-order'>> {
  const { actor, deps, idempotency, traceId } = c.var
  const command = { type: 'place-order', table, ...termsOf(body, couponCodes) } as const
  if (body.items != null && at !== null)
    return placeOrder(deps, at, {
      command: { ...command, lines: requestedLines(body.items) },
      asker: asker ?? askerAt(actor, at),
      idempotency,
      traceId,
    })
  if (idempotency === null) throw new Error('the route asks for a key')
  const cartId = body.cart_id ?? null
  return placeFromCart(deps, { actor, cartId, at, restaurantId, command, idempotency, traceId })
}

/** An order but for what is ordered, and where to. */
const termsOf = (body: PlacingBody, couponCodes: readonly string[]) => ({
  paymentMethod: body.payment_method,
  ...(body.points_amount != null && { pointsAmount: body.points_amount }),
  ...(couponCodes.length > 0 && { couponCodes }),
  payerName: body.payer_name ?? null,
  expectedTotal: body.expected_total ?? null,
  specialRequests: body.special_requests ?? null,
})

/** By a provider's page, which ours leads to. */
const PAID_ONLINE: readonly PaymentMethod[] = ['CARD', 'VIRTUAL_ACCOUNT', 'STRIPE']

const placedJson = (c: Asked, { order, points, deposit }: PlacedOrder, asker: Asker) => {
  const online = PAID_ONLINE.includes(order.paymentMethod) && order.paymentStatus === 'UNPAID'
  const selfPaid = online || deposit !== undefined
  return {
    ...plainOrder(order, asker),
    points_amount: points?.amount ?? 0,
    amount_due: order.totalAmount - order.capturedAmount,
    payment_required: selfPaid && order.paymentPolicy === 'PREPAID',
    payment_url: selfPaid ? payUrl(c, order.id) : null,
    ...depositToMake(deposit),
    websocket_url: orderSocketUrl(c, order.id),
  }
}
