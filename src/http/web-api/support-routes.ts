import { customersQuery, foundCustomers } from '../schemas/support.ts'
import type { WebRoutes } from './web-routes.ts'

/** What the desk's part for support calls. */
export const SUPPORT_ROUTES = {
  '/api/v1/support/customers': {
    get: { query: customersQuery, output: foundCustomers, status: 200 },
  },
} as const satisfies WebRoutes
