import type { PaymentState } from '../../domain/payment/payment.ts'
import { refuse } from '../../domain/result.ts'
import type { App } from '../context.ts'
import { plainOrder } from '../order-answers.ts'
import { command, question } from '../restaurant-calls.ts'
import { answer, defineRoute } from '../route.ts'
import { idParams } from '../schemas/common.ts'
import {
  assignment,
  depositJson,
  depositQuery,
  depositReturn,
  depositSchema,
  receipt,
} from '../schemas/deposits.ts'
import { listOf, listSchema } from '../schemas/lists.ts'
import { orderSchema } from '../schemas/orders.ts'

const HANDLING = {
  tag: 'Deposits',
  method: 'post',
  permission: 'deposit:handle',
  restaurant: 'me',
  idempotency: 'taken',
} as const

const DEPOSIT_NOW = { status: 200, description: 'The deposit now', schema: depositSchema } as const

/** What staff do with money that came in on the restaurant's account. */
export function depositRoutes(app: App): void {
  listRoute(app)
  assignRoute(app)
  returnRoute(app)
  receivedRoute(app)
}

function listRoute(app: App): void {
  defineRoute(
    app,
    {
      ...HANDLING,
      method: 'get',
      path: '/restaurants/me/deposits',
      operationId: 'listDeposits',
      summary: 'What came in on the account as its feed told, newest first',
      idempotency: 'none',
      request: { query: depositQuery },
      success: { status: 200, description: 'A page', schema: listSchema(depositSchema) },
      refusals: [],
    },
    async (c) => {
      const { limit, cursor, status } = c.req.valid('query')
      const { restaurantId, now } = c.var
      const page = { status: status ?? null, limit, beforeId: cursor ?? null }
      const found = await question(c, restaurantId, { type: 'deposits', ...page })
      return answer(found, (deposits) => listOf(deposits, limit, now, depositJson))
    },
  )
}

function assignRoute(app: App): void {
  defineRoute(
    app,
    {
      ...HANDLING,
      path: '/restaurants/me/deposits/{id}/assign',
      operationId: 'assignDeposit',
      summary: 'Say which order a deposit is for',
      description:
        'It pays the order, or a part of it; more than is due is refused. Where the order was paid by ' +
        'this very transfer already, nothing is paid twice.',
      request: { params: idParams, body: assignment },
      success: DEPOSIT_NOW,
      refusals: ['NOT_FOUND', 'DEPOSIT_STATE', 'ORDER_STATE', 'CAPTURING', 'AMOUNT_MISMATCH'],
    },
    async (c) => {
      const { id: depositId } = c.req.valid('param')
      const { order_id: orderId } = c.req.valid('json')
      const wanted = { type: 'assign-deposit', depositId, orderId } as const
      return answer(await command(c, c.var.restaurantId, wanted), depositJson)
    },
  )
}

function returnRoute(app: App): void {
  defineRoute(
    app,
    {
      ...HANDLING,
      path: '/restaurants/me/deposits/{id}/return',
      operationId: 'returnDeposit',
      summary: 'Record how a deposit that was for no order was paid back',
      request: { params: idParams, body: depositReturn },
      success: DEPOSIT_NOW,
      refusals: ['NOT_FOUND', 'DEPOSIT_STATE'],
    },
    async (c) => {
      const { id: depositId } = c.req.valid('param')
      const wanted = { type: 'return-deposit', depositId, ...c.req.valid('json') } as const
      return answer(await command(c, c.var.restaurantId, wanted), depositJson)
    },
  )
}

function receivedRoute(app: App): void {
  defineRoute(
    app,
    {
      ...HANDLING,
      path: '/restaurants/me/orders/{id}/deposit-received',
      operationId: 'receiveDeposit',
      summary: "Staff see an order's deposit on the account",
      description:
        'For when nobody watches the account, or whoever does is silent. Once is as good as twice. ' +
        'For an order that has ended the money is due back.',
      request: { params: idParams, body: receipt },
      success: { status: 200, description: 'The order now', schema: orderSchema },
      refusals: ['NOT_FOUND', 'AMOUNT_MISMATCH'],
    },
    async (c) => {
      const { id: orderId } = c.req.valid('param')
      const { amount } = c.req.valid('json')
      const { restaurantId, asker } = c.var
      const view = await question(c, restaurantId, { type: 'order', orderId })
      if (!view.ok) return view
      const payment = depositOf(view.value.payments)
      if (payment === undefined) return refuse({ kind: 'NOT_FOUND', what: 'deposit' })
      const wanted = { type: 'report-deposit', paymentId: payment.id, amount } as const
      const told = await command(c, restaurantId, wanted)
      return answer(told, ({ order }) => plainOrder(order, asker))
    },
  )
}

/** The one that waits; else the newest. */
function depositOf(payments: readonly PaymentState[]): PaymentState | undefined {
  const deposits = payments.filter(({ provider }) => provider === 'deposit')
  return deposits.find(({ status }) => status === 'AWAITING') ?? deposits.at(-1)
}
