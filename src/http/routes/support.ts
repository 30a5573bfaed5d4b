import type { App } from '../context.ts'
import { supportActivityRoutes } from './support-activity.ts'
import { supportCustomerRoutes } from './support-customers.ts'
import { supportOrderRoutes } from './support-orders.ts'
import { supportRefundRoutes } from './support-refunds.ts'

/** What the people of the support do. */
export function supportRoutes(app: App): void {
  supportCustomerRoutes(app)
  supportOrderRoutes(app)
  supportRefundRoutes(app)
  supportActivityRoutes(app)
}
