import { createHandlers } from '../src/handlers.ts'
import { RestaurantObject as PlainRestaurantObject } from '../src/restaurant/restaurant-object.ts'
import type { Runtime } from '../src/runtime.ts'
import { controlledEnv } from './controlled/bindings.ts'
import { controlledRuntime, loadControls, takeCut } from './controlled/controls.ts'
import { withCut } from './controlled/cut.ts'
import { controlRoutes, type DevelopmentEnv, type Rearmable } from './controlled/routes.ts'

export { MetricsObject } from '../src/metrics/metrics-object.ts'

const handlers = createHandlers(controlledRuntime)

/** The restaurant under the sandbox's clock and faults. */
export class RestaurantObject extends PlainRestaurantObject implements Rearmable {
  constructor(ctx: DurableObjectState, env: DevelopmentEnv) {
    super(ctx, controlledEnv(env))
    void ctx.blockConcurrencyWhile(() => loadControls(env.CONTROLS))
  }

  protected override makeRuntime(): Runtime {
    return controlledRuntime
  }

  /** Does what has become due, and sets the alarm by the clock as it is now. */
  rearm(): void {
    this.rearmAlarm()
  }
}

/** The app in development: the product's own handlers in a world that can be made to go wrong. */
export default {
  async fetch(request, env, ctx) {
    await loadControls(env.CONTROLS)
    const { pathname } = new URL(request.url)
    if (pathname.startsWith('/__control/')) return controlRoutes.fetch(request, env, ctx)
    const serve = async () => handlers.fetch(request, controlledEnv(env), ctx)
    const cut = takeCut(pathname)
    return cut ? withCut(cut.after, serve) : serve()
  },
  async queue(batch, env, ctx) {
    await loadControls(env.CONTROLS)
    await handlers.queue(batch, controlledEnv(env), ctx)
  },
  async scheduled(controller, env, ctx) {
    await loadControls(env.CONTROLS)
    await handlers.scheduled(controller, controlledEnv(env), ctx)
  },
} satisfies ExportedHandler<DevelopmentEnv>
