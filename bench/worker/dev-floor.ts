import { Hono } from 'hono'
import { createProjector } from '../../src/db/projector.ts'
import { createSessionRepository } from '../../src/db/repositories/sessions.ts'
import { createUserRepository } from '../../src/db/repositories/users.ts'
import type { CommandEnvelope } from '../../src/domain/commands.ts'
import type { Env } from '../../src/env.ts'
import { createRestaurants } from '../../src/restaurant/client.ts'
import { publishEvents, type PublishDeps } from '../../src/usecases/jobs/publish-events.ts'
import { cartFloor } from './cart-floor.ts'
import { feedFloor } from './feed-floor.ts'
import type { FloorObject } from './floor-object.ts'
import { copyProducts } from './products.ts'

export const FLOOR_QUEUE = 'bench-floor'

interface FloorJob {
  id: string
  body: string
}

export interface DevBenchEnv extends Env {
  FLOORS: DurableObjectNamespace<FloorObject>
  FLOOR_JOBS: Queue<FloorJob>
}

/** What an order writes into the read model: its row, four indexes, and how far the restaurant is. */
const COPIED_ROWS = 6
const DAY_MS = 24 * 3600_000
const JSON_TYPE = { 'content-type': 'application/json' }

/** Bare routes over the same bindings, and what the bench needs to know of the platform's side. */
export const devFloor = new Hono<{ Bindings: DevBenchEnv }>()

devFloor.route('/floor/cart', cartFloor)
devFloor.route('/', feedFloor)

const rowsOf = ({ DB }: Env, { id, body }: FloorJob): D1PreparedStatement[] =>
  Array.from({ length: COPIED_ROWS }, (_, n) =>
    DB.prepare('INSERT OR REPLACE INTO floor_rows (id, body) VALUES (?, ?)').bind(
      n === 0 ? id : `${id}-${n}`,
      body,
    ),
  )

const write = async (env: DevBenchEnv, rows: string | undefined, body: string): Promise<string> =>
  env.FLOORS.getByName('floor').write(Number(rows), body)

devFloor.post('/floor/order', async (c) => {
  const session = await c.env.DB.prepare('SELECT * FROM sessions WHERE id = ?')
    .bind(c.req.header('x-session'))
    .first()
  if (session === null) return c.text('no session', 401)
  const body = await c.req.text()
  const id = await write(c.env, c.req.query('rows'), body)
  if (c.req.query('copied') !== undefined)
    c.executionCtx.waitUntil(c.env.DB.batch(rowsOf(c.env, { id, body })))
  return c.json({ id }, 201)
})

devFloor.post('/floor/queued', async (c) => {
  const job = { id: crypto.randomUUID(), body: await c.req.text() }
  await c.env.FLOOR_JOBS.send(job)
  return c.json({ id: job.id }, 201)
})

export async function takeFloorJobs(env: DevBenchEnv, batch: MessageBatch): Promise<void> {
  await env.DB.batch(batch.messages.flatMap(({ body }) => rowsOf(env, body as FloorJob)))
  batch.ackAll()
}

devFloor.get('/floor/list', async (c) => {
  const row = await c.env.DB.prepare('SELECT body FROM floor_rows WHERE id = ?')
    .bind('list')
    .first<{ body: string }>()
  return c.body(row?.body ?? '', 200, { 'content-type': 'application/json' })
})

/** Restaurants and their menus, straight into the read model. */
devFloor.post('/bench/products', async (c) => {
  const [from, to, items] = ['from', 'to', 'items'].map((name) => Number(c.req.query(name)))
  if (from === undefined || to === undefined || items === undefined) return c.text('how many', 400)
  return c.text(String(await copyProducts(c.env.DB, { from, to, items })))
})

/** One row of D1. */
devFloor.get('/floor/product', async (c) => {
  const row = await c.env.DB.prepare('SELECT item FROM product_index WHERE row_id = ?')
    .bind(Number(c.req.query('n')))
    .first<{ item: string }>()
  return row === null ? c.notFound() : c.body(row.item, 200, JSON_TYPE)
})

/** The bytes that the floor's list is to answer. */
devFloor.put('/bench/list', async (c) => {
  await c.env.DB.prepare('INSERT OR REPLACE INTO floor_rows (id, body) VALUES (?, ?)')
    .bind('list', await c.req.text())
    .run()
  return c.body(null, 204)
})

/** A command of the set-up, and its events into the read model as a request would carry them. */
devFloor.post('/bench/execute', async (c) => {
  const { RESTAURANTS, DB } = c.env
  const { key, envelope } = await c.req.json<{ key: string; envelope: CommandEnvelope }>()
  const { outcome, jobs } = await RESTAURANTS.getByName(key).execute(envelope)
  const deps: PublishDeps = {
    projector: createProjector(DB),
    restaurants: createRestaurants(RESTAURANTS, () => undefined),
    now: () => Date.now(),
  }
  for (const job of jobs)
    if (job.kind === 'publish') await publishEvents(deps, job.restaurantId, job.events)
  return c.json({ outcome })
})

/** Accounts and log-ins without their passwords: hashing those would take the longest. */
devFloor.post('/bench/members', async (c) => {
  const users = createUserRepository(c.env.DB)
  const sessions = createSessionRepository(c.env.DB)
  const now = Date.now()
  await c.env.DB.exec(
    'CREATE TABLE IF NOT EXISTS floor_rows (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID',
  )
  for (const { sessionId, userId } of await c.req.json<{ sessionId: string; userId: string }[]>()) {
    const email = `${userId}@example.com`
    const account = { id: userId, email, name: '김민수', role: 'CUSTOMER', createdAt: now } as const
    await users.insert({ ...account, passwordHash: 'none' })
    await sessions.insert(
      { id: sessionId, userId, createdAt: now, endedAt: null, visit: null },
      {
        digest: sessionId,
        sessionId,
        expiresAt: now + DAY_MS,
        usedAt: null,
        successorDigest: null,
      },
    )
  }
  return c.body(null, 204)
})

/** Which of these D1 has. */
devFloor.post('/bench/present', async (c) => {
  const table = c.req.query('of') === 'product' ? 'order_index' : 'floor_rows'
  const { results } = await c.env.DB.prepare(
    `SELECT id FROM ${table} WHERE id IN (SELECT value FROM json_each(?))`,
  )
    .bind(await c.req.text())
    .all<{ id: string }>()
  return c.json(results.map(({ id }) => id))
})
