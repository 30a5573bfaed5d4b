import { Hono } from 'hono'
import type { CommandEnvelope } from '../../src/domain/commands.ts'
import type { Env } from '../../src/env.ts'
import { createHandlers } from '../../src/handlers.ts'
import { RestaurantObject as RealObject } from '../../src/restaurant/restaurant-object.ts'
import { fromText, toText } from '../../src/restaurant/wire.ts'
import type { Runtime } from '../../src/runtime.ts'
import type { FloorObject } from './floor-object.ts'
import { quiet } from './quiet.ts'
import { standInDatabase, type OpenSession } from './stand-in-database.ts'
import { standInProvider, type Behaviour } from './stand-in-provider.ts'

export { MetricsObject } from '../../src/metrics/metrics-object.ts'
export { FloorObject } from './floor-object.ts'

/**
 * The product's own code on plain workerd, beside a floor of the same shape without its rules. Plain
 * workerd has no D1, queues or assets: what stands in for them here answers at once and keeps nothing.
 */
const counted = { execute: 0, query: 0, report: 0, d1: 0, provider: 0 }
const { database, logIn } = standInDatabase(() => void (counted.d1 += 1))
const provider = standInProvider(() => void (counted.provider += 1))
const noQueue = { send: () => Promise.resolve() } as unknown as Env['JOBS']

export class RestaurantObject extends RealObject {
  constructor(ctx: DurableObjectState, env: object) {
    super(ctx, { ...env, JOBS: noQueue })
  }
  protected override makeRuntime(): Runtime {
    return quiet
  }

  /** A past of so many completed orders, each with an event, cloned from the newest order. */
  fill(orders: number): void {
    const { sql } = this.ctx.storage
    const columns = sql
      .exec<{ name: string }>("SELECT name FROM pragma_table_info('orders')")
      .toArray()
      .map(({ name }) => name)
    const key = this.ctx.id.name ?? ''
    const past: Record<string, string> = {
      id: `printf('01000000-%04x-8%03x-8000-${key}', n / 4096, n % 4096)`,
      business_day: "date('2025-01-01', '+' || (n / 300) || ' days')",
      status: "'COMPLETED'",
      owner: "'guest-' || (n % 5000)",
      visit_id: "'visit-' || (n / 3)",
      idempotency_key: "'past-' || n",
    }
    const values = columns.map((name) => past[name] ?? name).join(', ')
    const numbers = `WITH RECURSIVE numbers (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM numbers WHERE n < ${orders})`
    const newest = '(SELECT * FROM orders ORDER BY id DESC LIMIT 1)'
    this.ctx.storage.transactionSync(() => {
      sql.exec(
        `${numbers} INSERT INTO orders (${columns.join(', ')}) SELECT ${values} FROM numbers, ${newest}`,
      )
      sql.exec(
        `${numbers} INSERT INTO events (seq, epoch, id, type, at, subject, message)
          SELECT -n, 0, 'past', type, at, subject, message
          FROM numbers, (SELECT * FROM events ORDER BY seq DESC LIMIT 1)`,
      )
    })
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
  const answer = await c.env.FLOORS.getByName('floor').write(Number(c.req.query('rows')), body)
  return c.body(answer, 201, { 'content-type': 'application/json' })
})
floor.put('/floor/answer', async (c) => {
  await c.env.FLOORS.getByName('floor').answerWith(await c.req.text())
  return c.body(null, 204)
})
floor.post('/floor/read', async (c) => {
  const body = await c.env.FLOORS.getByName('floor').read(await c.req.text())
  return c.body(body, 200, { 'content-type': 'application/json' })
})

const newHandlers = () => createHandlers({ ...quiet, fetch: provider.fetch })
let handlers = newHandlers()
let composed: Env | null = null

