import { createHandlers } from './handlers.ts'
import { systemRuntime } from './runtime.ts'

export { MetricsObject } from './metrics/metrics-object.ts'
export { RestaurantObject } from './restaurant/restaurant-object.ts'

export default createHandlers(systemRuntime)
