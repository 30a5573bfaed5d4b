import type { App } from '../context.ts'
import { plainOrder } from '../order-answers.ts'
import { command } from '../restaurant-calls.ts'
import { answer, defineRoute } from '../route.ts'
import { idParams } from '../schemas/common.ts'
import { orderSchema } from '../schemas/orders.ts'
import { settlement } from '../schemas/settlement.ts'

/** Money that staff take at the counter. */
export function settlementRoutes(app: App): void {
  defineRoute(
    app,
    {
      tag: 'Board',
      method: 'post',
      path: '/restaurants/me/orders/{id}/settle',
      operationId: 'settleOrder',
      summary: 'Money was taken at the counter: all that is due, or a part',
      description: 'Other ways to pay that stood open for the order end.',
      permission: 'order:settle',
      restaurant: 'me',
      idempotency: 'required',
      request: { params: idParams, body: settlement },
      success: { status: 200, description: 'The order now', schema: orderSchema },
      refusals: ['NOT_FOUND', 'ORDER_STATE', 'CAPTURING', 'AMOUNT_MISMATCH'],
    },
    async (c) => {
      const { amount, by, note } = c.req.valid('json')
      const settled = await command(c, c.var.restaurantId, {
        type: 'settle-order',
        orderId: c.req.valid('param').id,
        amount: amount ?? null,
        by,
        note: note ?? null,
      })
      return answer(settled, ({ order }) => plainOrder(order, c.var.asker))
    },
  )
}
