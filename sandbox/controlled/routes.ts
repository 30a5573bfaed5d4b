import { Hono } from 'hono'
import { z } from 'zod'
import { restaurantKeyOf } from '../../src/domain/ids.ts'
import type { Env } from '../../src/env.ts'
import { appFaults } from '../app-faults.ts'
import { isLocalRequest } from '../local-only.ts'
import { clearFaults, controlledRuntime, controls, setClock, setFaults } from './controls.ts'

/** An object that can be told that the clock has moved. */
export interface Rearmable extends Rpc.DurableObjectBranded {
  rearm(): void
}

export interface DevelopmentEnv extends Env {
  CONTROLS: KVNamespace
  CONTROL_TOKEN: string
}

const clockBody = z.strictObject({ offset_ms: z.int() })

const state = () => ({
  now: new Date(controlledRuntime.now()).toISOString(),
  offset_ms: controls.offsetMs ?? 0,
  lose_queue_messages: controls.loseQueueMessages,
  duplicate_queue_messages: controls.duplicateQueueMessages,
  cut: controls.cut,
  d1_down: controls.d1Down,
})

/** Alarms stand at real times: after the clock moved, each restaurant sets its own anew. */
async function rearmAll(env: DevelopmentEnv): Promise<{ rearmed: number; failed: number }> {
  const { results } = await env.DB.prepare('SELECT id FROM restaurants').all<{ id: string }>()
  const objects = env.RESTAURANTS as unknown as DurableObjectNamespace<Rearmable>
  const asked = await Promise.allSettled(
    results.map(({ id }) => objects.getByName(restaurantKeyOf(id)).rearm()),
  )
  const failed = asked.filter(({ status }) => status === 'rejected').length
  return { rearmed: asked.length - failed, failed }
}

/** `/__control/…` of the app in development, for the sandbox that holds the token. */
export const controlRoutes = new Hono<{ Bindings: DevelopmentEnv }>()
  .basePath('/__control')
  .use(async (c, next) => {
    const token = c.req.header('x-control-token')
    if (token && token === c.env.CONTROL_TOKEN && isLocalRequest(c.req.raw)) return next()
    return c.json({ error: 'not for you' }, 403)
  })
  .get('/state', (c) => c.json(state()))
  .post('/clock', async (c) => {
    const body = clockBody.safeParse(await c.req.json().catch(() => null))
    if (!body.success) return c.json({ error: z.prettifyError(body.error) }, 400)
    await setClock(c.env.CONTROLS, body.data.offset_ms)
    return c.json({ ...state(), ...(await rearmAll(c.env)) })
  })
  .post('/faults', async (c) => {
    const body = appFaults.safeParse(await c.req.json().catch(() => null))
    if (!body.success) return c.json({ error: z.prettifyError(body.error) }, 400)
    setFaults(body.data)
    return c.json(state())
  })
  .delete('/faults', (c) => {
    clearFaults()
    return c.json(state())
  })
  .post('/rearm', async (c) => c.json(await rearmAll(c.env)))
