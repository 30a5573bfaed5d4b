import type { App } from '../context.ts'
import { question } from '../restaurant-calls.ts'
import { answer, defineRoute } from '../route.ts'
import { statisticsJson, statisticsQuery, statisticsSchema } from '../schemas/statistics.ts'

/** What a day came to, straight from the restaurant's own orders. */
export function statisticsRoutes(app: App): void {
  defineRoute(
    app,
    {
      tag: 'Restaurants',
      method: 'get',
      path: '/restaurants/me/statistics',
      operationId: 'getStatistics',
      summary: "A business day's orders, revenue, items and hours",
      permission: 'statistics:read',
      restaurant: 'me',
      idempotency: 'none',
      request: { query: statisticsQuery },
      success: { status: 200, description: 'As of now', schema: statisticsSchema },
      refusals: [],
    },
    async (c) => {
      const { day = null } = c.req.valid('query')
      return answer(
        await question(c, c.var.restaurantId, { type: 'statistics', day }),
        statisticsJson,
      )
    },
  )
}
