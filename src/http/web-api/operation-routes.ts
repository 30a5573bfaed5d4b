import { alertList } from '../schemas/alerts.ts'
import { pageQuery } from '../schemas/lists.ts'
import type { WebRoutes } from './web-routes.ts'

/** What the desk calls to keep the platform running: alerts, what goes out, settings, figures. */
export const OPERATION_ROUTES = {
  '/api/v1/admin/alerts': { get: { query: pageQuery, output: alertList, status: 200 } },
} as const satisfies WebRoutes
