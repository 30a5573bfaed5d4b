import { ok } from '../../domain/result.ts'
import type { App } from '../context.ts'
import { defineRoute } from '../route.ts'
import { listOf, listSchema } from '../schemas/lists.ts'
import { activityQuery, activitySchema } from '../schemas/support.ts'
import { activityJson } from '../support-answers.ts'

/** Who looked at what of whom. Everybody of the support may see of everybody. */
export function supportActivityRoutes(app: App): void {
  defineRoute(
    app,
    {
      tag: 'Support',
      permission: 'support:activity',
      idempotency: 'none',
      method: 'get',
      path: '/support/activity',
      operationId: 'listSupportActivity',
      summary: 'Who looked at whose data, and what they did with it; newest first',
      description:
        'Kept for two years. It holds ids, numbers and names of fields, no data of people.',
      request: { query: activityQuery },
      success: { status: 200, description: 'A page', schema: listSchema(activitySchema) },
      refusals: [],
    },
    async (c) => {
      const { limit, cursor, action = null, ...named } = c.req.valid('query')
      const filter = {
        actorId: named.actor_id ?? null,
        customerId: named.customer_id ?? null,
        orderId: named.order_id ?? null,
        action,
        from: named.from === undefined ? null : Date.parse(named.from),
        to: named.to === undefined ? null : Date.parse(named.to),
      }
      const { deps, now } = c.var
      const found = await deps.supportActivity.page(filter, { limit, beforeId: cursor ?? null })
      return ok(listOf(found, limit, now, activityJson))
    },
  )
}
