import type { Committed } from '../../src/domain/commands.ts'
import type { Env } from '../../src/env.ts'
import { createHandlers } from '../../src/handlers.ts'
import { RestaurantObject as RealObject } from '../../src/restaurant/restaurant-object.ts'
import { fromText, toText, type Text } from '../../src/restaurant/wire.ts'
import type { Runtime } from '../../src/runtime.ts'
import { devFloor, takeFloorJobs, FLOOR_QUEUE, type DevBenchEnv } from './dev-floor.ts'
import { quiet } from './quiet.ts'

export { MetricsObject } from '../../src/metrics/metrics-object.ts'
export { FloorObject } from './floor-object.ts'

export class RestaurantObject extends RealObject {
  protected override makeRuntime(): Runtime {
    return quiet
  }
}

const handlers = createHandlers(quiet)
let throughQueueAlone: Env | null = null

/** The product with real D1 and queues, beside a floor that uses the same bindings and decides nothing. */
export default {
  async fetch(request, env, ctx) {
    const { pathname } = new URL(request.url)
    if (/^\/(?:floor|bench)\//.test(pathname)) return devFloor.fetch(request, env, ctx)
    throughQueueAlone ??= { ...env, RESTAURANTS: withoutDirectWay(env) }
    const queueAlone = request.headers.has('x-bench-queue-alone')
    return handlers.fetch(request, queueAlone ? throughQueueAlone : env, ctx)
  },
  async queue(batch, env, ctx) {
    if (batch.queue === FLOOR_QUEUE) await takeFloorJobs(env, batch)
    else await handlers.queue(batch, env, ctx)
  },
} satisfies ExportedHandler<DevBenchEnv>

type Call = (argument: never) => Promise<unknown>

/**
 * As if no request ever carried its own events into the read model. What else an answer brings, such as
 * events that are owed for longer, takes the queue as well.
 */
function withoutDirectWay({ RESTAURANTS, JOBS }: Env): Env['RESTAURANTS'] {
  const getByName = (name: string) => {
    const stub = RESTAURANTS.getByName(name) as unknown as Record<string, Call>
    return {
      async executeText(envelope: never) {
        const committed = (await stub['executeText']!(envelope)) as Text<Committed<unknown>>
        const { outcome, jobs } = fromText(committed)
        const [, ...owed] = jobs
        for (const job of owed) await JOBS.send({ v: 1, kind: 'job', job })
        return toText({ outcome, jobs: [] })
      },
      queryText: (envelope: never) => stub['queryText']!(envelope),
      reportText: (report: never) => stub['reportText']!(report),
    }
  }
  return { getByName } as unknown as Env['RESTAURANTS']
}
