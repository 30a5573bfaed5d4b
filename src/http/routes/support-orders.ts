import { readOrder, type WhichOrder } from '../../usecases/support/read-order.ts'
import { unmaskOrder } from '../../usecases/support/unmask.ts'
import type { App, HttpVariables } from '../context.ts'
import type { Actor } from '../../domain/actor.ts'
import { answer, defineRoute } from '../route.ts'
import { idParams } from '../schemas/common.ts'
import { orderInClear, orderQuery, orderUnmask, supportOrder } from '../schemas/support.ts'
import { supportOrderJson } from '../support-answers.ts'
import { agentOf } from '../support-calls.ts'

const READING = {
  tag: 'Support',
  permission: 'support:read',
  idempotency: 'none',
  method: 'get',
  success: { status: 200, description: 'The order', schema: supportOrder },
  refusals: ['NOT_FOUND'],
} as const
const AS_IT_IS =
  'As the restaurant has it this moment, a guest’s too. That it is read is noted first; where it ' +
  'cannot be, it is not read (503).'

/** Any order, as its restaurant has it. */
export function supportOrderRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...READING,
      path: '/support/orders',
      operationId: 'findOrder',
      summary: 'An order by the number that it had at a restaurant on a day; masked',
      description: AS_IT_IS,
      request: { query: orderQuery },
    },
    (c) => {
      const { number, restaurant_id: restaurantId, day = null } = c.req.valid('query')
      return order(c, { restaurantId, number: number.toUpperCase(), day })
    },
  )
  defineRoute(
    app,
    {
      ...READING,
      path: '/support/orders/{id}',
      operationId: 'getOrderForSupport',
      summary: 'An order with its money; masked',
      description: AS_IT_IS,
      request: { params: idParams },
    },
    (c) => order(c, { orderId: c.req.valid('param').id }),
  )
  unmaskRoute(app)
}

type Reading = {
  readonly var: Readonly<Pick<HttpVariables, 'deps' | 'traceId' | 'locale'>> & { actor: Actor }
}

async function order(c: Reading, which: WhichOrder) {
  const { deps, locale } = c.var
  const found = await readOrder(deps, agentOf(c.var), which)
  return answer(found, (one) => supportOrderJson(one, locale))
}

function unmaskRoute(app: App): void {
  defineRoute(
    app,
    {
      tag: 'Support',
      permission: 'support:unmask',
      idempotency: 'none',
      method: 'post',
      path: '/support/orders/{id}/unmask',
      operationId: 'unmaskOrder',
      summary: 'What stands on an order, in clear',
      description:
        "Payers' names and what the guest wrote. Written down first and limited as a customer's fields.",
      request: { params: idParams, body: orderUnmask },
      success: { status: 200, description: 'In clear', schema: orderInClear },
      refusals: ['NOT_FOUND', 'CUSTOMER_ERASED', 'RATE_LIMITED'],
    },
    async (c) => {
      const { id } = c.req.valid('param')
      const wish = { id, ...c.req.valid('json') }
      const shown = await unmaskOrder(c.var.deps, agentOf(c.var), wish)
      return answer(shown, ({ specialRequests, payerNames }) => ({
        order_id: id,
        ...(specialRequests !== undefined && { special_requests: specialRequests }),
        ...(payerNames !== undefined && { payer_names: payerNames }),
      }))
    },
  )
}
