import { DurableObject } from 'cloudflare:workers'
import { Hono } from 'hono'
import type { Env } from '../../src/env.ts'
import { createHandlers } from '../../src/handlers.ts'
import { RestaurantObject as RealObject } from '../../src/restaurant/restaurant-object.ts'
import { systemRuntime, type Runtime } from '../../src/runtime.ts'

/**
 * The product's own code on plain workerd, beside a floor of the same shape without its rules. Plain
 * workerd has no D1, queues or assets: what stands in for them here answers at once and keeps nothing.
 */
const emptyResult = { results: [], success: true, meta: {} }
const statement = {
  bind: () => statement,
  all: () => Promise.resolve(emptyResult),
  run: () => Promise.resolve(emptyResult),
  first: () => Promise.resolve(null),
  raw: () => Promise.resolve([]),
}
const noDatabase = {
  prepare: () => statement,
  batch: (all: unknown[]) => Promise.resolve(all.map(() => emptyResult)),
} as unknown as D1Database
const noQueue = { send: () => Promise.resolve() } as unknown as Env['JOBS']

/** Log lines cost what they cost in production: they are built, but not written to a terminal. */
const quiet: Runtime = { ...systemRuntime, log: (line) => void JSON.stringify(line) }

export class RestaurantObject extends RealObject {
  constructor(ctx: DurableObjectState, env: object) {
    super(ctx, { ...env, JOBS: noQueue })
  }
  protected override makeRuntime(): Runtime {
    return quiet
  }
}

/** Writes as many rows as an order does, in one transaction, and decides nothing. */
export class FloorObject extends DurableObject {
  constructor(ctx: DurableObjectState, env: never) {
    super(ctx, env)
    ctx.storage.sql.exec(
      'CREATE TABLE IF NOT EXISTS floor (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID',
    )
  }
  write(rows: number, body: string): string {
    const id = crypto.randomUUID()
    this.ctx.storage.transactionSync(() => {
      for (let row = 0; row < rows; row += 1)
        this.ctx.storage.sql.exec(
          'INSERT INTO floor (id, body) VALUES (?, ?)',
          `${id}-${row}`,
          body,
        )
    })
    return id
  }
  read(body: string): string {
    return body
  }
}

interface BenchEnv {
  RESTAURANTS: DurableObjectNamespace<RealObject>
  FLOORS: DurableObjectNamespace<FloorObject>
  [setting: string]: unknown
}

const floor = new Hono<{ Bindings: BenchEnv }>()
floor.post('/floor/write', async (c) => {
  const body = await c.req.text()
  const id = await c.env.FLOORS.getByName('floor').write(Number(c.req.query('rows')), body)
  return c.json({ id }, 201)
})
floor.post('/floor/read', async (c) => {
  const body = await c.env.FLOORS.getByName('floor').read(await c.req.text())
  return c.body(body, 200, { 'content-type': 'application/json' })
})

const handlers = createHandlers(quiet)
let composed: Env | null = null

export default {
  async fetch(request: Request, env: BenchEnv, ctx: ExecutionContext): Promise<Response> {
    const { pathname } = new URL(request.url)
    if (pathname.startsWith('/floor/')) return floor.fetch(request, env, ctx)
    if (pathname === '/bench/execute') return execute(request, env)
    composed ??= { ...env, DB: noDatabase, JOBS: noQueue } as unknown as Env
    return handlers.fetch(request, composed, ctx)
  },
}

/** Set-up: commands straight to the object, since accounts would need D1. */
async function execute(request: Request, env: BenchEnv): Promise<Response> {
  const { key, envelope } = await request.json<{ key: string; envelope: never }>()
  return Response.json(await env.RESTAURANTS.getByName(key).execute(envelope))
}
