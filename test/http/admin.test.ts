import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { createDeadLetters } from '../../src/db/repositories/dead-letters.ts'
import { createRebuildRepository } from '../../src/db/repositories/rebuilds.ts'
import type { Actor } from '../../src/domain/actor.ts'
import { adminRoutes } from '../../src/http/routes/admin.ts'
import type { QueueMessage } from '../../src/queues/messages.ts'
import { enrol } from '../support/events-world.ts'
import { orderIdIn } from '../support/events.ts'
import { errorOf, httpWorld } from '../support/http.ts'
import { newEmail, newRestaurantId } from '../support/identity.ts'

async function adminWorld() {
  const sent: QueueMessage[] = []
  const http = await httpWorld(adminRoutes)
  const deps = Object.assign(http.deps, {
    rebuilds: createRebuildRepository(env.DB),
    deadLetters: createDeadLetters(env.DB),
    send: (message: QueueMessage) => {
      sent.push(message)
      return Promise.resolve()
    },
  })
  const tokenOf = async (role: Actor['role']) => {
    const [userId, sessionId] = [crypto.randomUUID(), crypto.randomUUID()]
    const createdAt = deps.now()
    await deps.users.insert({
      id: userId,
      email: newEmail(),
      name: '관리자',
      role: role as 'ADMIN',
      passwordHash: '',
      createdAt,
    })
    await deps.sessions.insert(
      { id: sessionId, userId, createdAt, endedAt: null, visit: null },
      {
        digest: sessionId,
        sessionId,
        expiresAt: createdAt + 1e6,
        usedAt: null,
        successorDigest: null,
      },
    )
    return http.bearer({ role, sessionId, userId, memberships: [], visit: null })
  }
  return { ...http, deps, sent, admin: await tokenOf('ADMIN'), tokenOf }
}

describe('rebuilding by hand', () => {
  it('starts a run, sends a message per restaurant and shows how far it is', async () => {
    const { deps, sent, ask, admin } = await adminWorld()
    const restaurantId = newRestaurantId()
    await enrol(deps, restaurantId)
    const headers = { ...admin, 'idempotency-key': 'again' }
    const init = { method: 'POST', headers }
    const started = await ask('/api/v1/admin/rebuild/orders', init)
    expect(started.status).toBe(202)
    const run = await started.json<{ id: string; restaurants_total: number }>()
    expect(run).toMatchObject({ state: 'RUNNING', restaurants_done: 0, finished_at: null })
    expect(sent).toHaveLength(run.restaurants_total)
    expect(sent).toContainEqual({
      v: 1,
      kind: 'rebuild',
      rebuildId: run.id,
      restaurantId,
      afterId: null,
    })
    const shown = await ask(`/api/v1/admin/rebuild/${run.id}`, { headers: admin })
    expect(await shown.json()).toEqual(run)
    const again = await ask('/api/v1/admin/rebuild/orders', init)
    expect(await again.json()).toMatchObject({ id: run.id })
  })

  it('refuses read models and runs that there are not', async () => {
    const { ask, admin } = await adminWorld()
    const nonsense = await ask('/api/v1/admin/rebuild/weather', { method: 'POST', headers: admin })
    expect(nonsense.status).toBe(400)
    const unknown = await ask(`/api/v1/admin/rebuild/${crypto.randomUUID()}`, { headers: admin })
    expect(unknown.status).toBe(404)
  })
})

