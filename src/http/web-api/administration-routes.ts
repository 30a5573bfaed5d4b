import { auditEntry, auditQuery } from '../schemas/audit.ts'
import { listSchema } from '../schemas/lists.ts'
import type { WebRoutes } from './web-routes.ts'

/** What the desk calls about accounts, partners, orders and money of the whole platform. */
export const ADMINISTRATION_ROUTES = {
  '/api/v1/admin/audit': {
    get: { query: auditQuery, output: listSchema(auditEntry), status: 200 },
  },
} as const satisfies WebRoutes