export default {
  async fetch(request: Request, env: BenchEnv, ctx: ExecutionContext): Promise<Response> {
    const { pathname } = new URL(request.url)
    if (pathname.startsWith('/floor/')) return floor.fetch(request, env, ctx)
    if (pathname === '/bench/execute') return execute(request, env)
    if (pathname === '/bench/claims') return claims(request, env)
    if (pathname === '/bench/fill') return fill(request, env)
    if (pathname === '/bench/counts') return takeCounts(request.url.endsWith('?stop'))
    if (pathname === '/bench/log-in') {
      logIn(await request.json<OpenSession>())
      return new Response(null, { status: 204 })
    }
    if (pathname === '/bench/provider') {
      provider.behave(await request.json<Partial<Behaviour>>())
      return new Response(null, { status: 204 })
    }
    if (pathname === '/bench/forget') {
      // As another isolate: what this one remembers lives in its handlers.
      handlers = newHandlers()
      return new Response(null, { status: 204 })
    }
    composed ??= {
      ...env,
      DB: database,
      JOBS: noQueue,
      RESTAURANTS: counting(env.RESTAURANTS),
    } as unknown as Env
    return handlers.fetch(request, composed, ctx)
  },
}

/** Set-up: commands straight to the object, since accounts would need D1. */
async function execute(request: Request, env: BenchEnv): Promise<Response> {
  const { key, envelope } = await request.json<{ key: string; envelope: never }>()
  return Response.json(await env.RESTAURANTS.getByName(key).execute(envelope))
}

/** Many claims, fifty at a time, straight to one object; or as many writes of its floor. */
async function claims(request: Request, env: BenchEnv): Promise<Response> {
  const { key, code, guests, count, rows, body } = await request.json<ClaimsWish>()
  const object = env.RESTAURANTS.getByName(key)
  const floorObject = env.FLOORS.getByName('floor')
  const claim = async (guest: string): Promise<void> => {
    const envelope: CommandEnvelope<'claim-coupon'> = {
      command: { type: 'claim-coupon', code },
      asker: { role: 'GUEST', sessionId: guest, userId: null, visit: null },
      idempotency: { key: guest, fingerprint: '' },
      traceId: null,
    }
    const { outcome } = fromText(await object.executeText(toText<CommandEnvelope>(envelope)))
    if (!outcome.ok) throw new Error(`a claim was refused: ${outcome.refusal.kind}`)
  }
  let made = 0
  const work = async (): Promise<void> => {
    while (made < count) {
      made += 1
      await (body === null ? claim(`${guests}-${made}`) : floorObject.write(rows, body))
    }
  }
  await Promise.all(Array.from({ length: 50 }, work))
  return new Response(null, { status: 201 })
}

interface ClaimsWish {
  key: string
  code: string
  /** What tells these guests from all others. */
  guests: string
  count: number
  /** What the floor writes in each of its rows; null: claims. */
  rows: number
  body: string | null
}

async function fill(request: Request, env: BenchEnv): Promise<Response> {
  const { key, orders } = await request.json<{ key: string; orders: number }>()
  const object = env.RESTAURANTS.getByName(key) as unknown as {
    fill(orders: number): Promise<void>
  }
  await object.fill(orders)
  return Response.json({ orders })
}

/** Calls are counted from the first time somebody asks until `?stop`: a wrapped stub costs every call. */
let counts = false

/** What was asked since the last time, and starts over. */
function takeCounts(stop: boolean): Response {
  counts = !stop
  const answer = Response.json(counted)
  Object.assign(counted, { execute: 0, query: 0, report: 0, d1: 0, provider: 0 })
  return answer
}

type Call = (argument: never) => Promise<unknown>

/** The objects; while calls are counted, with every call to one of them counted. */
function counting(objects: BenchEnv['RESTAURANTS']): Pick<BenchEnv['RESTAURANTS'], 'getByName'> {
  const count =
    (name: 'execute' | 'query' | 'report', call: Call): Call =>
    (argument) => {
      counted[name] += 1
      return call(argument)
    }
  return {
    getByName(name: string) {
      const object = objects.getByName(name)
      if (!counts) return object
      const stub = object as unknown as Record<string, Call>
      return {
        executeText: count('execute', (argument) => stub['executeText']!(argument)),
        queryText: count('query', (argument) => stub['queryText']!(argument)),
        reportText: count('report', (argument) => stub['reportText']!(argument)),
        fetch: (request: never) => stub['fetch']!(request),
      } as never
    },
  }
}
