import {
  RestaurantObject as Real,
  type RestaurantEnv,
} from '../../src/restaurant/restaurant-object.ts'
import { systemRuntime, type Runtime } from '../../src/runtime.ts'
import type { PointInTime } from '../../src/restaurant/point-in-time.ts'
import { clockOf } from './clock.ts'
import { crowdKeeper } from './crowds.ts'
import { limitsOf } from './limits.ts'
import { watch } from './log-watch.ts'
import { toldBy } from './object-lines.ts'
import { pastOf } from './object-past.ts'
import { queueOf } from './sent-jobs.ts'

export { MetricsObject } from '../../src/metrics/metrics-object.ts'

/** The object on a clock that tests move (clock.ts), with a queue that they may read (sent-jobs.ts). */
export class RestaurantObject extends Real {
  constructor(ctx: DurableObjectState, env: RestaurantEnv) {
    super(ctx, {
      ...env,
      METRICS: crowdKeeper,
      ...limitsOf(ctx.id.name),
      JOBS: queueOf(ctx.id.name, env.JOBS),
    })
  }

  protected override pointInTime(): PointInTime {
    return pastOf(this.ctx, super.pointInTime())
  }

  protected override makeRuntime(): Runtime {
    const { name } = this.ctx.id
    const log: Runtime['log'] = (line) => {
      watch(line)
      toldBy(name, line)
      if (line.level !== 'info') systemRuntime.log(line)
    }
    // Without pauses, since those would keep objects awake that tests put to sleep.
    return {
      now: () => clockOf(name),
      random: (length) => systemRuntime.random(length),
      fetch: (request) => systemRuntime.fetch(request),
      log,
    }
  }
}

export default {
  fetch: () => new Response(null, { status: 404 }),
  /** Jobs that alarms sent: tests run those that they are about themselves. */
  queue: (batch) => batch.ackAll(),
} satisfies ExportedHandler
