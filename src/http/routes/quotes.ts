import { askerAt } from '../../domain/identity/asker.ts'
import { refuse } from '../../domain/result.ts'
import { quoteOrder } from '../../usecases/orders/quote-order.ts'
import type { App } from '../context.ts'
import { subscriberOf } from '../network.ts'
import { requestedLines } from '../order-lines.ts'
import { orderQuoteJson } from '../order-quote-json.ts'
import { answer, defineRoute } from '../route.ts'
import { codesOf } from '../schemas/coupon-codes.ts'
import { orderQuote, quoteRequest } from '../schemas/quotes.ts'

/** What an order would come to, before it is placed. */
export function quoteRoutes(app: App): void {
  defineRoute(
    app,
    {
      tag: 'Orders',
      method: 'post',
      path: '/orders/quote',
      operationId: 'quoteOrder',
      summary: 'What an order would come to',
      description:
        'With fees, tax and discount, in the language of the reader. Nothing is held. What is wrong ' +
        'with a line or a code is said there, and the totals are those of the lines that can be ' +
        'ordered. A table that is named, or that the caller sits at, is charged for service, any ' +
        'other order for packaging.',
      permission: 'order:place',
      restaurant: 'in-body',
      idempotency: 'none',
      request: { body: quoteRequest },
      success: { status: 200, description: 'As things stand', schema: orderQuote },
      refusals: ['NOT_FOUND', 'VISIT_ENDED', 'RATE_LIMITED'],
    },
    async (c) => {
      const body = c.req.valid('json')
      const { actor, deps, locale, clientIp } = c.var
      const at = body.restaurant_id ?? body.table_id ?? body.items[0]?.menu_id
      if (at === undefined) return refuse({ kind: 'NOT_FOUND', what: 'restaurant' })
      const named = body.table_id != null || body.table_number != null
      const outcome = await quoteOrder(deps, at, {
        query: {
          type: 'quote-order',
          lines: requestedLines(body.items),
          couponCodes: codesOf(body),
          atTable: named ? true : null,
          locale,
        },
        asker: askerAt(actor, at),
        network: subscriberOf(clientIp),
      })
      return answer(outcome, orderQuoteJson)
    },
  )
}
