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

describe('administration', () => {
  it('is for administrators alone', async () => {
    const { ask, tokenOf, sent } = await adminWorld()
    const routes = [
      ['POST', '/api/v1/admin/rebuild/orders'],
      ['GET', `/api/v1/admin/rebuild/${crypto.randomUUID()}`],
      ['GET', '/api/v1/admin/dead-letters'],
      ['POST', `/api/v1/admin/dead-letters/${crypto.randomUUID()}/redrive`],
    ] as const
    for (const [method, path] of routes) {
      expect((await ask(path, { method })).status).toBe(401)
      for (const role of ['CUSTOMER', 'OWNER', 'SUPPORT'] as const)
        expect((await ask(path, { method, headers: await tokenOf(role) })).status).toBe(403)
    }
    expect(sent).toEqual([])
  })
})