describe('dead letters', () => {
  it('are listed newest first without what guests wrote, and are sent again once', async () => {
    const { deps, sent, ask, admin } = await adminWorld()
    const restaurantId = newRestaurantId()
    const body = {
      v: 1,
      kind: 'job',
      job: { kind: 'publish', restaurantId, events: ['덜 맵게'] },
    }
    const letters = [1, 2].map((n) => ({
      id: orderIdIn(restaurantId, deps.now() + n),
      body,
      errorKind: 'EXHAUSTED' as const,
      firstSeenAt: deps.now() + n,
      redrivenAt: null,
    }))
    for (const letter of letters) await deps.deadLetters.insert(letter)

    const list = await ask('/api/v1/admin/dead-letters?limit=1', { headers: admin })
    const page = await list.json<{ items: object[]; next_cursor: string }>()
    expect(page.items).toMatchObject([
      {
        id: letters[1]!.id,
        message_kind: 'publish',
        restaurant_id: restaurantId,
        redriven_at: null,
      },
    ])
    expect(JSON.stringify(page)).not.toContain('덜')
    const rest = await ask(`/api/v1/admin/dead-letters?limit=1&cursor=${page.next_cursor}`, {
      headers: admin,
    })
    expect(await rest.json()).toMatchObject({ items: [{ id: letters[0]!.id }] })

    const redrive = () =>
      ask(`/api/v1/admin/dead-letters/${letters[0]!.id}/redrive`, {
        method: 'POST',
        headers: admin,
      })
    const redriven = await redrive()
    const shown = await redriven.json()
    expect(shown).toMatchObject({ redriven_at: new Date(deps.now()).toISOString() })
    expect(await (await redrive()).json()).toEqual(shown)
    expect(sent).toEqual([body])
  })

  it('are not found when there is none', async () => {
    const { ask, admin } = await adminWorld()
    const response = await ask(`/api/v1/admin/dead-letters/${crypto.randomUUID()}/redrive`, {
      method: 'POST',
      headers: admin,
    })
    expect(await errorOf(response)).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('dead letters by a filter', () => {
  /** Of a publish job, of a push, and of something that nobody can read. */
  async function letters() {
    const world = await adminWorld()
    const restaurantId = newRestaurantId()
    const at = world.deps.now()
    const bodies: readonly [unknown, 'EXHAUSTED' | 'MALFORMED'][] = [
      [{ v: 1, kind: 'job', job: { kind: 'publish', restaurantId } }, 'EXHAUSTED'],
      [{ v: 1, kind: 'rebuild', restaurantId }, 'EXHAUSTED'],
      [{ v: 1, kind: 'deliver', destinationId: restaurantId }, 'EXHAUSTED'],
      ['nonsense', 'MALFORMED'],
    ]
    const made = bodies.map(([body, errorKind], n) => ({
      ...{ id: orderIdIn(restaurantId, at + n), body, errorKind },
      ...{ firstSeenAt: at, redrivenAt: null },
    }))
    await env.DB.prepare('DELETE FROM dead_letters').run()
    for (const letter of made) await world.deps.deadLetters.insert(letter)
    const found = async (query: string) => {
      const response = await world.ask(`/api/v1/admin/dead-letters?${query}`, {
        headers: world.admin,
      })
      const { items } = await response.json<{ items: { id: string }[] }>()
      return items.map(({ id }) => made.findIndex((letter) => letter.id === id)).toSorted()
    }
    const redrive = async (filter: object, key: string = crypto.randomUUID()) => {
      const headers = { ...world.admin, 'idempotency-key': key }
      const body = JSON.stringify({ filter })
      return world.post('/api/v1/admin/dead-letters/redrive', body, headers)
    }
    return { ...world, restaurantId, found, redrive, bodies: bodies.map(([body]) => body) }
  }

  it('are found by kind, by restaurant, by why, and by whether they were sent again', async () => {
    const { restaurantId, found, redrive } = await letters()
    expect(await found('message_kind=publish')).toEqual([0])
    expect(await found('message_kind=job')).toEqual([])
    expect(await found('message_kind=deliver')).toEqual([2])
    expect(await found(`restaurant_id=${restaurantId}`)).toEqual([0, 1])
    expect(await found('error_kind=MALFORMED')).toEqual([3])
    expect(await found(`restaurant_id=${restaurantId}&message_kind=rebuild`)).toEqual([1])
    await redrive({ message_kind: 'rebuild' })
    expect(await found('redriven=true')).toEqual([1])
    expect(await found('redriven=false')).toEqual([0, 2, 3])
  })

  it('are sent again once, and under a key the answer stays', async () => {
    const { restaurantId, redrive, sent, bodies } = await letters()
    const filter = { restaurant_id: restaurantId }
    const first = await redrive(filter, 'letters')
    expect(await first.json()).toEqual({ retried: 2, more: false })
    expect(sent).toHaveLength(2)
    expect(sent).toEqual(expect.arrayContaining(bodies.slice(0, 2)))
    expect(await (await redrive(filter, 'letters')).json()).toEqual({ retried: 2, more: false })
    expect(await (await redrive(filter)).json()).toEqual({ retried: 0, more: false })
    expect(sent).toHaveLength(2)
    expect((await redrive({}, 'letters')).status).toBe(422)
  })
})

describe('administration', () => {
  it('is for administrators alone', async () => {
    const { ask, tokenOf, sent } = await adminWorld()
    const routes = [
      ['POST', '/api/v1/admin/rebuild/orders'],
      ['GET', `/api/v1/admin/rebuild/${crypto.randomUUID()}`],
      ['GET', '/api/v1/admin/dead-letters'],
      ['POST', `/api/v1/admin/dead-letters/${crypto.randomUUID()}/redrive`],
      ['POST', '/api/v1/admin/dead-letters/redrive'],
    ] as const
    for (const [method, path] of routes) {
      expect((await ask(path, { method })).status).toBe(401)
      for (const role of ['CUSTOMER', 'OWNER', 'SUPPORT'] as const)
        expect((await ask(path, { method, headers: await tokenOf(role) })).status).toBe(403)
    }
    expect(sent).toEqual([])
  })
})
