import { sealRefundAccount } from '../../usecases/payments/refund-account.ts'
import type { App, HttpVariables } from '../context.ts'
import { enteredJson, refundJson } from '../refund-answers.ts'
import { command } from '../restaurant-calls.ts'
import { answer, defineRoute } from '../route.ts'
import { idParams } from '../schemas/common.ts'
import {
  enteredRefund,
  refundParams,
  refundRecord,
  refundRequest,
  refundRetry,
  refundSchema,
} from '../schemas/refunds.ts'

const REFUNDING = {
  tag: 'Refunds',
  method: 'post',
  permission: 'order:refund',
  restaurant: 'me',
  idempotency: 'required',
} as const
const ENTERED = {
  status: 202,
  description: 'Entered; seen through by itself, or (DUE) by people',
  schema: enteredRefund,
} as const
/** An order that waits for the rest of its money, or whose money is being asked for, gives none back. */
const REFUSALS = ['NOT_FOUND', 'REFUND_TOO_LARGE', 'ORDER_STATE', 'CAPTURING'] as const

/** Money that goes back to a guest. */
export function refundRoutes(app: App): void {
  refundRoute(app)
  recordRoute(app)
  retryRoute(app)
}

type Lines = readonly { line_id: string; quantity: number }[] | undefined
const linesOf = (lines: Lines) =>
  lines?.map(({ line_id: lineId, quantity }) => ({ lineId, quantity })) ?? null

type Account = { bank: string; account_no: string; holder: string } | undefined
const sealed = (
  { deps, restaurantId }: Pick<HttpVariables, 'deps' | 'restaurantId'>,
  account: Account,
): Promise<string | null> => {
  if (account === undefined) return Promise.resolve(null)
  const { bank, account_no: accountNo, holder } = account
  return sealRefundAccount(deps.secretBox, restaurantId, { bank, accountNo, holder })
}

function refundRoute(app: App): void {
  defineRoute(
    app,
    {
      ...REFUNDING,
      path: '/restaurants/me/orders/{id}/refunds',
      operationId: 'refundOrder',
      summary: 'Pay back a sum, portions of lines, or what is left of an order',
      description:
        'All of it, before the kitchen has accepted, rejects the order. The newest payment goes back first, points last.',
      request: { params: idParams, body: refundRequest },
      success: ENTERED,
      refusals: REFUSALS,
    },
    async (c) => {
      const { amount, lines, reason, refund_account: account } = c.req.valid('json')
      const entered = await command(c, c.var.restaurantId, {
        type: 'request-refund',
        orderId: c.req.valid('param').id,
        amount: amount ?? null,
        lines: linesOf(lines),
        reason,
        sealedAccount: await sealed(c.var, account),
      })
      return answer(entered, (refund) => enteredJson(refund, c.var))
    },
  )
}

function recordRoute(app: App): void {
  defineRoute(
    app,
    {
      ...REFUNDING,
      path: '/restaurants/me/orders/{id}/refunds/{refund_id}/record',
      operationId: 'recordRefund',
      summary: 'Say how people paid back what no machine could',
      request: { params: refundParams, body: refundRecord },
      success: { status: 200, description: 'The refund, done', schema: refundSchema },
      refusals: ['NOT_FOUND', 'REFUND_STATE'],
    },
    async (c) => {
      const { id: orderId, refund_id: refundId } = c.req.valid('param')
      const { method, note } = c.req.valid('json')
      const wanted = { type: 'record-refund', orderId, refundId, method, note } as const
      const recorded = await command(c, c.var.restaurantId, wanted)
      return answer(recorded, (refund) => refundJson(refund, c.var))
    },
  )
}

function retryRoute(app: App): void {
  defineRoute(
    app,
    {
      ...REFUNDING,
      path: '/restaurants/me/orders/{id}/refunds/{refund_id}/retry',
      operationId: 'retryRefund',
      summary: 'Have a refund that is due tried by the provider once more',
      description: 'Money from a virtual account needs to be told where to go back to.',
      request: { params: refundParams, body: refundRetry },
      success: { status: 202, description: 'Under way again', schema: refundSchema },
      refusals: ['NOT_FOUND', 'REFUND_STATE'],
    },
    async (c) => {
      const { id: orderId, refund_id: refundId } = c.req.valid('param')
      const sealedAccount = await sealed(c.var, c.req.valid('json').refund_account)
      const wanted = { type: 'retry-refund', orderId, refundId, sealedAccount } as const
      const retried = await command(c, c.var.restaurantId, wanted)
      return answer(retried, (refund) => refundJson(refund, c.var))
    },
  )
}
