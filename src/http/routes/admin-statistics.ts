import { platformStatistics } from '../../usecases/admin/platform-statistics.ts'
import type { App } from '../context.ts'
import { answer, defineRoute } from '../route.ts'
import {
  adminStatistics,
  adminStatisticsJson,
  adminStatisticsQuery,
} from '../schemas/admin-statistics.ts'

/** The platform's figures, for a dashboard. */
export function adminStatisticsRoutes(app: App): void {
  defineRoute(
    app,
    {
      tag: 'Administration',
      method: 'get',
      path: '/admin/stats',
      operationId: 'getPlatformStatistics',
      summary: "Some days' orders, revenue, times, items and restaurants",
      description:
        "Whole business days by the platform's clocks (the setting `timezone`), which begin at five in " +
        'the morning. Exact for the copy that is counted.',
      permission: 'stats:read-any',
      idempotency: 'none',
      request: { query: adminStatisticsQuery },
      success: { status: 200, description: 'The figures', schema: adminStatistics },
      refusals: [],
    },
    async (c) => {
      const { from = null, to = null, restaurant_id: restaurantId = null } = c.req.valid('query')
      const question = { from, to, restaurantId }
      return answer(await platformStatistics(c.var.deps, question), adminStatisticsJson)
    },
  )
}
