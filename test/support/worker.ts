import { RestaurantObject as Real } from '../../src/restaurant/restaurant-object.ts'
import { systemRuntime, type Runtime } from '../../src/runtime.ts'
import { clockOf } from './clock.ts'

/** The object on a clock that tests move (clock.ts). */
export class RestaurantObject extends Real {
  protected override makeRuntime(): Runtime {
    const { name } = this.ctx.id
    return { ...systemRuntime, now: () => clockOf(name) }
  }
}

export default {
  fetch: () => new Response(null, { status: 404 }),
  /** Jobs that alarms sent: tests run those that they are about themselves. */
  queue: (batch) => batch.ackAll(),
} satisfies ExportedHandler
