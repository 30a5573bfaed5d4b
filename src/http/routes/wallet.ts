import type { z } from '@hono/zod-openapi'
import type { Actor } from '../../domain/actor.ts'
import type { ChargeState } from '../../domain/wallet/charge.ts'
import { POINTS_CURRENCY, type WalletEntry } from '../../domain/wallet/ledger.ts'
import type { PointsRefund } from '../../domain/wallet/points-refund.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { chargePoints } from '../../usecases/wallet/charge-points.ts'
import { recordPointsRefund } from '../../usecases/wallet/record-points-refund.ts'
import { refundPoints } from '../../usecases/wallet/refund-points.ts'
import { actingIn } from '../acting.ts'
import type { App, HttpVariables } from '../context.ts'
import { chargeReturnUrls } from '../links.ts'
import { publicStatusOf } from '../../domain/payment/public-status.ts'
import { answer, defineRoute } from '../route.ts'
import { idParams, isoTime } from '../schemas/common.ts'
import { listOf, listSchema, pageQuery } from '../schemas/lists.ts'
import {
  balanceSchema,
  chargeParams,
  chargeRequest,
  chargeSchema,
  entrySchema,
  pointsRefundProof,
  pointsRefundQuery,
  pointsRefundRequest,
  pointsRefundSchema,
} from '../schemas/wallet.ts'

const TAG = { tag: 'Wallet' } as const

/** Points: what an account holds, buying them, and turning them back into money. */
export function walletRoutes(app: App): void {
  readRoutes(app)
  chargeRoutes(app)
  refundRoutes(app)
  dueRoutes(app)
}

function readRoutes(app: App): void {
  const shared = {
    ...TAG,
    method: 'get',
    permission: 'wallet:read-own',
    idempotency: 'none',
    refusals: ['POINTS_NEED_ACCOUNT'],
  } as const
  defineRoute(
    app,
    {
      ...shared,
      path: '/wallet/balance',
      operationId: 'getWalletBalance',
      summary: 'How many points do I have?',
      success: { status: 200, description: 'The balance', schema: balanceSchema },
    },
    async (c) => {
      const own = ownerOf(c.var.actor)
      if (!own.ok) return own
      const balance = await c.var.deps.wallets.balanceOf(own.value)
      return ok({ balance, currency: POINTS_CURRENCY })
    },
  )
  defineRoute(
    app,
    {
      ...shared,
      path: '/wallet/transactions',
      operationId: 'listWalletTransactions',
      summary: 'Every movement of my points, newest first',
      request: { query: pageQuery },
      success: { status: 200, description: 'A page', schema: listSchema(entrySchema) },
    },
    async (c) => {
      const own = ownerOf(c.var.actor)
      if (!own.ok) return own
      const { limit, cursor } = c.req.valid('query')
      const page = { limit, beforeId: cursor ?? null }
      const entries = await c.var.deps.wallets.page(own.value, page)
      return ok(listOf(entries, limit, c.var.now, entryJson))
    },
  )
}

function chargeRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...TAG,
      method: 'post',
      path: '/users/{user_id}/points/charge',
      operationId: 'chargePoints',
      summary: 'Buy points, or enter points for cash that was taken',
      description:
        'My own by card: the points are there once the payment is captured, however that becomes known. ' +
        "Somebody else's by staff who took cash.",
      permission: 'points:charge',
      idempotency: 'required',
      request: { params: chargeParams, body: chargeRequest },
      success: { status: 201, description: 'The charge', schema: chargeSchema },
      refusals: ['NOT_FOUND', 'POINTS_NEED_ACCOUNT', 'PAYMENT_REFUSED', 'PAYMENT_PROVIDER_FAILED'],
    },
    async (c) => {
      const { user_id: userId } = c.req.valid('param')
      const { amount, payment_method: method = null } = c.req.valid('json')
      const { deps, actor, restaurantHeader: restaurantId } = c.var
      const charged = await chargePoints(deps, {
        userId,
        actor,
        traceId: c.var.traceId,
        amount,
        method,
        restaurantId,
        idempotency: keyOf(c.var),
        returnUrls: chargeReturnUrls(c),
      })
      const own = charged.ok && charged.value.userId === actor.userId
      const balance = own ? await deps.wallets.balanceOf(userId) : null
      return answer(charged, (charge) => chargeJson(charge, balance))
    },
  )
  defineRoute(
    app,
    {
      ...TAG,
      method: 'get',
      path: '/wallet/charges/{id}',
      operationId: 'getPointsCharge',
      summary: 'How a charge of mine stands',
      permission: 'wallet:read-own',
      idempotency: 'none',
      request: { params: idParams },
      success: { status: 200, description: 'The charge', schema: chargeSchema },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const { deps, actor } = c.var
      const found = await deps.charges.byId(c.req.valid('param').id)
      if (found === null || found.state.userId !== actor.userId)
        return refuse({ kind: 'NOT_FOUND', what: 'charge' })
      return ok(chargeJson(found.state, await deps.wallets.balanceOf(found.state.userId)))
    },
  )
}

function refundRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...TAG,
      method: 'post',
      path: '/wallet/refunds',
      operationId: 'refundPoints',
      summary: 'Turn points back into the money that bought them',
      description:
        'By the payments that brought them, newest first; never more than was bought and is still ' +
        'there. What was paid in cash is paid back by people (DUE).',
      permission: 'points:refund-own',
      idempotency: 'required',
      request: { body: pointsRefundRequest },
      success: { status: 201, description: 'The refund', schema: pointsRefundSchema },
      refusals: ['POINTS_NEED_ACCOUNT', 'INSUFFICIENT_POINTS', 'REFUND_TOO_LARGE'],
    },
    async (c) => {
      const own = ownerOf(c.var.actor)
      if (!own.ok) return own
      const wish = { ...c.req.valid('json'), userId: own.value, idempotency: keyOf(c.var) }
      return answer(await refundPoints(c.var.deps, wish), refundJson)
    },
  )
  defineRoute(
    app,
    {
      ...TAG,
      method: 'get',
      path: '/wallet/refunds',
      operationId: 'listOwnPointsRefunds',
      summary: 'My points that are or were turned back into money, newest first',
      permission: 'wallet:read-own',
      idempotency: 'none',
      request: { query: pointsRefundQuery },
      success: { status: 200, description: 'A page', schema: listSchema(pointsRefundSchema) },
      refusals: ['POINTS_NEED_ACCOUNT'],
    },
    async (c) => {
      const own = ownerOf(c.var.actor)
      return own.ok ? refundPage(c, own.value) : own
    },
  )
}

/** What people owe where no machine can pay back. */
function dueRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...TAG,
      method: 'get',
      path: '/admin/wallet/refunds',
      operationId: 'listPointsRefunds',
      summary: "Everybody's points that are or were turned back into money, newest first",
      permission: 'points:refund-due',
      idempotency: 'none',
      request: { query: pointsRefundQuery },
      success: { status: 200, description: 'A page', schema: listSchema(pointsRefundSchema) },
      refusals: [],
    },
    (c) => refundPage(c, null),
  )
  defineRoute(
    app,
    {
      ...TAG,
      method: 'post',
      path: '/admin/wallet/refunds/{id}/record',
      operationId: 'recordPointsRefund',
      summary: 'Say how people paid back what no machine could',
      description:
        'The same words of the same person again are answered as the first time, without any key; ' +
        'other words about what is recorded already are refused.',
      permission: 'points:refund-due',
      idempotency: 'none',
      request: { params: idParams, body: pointsRefundProof },
      success: { status: 200, description: 'The refund', schema: pointsRefundSchema },
      refusals: ['NOT_FOUND', 'REFUND_STATE'],
    },
    async (c) => {
      const { id } = c.req.valid('param')
      const proof = c.req.valid('json')
      return answer(await recordPointsRefund(c.var.deps, id, proof, actingIn(c.var)), refundJson)
    },
  )
}

async function refundPage(
  c: {
    req: { valid(target: 'query'): z.output<typeof pointsRefundQuery> }
    var: Pick<HttpVariables, 'deps' | 'now'>
  },
  userId: string | null,
) {
  const { limit, cursor, status = null } = c.req.valid('query')
  const page = { userId, status, limit, beforeId: cursor ?? null }
  const refunds = await c.var.deps.pointsRefunds.page(page)
  return ok(listOf(refunds, limit, c.var.now, refundJson))
}

const ownerOf = ({ userId }: Actor): Result<string, Refusal> =>
  userId === null ? refuse({ kind: 'POINTS_NEED_ACCOUNT' }) : ok(userId)

function keyOf({ idempotency }: Pick<HttpVariables, 'idempotency'>) {
  if (idempotency === null) throw new Error('the route requires a key')
  return idempotency
}

/** A movement of points as clients see it. */
export const entryJson = (entry: WalletEntry): z.input<typeof entrySchema> => {
  if (entry.type === 'VOID') throw new Error(`entry ${entry.id} is nobody's`)
  return {
    id: entry.id,
    type: entry.type,
    cause: entry.cause,
    amount: entry.amount,
    balance_after: entry.balanceAfter,
    order_id: entry.orderId,
    created_at: isoTime(entry.createdAt),
  }
}

const chargeJson = (charge: ChargeState, balance: number | null): z.input<typeof chargeSchema> => ({
  charge_id: charge.id,
  user_id: charge.userId,
  amount: charge.amount,
  currency: POINTS_CURRENCY,
  payment_method: charge.method,
  status: publicStatusOf(charge.payment.status),
  payment_key: charge.payment.providerKey,
  payment_url: charge.payment.status === 'READY' ? charge.payment.checkoutUrl : null,
  failure: charge.payment.failure,
  balance,
  expires_at: isoTime(charge.payment.expiresAt),
  created_at: isoTime(charge.createdAt),
})

const refundJson = (refund: PointsRefund): z.input<typeof pointsRefundSchema> => ({
  id: refund.id,
  user_id: refund.userId,
  amount: refund.amount,
  reason: refund.reason,
  status: refund.status,
  parts: refund.parts.map((part) => ({
    charge_id: part.paymentId,
    amount: part.amount,
    status: part.status,
    done_at: isoTime(part.doneAt),
  })),
  requested_at: isoTime(refund.requestedAt),
})
