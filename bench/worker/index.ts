import type { CommandEnvelope } from '../../src/domain/commands.ts'
import type { Env } from '../../src/env.ts'
import { createHandlers } from '../../src/handlers.ts'
import { RestaurantObject as RealObject } from '../../src/restaurant/restaurant-object.ts'
import { fromText, toText } from '../../src/restaurant/wire.ts'
import type { Runtime } from '../../src/runtime.ts'
import { fiftyAtATime } from './fifty-at-a-time.ts'
import { quiet } from './quiet.ts'
import { standInDatabase, type OpenSession } from './stand-in-database.ts'
import { standInProvider, type Behaviour } from './stand-in-provider.ts'

export { MetricsObject } from '../../src/metrics/metrics-object.ts'

/**
 * The product's own code on plain workerd, which has no D1, queues or assets: what stands in for them
 * here answers at once and keeps nothing. Its floor is a Worker beside it (floor.ts).
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
  [setting: string]: unknown
}

const newHandlers = () => createHandlers({ ...quiet, fetch: provider.fetch })
let handlers = newHandlers()
let composed: Env | null = null

export default {
  async fetch(request: Request, env: BenchEnv, ctx: ExecutionContext): Promise<Response> {
    // The product's own calls pay for no more than this.
    if (request.url.includes('/bench/')) return setUp(request, env)
    composed ??= {
      ...env,
      DB: database,
      JOBS: noQueue,
      RESTAURANTS: counting(env.RESTAURANTS),
    } as unknown as Env
    return handlers.fetch(request, composed, ctx)
  },
}

async function setUp(request: Request, env: BenchEnv): Promise<Response> {
  switch (new URL(request.url).pathname) {
    case '/bench/execute':
      return execute(request, env)
    case '/bench/claims':
      return claims(request, env)
    case '/bench/fill':
      return fill(request, env)
    case '/bench/counts':
      return takeCounts(request.url.endsWith('?stop'))
    case '/bench/log-in':
      logIn(await request.json<OpenSession>())
      break
    case '/bench/provider':
      provider.behave(await request.json<Partial<Behaviour>>())
      break
    case '/bench/forget':
      // As another isolate: what this one remembers lives in its handlers.
      handlers = newHandlers()
      break
    default:
      return new Response(null, { status: 404 })
  }
  return new Response(null, { status: 204 })
}

/** Set-up: commands straight to the object, since accounts would need D1. */
async function execute(request: Request, env: BenchEnv): Promise<Response> {
  const { key, envelope } = await request.json<{ key: string; envelope: never }>()
  return Response.json(await env.RESTAURANTS.getByName(key).execute(envelope))
}

/** Many claims, fifty at a time, straight to one object. */
async function claims(request: Request, env: BenchEnv): Promise<Response> {
  const { key, code, guests, count } = await request.json<ClaimsWish>()
  const object = env.RESTAURANTS.getByName(key)
  await fiftyAtATime(count, async (number) => {
    const envelope: CommandEnvelope<'claim-coupon'> = {
      command: { type: 'claim-coupon', code },
      asker: { role: 'GUEST', sessionId: `${guests}-${number}`, userId: null, visit: null },
      idempotency: { key: `${guests}-${number}`, fingerprint: '' },
      traceId: null,
    }
    const { outcome } = fromText(await object.executeText(toText<CommandEnvelope>(envelope)))
    if (!outcome.ok) throw new Error(`a claim was refused: ${outcome.refusal.kind}`)
  })
  return new Response(null, { status: 201 })
}

interface ClaimsWish {
  key: string
  code: string
  /** What tells these guests from all others. */
  guests: string
  count: number
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
