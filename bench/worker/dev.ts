import type { Env } from '../../src/env.ts'
import { createHandlers } from '../../src/handlers.ts'
import { RestaurantObject as RealObject } from '../../src/restaurant/restaurant-object.ts'
import type { Runtime } from '../../src/runtime.ts'
import { devFloor, takeFloorJobs, FLOOR_QUEUE, type DevBenchEnv } from './dev-floor.ts'
import { quiet } from './quiet.ts'

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
    throughQueueAlone ??= { ...env, RESTAURANTS: forgettingJobs(env.RESTAURANTS) }
    const cutOff = request.headers.has('x-bench-queue-alone')
    return handlers.fetch(request, cutOff ? throughQueueAlone : env, ctx)
  },
  async queue(batch, env, ctx) {
    if (batch.queue === FLOOR_QUEUE) await takeFloorJobs(env, batch)
    else await handlers.queue(batch, env, ctx)
  },
} satisfies ExportedHandler<DevBenchEnv>

type Call = (argument: never) => Promise<{ jobs: unknown[] }>

/** As if every request were cut off with its answer: what the objects committed is left to the queue. */
function forgettingJobs(objects: Env['RESTAURANTS']): Env['RESTAURANTS'] {
  const getByName = (name: string) => {
    const stub = objects.getByName(name) as unknown as Record<string, Call>
    return {
      execute: async (envelope: never) => ({ ...(await stub['execute']!(envelope)), jobs: [] }),
      query: (envelope: never) => stub['query']!(envelope),
      report: (report: never) => stub['report']!(report),
    }
  }
  return { getByName } as unknown as Env['RESTAURANTS']
}
