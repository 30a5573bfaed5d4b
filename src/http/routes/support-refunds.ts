import type { Refusal } from '../../domain/refusal.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { RefundRequest } from '../../domain/support/refund-request.ts'
import { askRefund } from '../../usecases/support/ask-refund.ts'
import { decideRefund } from '../../usecases/support/decide-refund.ts'
import { followRequest, readRefundRequest } from '../../usecases/support/read-refund-request.ts'
import type { App, HttpVariables } from '../context.ts'
import { answer, defineRoute } from '../route.ts'
import { idParams } from '../schemas/common.ts'
import { listOf, listSchema } from '../schemas/lists.ts'
import {
  followedRequest,
  refundAsk,
  refundDecision,
  refundRequestQuery,
  refundRequestSchema,
} from '../schemas/refund-requests.ts'
import { followedJson, refundRequestJson } from '../support-answers.ts'
import { agentOf } from '../support-calls.ts'

const TAG = { tag: 'Support' } as const

/** Refunds that support asks for: the policy or a second person decides, the restaurant carries out. */
export function supportRefundRoutes(app: App): void {
  askRoute(app)
  readRoutes(app)
  decisionRoute(app, {
    path: '/support/refunds/{id}/approve',
    operationId: 'approveRefund',
    summary: 'Approve a refund that somebody else has asked for',
    state: 'APPROVED',
  })
  decisionRoute(app, {
    path: '/support/refunds/{id}/refuse',
    operationId: 'refuseRefund',
    summary: 'Refuse a refund that somebody else has asked for',
    state: 'REFUSED',
  })
}

type Following = { readonly var: Readonly<Pick<HttpVariables, 'deps' | 'locale'>> }

/** A request as it stands, with its refunds. */
async function followed(
  { var: { deps, locale } }: Following,
  outcome: Result<RefundRequest, Refusal> & { replayed?: boolean },
) {
  if (!outcome.ok) return outcome
  const now = await followRequest(deps, outcome.value)
  return { ...ok(followedJson(now, locale)), replayed: outcome.replayed }
}

function askRoute(app: App): void {
  defineRoute(
    app,
    {
      ...TAG,
      method: 'post',
      path: '/support/orders/{id}/refunds',
      operationId: 'refundOrderForCustomer',
      summary: "Ask for a refund of a customer's or guest's order, whatever restaurant it is of",
      description:
        'The policy refuses it, has it wait for a second person, or approves it; then the restaurant ' +
        'enters it at once. All of it, before the kitchen has accepted, cancels the order. The guest ' +
        'and the restaurant read the reason; the note of a decision stays with support.',
      permission: 'support:refund',
      idempotency: 'required',
      request: { params: idParams, body: refundAsk },
      success: { status: 201, description: 'The request as it stands', schema: followedRequest },
      refusals: ['NOT_FOUND', 'REFUND_TOO_LARGE', 'ORDER_STATE', 'REFUND_REQUEST_OPEN'],
    },
    async (c) => {
      const { id: orderId } = c.req.valid('param')
      const { amount = null, lines, reason } = c.req.valid('json')
      const { deps, idempotency } = c.var
      if (idempotency === null) throw new Error('the route requires a key')
      const asked = await askRefund(deps, agentOf(c.var), {
        orderId,
        amount,
        lines: lines?.map(({ line_id: lineId, quantity }) => ({ lineId, quantity })) ?? null,
        reason,
        idempotency,
      })
      return followed(c, asked)
    },
  )
}

function readRoutes(app: App): void {
  const reading = {
    ...TAG,
    method: 'get',
    permission: 'support:read',
    idempotency: 'none',
  } as const
  defineRoute(
    app,
    {
      ...reading,
      path: '/support/refunds',
      operationId: 'listRefundRequests',
      summary: 'Refunds that support asked for, newest first',
      description: '`state=REQUESTED`: those that wait for a second person.',
      request: { query: refundRequestQuery },
      success: { status: 200, description: 'A page', schema: listSchema(refundRequestSchema) },
      refusals: [],
    },
    async (c) => {
      const { limit, cursor, state = null, ...named } = c.req.valid('query')
      const filter = { state, orderId: named.order_id ?? null, userId: named.customer_id ?? null }
      const { deps, now } = c.var
      const found = await deps.refundRequests.page(filter, { limit, beforeId: cursor ?? null })
      return ok(listOf(found, limit, now, refundRequestJson))
    },
  )
  defineRoute(
    app,
    {
      ...reading,
      path: '/support/refunds/{id}',
      operationId: 'getRefundRequest',
      summary: 'How a refund that support asked for stands, down to the money',
      request: { params: idParams },
      success: { status: 200, description: 'The request', schema: followedRequest },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const { deps, locale } = c.var
      const found = await readRefundRequest(deps, c.req.valid('param').id)
      return answer(found, (request) => followedJson(request, locale))
    },
  )
}

interface Decision {
  path: string
  operationId: string
  summary: string
  state: 'APPROVED' | 'REFUSED'
}

function decisionRoute(app: App, { state, ...named }: Decision): void {
  defineRoute(
    app,
    {
      ...TAG,
      ...named,
      method: 'post',
      description:
        'Neither who asked nor whose order it is may decide (403 SAME_PERSON). Said again by the same ' +
        'person it is answered as it stands, without any key; one decision stands.',
      permission: 'support:decide-refund',
      idempotency: 'none',
      request: { params: idParams, body: refundDecision },
      success: { status: 200, description: 'The request as it stands', schema: followedRequest },
      refusals: ['NOT_FOUND', 'SAME_PERSON', 'REFUND_REQUEST_STATE'],
    },
    async (c) => {
      const { id } = c.req.valid('param')
      const { note = null } = c.req.valid('json')
      const { deps } = c.var
      return followed(c, await decideRefund(deps, agentOf(c.var), { id, state, note }))
    },
  )
}
