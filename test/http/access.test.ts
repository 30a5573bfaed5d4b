import { z } from '@hono/zod-openapi'
import { describe, expect, it } from 'vitest'
import type { Actor, Membership } from '../../src/domain/actor.ts'
import type { App } from '../../src/http/context.ts'
import { defineRoute } from '../../src/http/route.ts'
import { idParams } from '../../src/http/schemas/common.ts'
import { errorOf, httpWorld } from '../support/http.ts'
import { idIn, newRestaurantId, openRestaurant } from '../support/identity.ts'

const seen = z.record(z.string(), z.unknown())

function probes(app: App): void {
  const common = {
    method: 'get',
    summary: 'Probe',
    tag: 'Test',
    idempotency: 'none',
    success: { status: 200, description: 'What was seen', schema: seen },
    refusals: [],
  } as const
  const own = { ...common, permission: 'menu:edit', restaurant: 'me' } as const
  defineRoute(app, { ...own, path: '/own', operationId: 'own' }, (c) => ({
    ok: true,
    value: { restaurant: c.var.restaurantId, role: c.var.asker.role },
  }))
  const byId = { ...common, restaurant: 'by-id', request: { params: idParams } } as const
  defineRoute(
    app,
    { ...byId, permission: 'order:read', path: '/orders/{id}', operationId: 'order' },
    (c) => ({ ok: true, value: { role: c.var.asker.role, id: c.req.valid('param').id } }),
  )
  defineRoute(
    app,
    { ...byId, permission: 'table:edit', path: '/tables/{id}', operationId: 'table' },
    (c) => ({ ok: true, value: { role: c.var.asker.role } }),
  )
  defineRoute(
    app,
    { ...byId, permission: 'coupon:manage', path: '/coupons/{id}', operationId: 'coupon' },
    (c) => ({ ok: true, value: { role: c.var.asker.role } }),
  )
  defineRoute(
    app,
    { ...common, permission: 'order:read', path: '/platform', operationId: 'platform' },
    (c) => ({ ok: true, value: { session: c.var.actor.sessionId } }),
  )
  defineRoute(
    app,
    { ...common, permission: 'optional', path: '/optional', operationId: 'optional' },
    (c) => ({ ok: true, value: { known: c.var.actor !== null } }),
  )
}

const person = (role: Actor['role'], memberships: readonly Membership[] = []): Actor => ({
  role,
  sessionId: crypto.randomUUID(),
  userId: crypto.randomUUID(),
  memberships,
  visit: null,
})

/** A world, and a way to ask as somebody whose session is open in D1. */
async function accessWorld() {
  const world = await httpWorld(probes)
  let reads = 0
  const { sessions } = world.deps
  world.deps.sessions = {
    ...sessions,
    byId: (id) => {
      reads += 1
      return sessions.byId(id)
    },
  }
  const as = async (actor: Actor, path: string, headers: Record<string, string> = {}) => {
    const userId = actor.userId ?? ''
    const now = world.deps.now()
    if (actor.userId !== null) {
      await world.deps.users.insert({
        id: userId,
        email: `${userId}@example.com`,
        name: '손님',
        role: actor.role === 'GUEST' ? 'CUSTOMER' : actor.role,
        passwordHash: 'x',
        createdAt: now,
      })
      await world.deps.sessions.insert(
        { id: actor.sessionId, userId, createdAt: now, endedAt: null, visit: null },
        {
          digest: actor.sessionId,
          sessionId: actor.sessionId,
          expiresAt: now + 1,
          usedAt: null,
          successorDigest: null,
        },
      )
    }
    return world.ask(`/api/v1${path}`, { headers: { ...(await world.bearer(actor)), ...headers } })
  }
  return { ...world, as, reads: () => reads }
}

describe('presenting a token', () => {
  it('is asked for where one is needed', async () => {
    const { ask } = await accessWorld()
    const response = await ask('/api/v1/own')
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe('Bearer')
    expect((await errorOf(response)).reason).toBe('MISSING')
  })

  it.each(['Bearer nonsense', 'Bearer a.b.c'])('fails with %s', async (authorization) => {
    const { ask } = await accessWorld()
    for (const path of ['/api/v1/own', '/api/v1/optional']) {
      const response = await ask(path, { headers: { authorization } })
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
    }
  })

  it('fails once it has expired', async () => {
    const { ask, bearer, world } = await accessWorld()
    const headers = await bearer(person('CUSTOMER'))
    world.now += 901_000
    expect((await ask('/api/v1/platform', { headers })).status).toBe(401)
  })

  it('fails once its session has ended', async () => {
    const { as, deps, ask, bearer } = await accessWorld()
    const actor = person('CUSTOMER')
    expect((await as(actor, '/platform')).status).toBe(200)
    await deps.sessions.end(actor.sessionId, deps.now(), [])
    const response = await ask('/api/v1/platform', { headers: await bearer(actor) })
    expect(response.status).toBe(401)
    expect((await errorOf(response)).reason).toBe('SESSION_ENDED')
  })

  it('is not needed where it is optional', async () => {
    const { ask, as } = await accessWorld()
    expect(await (await ask('/api/v1/optional')).json()).toEqual({ known: false })
    expect(await (await as(person('CUSTOMER'), '/optional')).json()).toEqual({ known: true })
  })

  it('of a table’s guest who left is refused where no object is asked', async () => {
    const { as, deps } = await accessWorld()
    const restaurantId = newRestaurantId()
    const visit = { visitId: idIn(restaurantId), tableId: idIn(restaurantId) }
    const guest: Actor = { ...person('GUEST'), userId: null, visit }
    await deps.sessions.endGuest(guest.sessionId, deps.now(), deps.now() + 1_000)
    expect((await as(guest, '/platform')).status).toBe(401)
  })
})

describe('working for a restaurant', () => {
  it('finds it in the token, without asking D1', async () => {
    const { as, reads } = await accessWorld()
    const restaurantId = newRestaurantId()
    const owner = person('OWNER', [{ restaurantId, role: 'OWNER' }])
    expect(await (await as(owner, '/own')).json()).toEqual({
      restaurant: restaurantId,
      role: 'OWNER',
    })
    expect(reads()).toBe(0)
  })

  it('finds one that was created after the token', async () => {
    const { as, deps } = await accessWorld()
    const owner = person('OWNER')
    await as(owner, '/platform')
    const restaurantId = await openRestaurant(deps, owner.userId!)
    const other = { ...owner, sessionId: crypto.randomUUID() }
    expect(await (await as(other, '/own')).json()).toMatchObject({ restaurant: restaurantId })
    const again = { ...owner, sessionId: crypto.randomUUID() }
    const order = await as(again, `/orders/${idIn(restaurantId)}`)
    expect(await order.json()).toMatchObject({ role: 'OWNER' })
  })

  it('asks which of several is meant, and takes the one named', async () => {
    const { as } = await accessWorld()
    const [first, second] = [newRestaurantId(), newRestaurantId()]
    const owner = () =>
      person('OWNER', [
        { restaurantId: first, role: 'OWNER' },
        { restaurantId: second, role: 'OWNER' },
      ])
    const unnamed = await as(owner(), '/own')
    expect(unnamed.status).toBe(400)
    expect((await errorOf(unnamed)).details?.field).toBe('X-Restaurant-Id')
    const named = await as(owner(), '/own', { 'X-Restaurant-Id': second.toUpperCase() })
    expect(await named.json()).toMatchObject({ restaurant: second })
  })

  it('is nothing where one does not work', async () => {
    const { as } = await accessWorld()
    const owner = person('OWNER', [{ restaurantId: newRestaurantId(), role: 'OWNER' }])
    const response = await as(owner, '/own', { 'X-Restaurant-Id': newRestaurantId() })
    expect(response.status).toBe(404)
  })

  it('is nothing for an owner who has none, and forbidden to those who could have none', async () => {
    const { as } = await accessWorld()
    expect((await as(person('OWNER'), '/own')).status).toBe(404)
    for (const role of ['CUSTOMER', 'SUPPORT', 'ADMIN'] as const)
      expect((await as(person(role), '/own')).status).toBe(403)
  })

  it('counts the role there, not the account’s', async () => {
    const { as } = await accessWorld()
    const staff = person('OWNER', [{ restaurantId: newRestaurantId(), role: 'STAFF' }])
    const response = await as(staff, '/own')
    expect(response.status).toBe(403)
    expect((await errorOf(response)).details).toEqual({ permission: 'menu:edit' })
  })
})

describe('naming a thing by its id', () => {
  it('makes an owner of another restaurant a customer', async () => {
    const { as } = await accessWorld()
    const owner = person('OWNER', [{ restaurantId: newRestaurantId(), role: 'OWNER' }])
    const response = await as(owner, `/orders/${idIn(newRestaurantId())}`)
    expect(await response.json()).toMatchObject({ role: 'CUSTOMER' })
  })

  it('does not tell staff of another restaurant that it exists', async () => {
    const { as } = await accessWorld()
    const owner = person('OWNER', [{ restaurantId: newRestaurantId(), role: 'OWNER' }])
    expect((await as(owner, `/tables/${idIn(newRestaurantId())}`)).status).toBe(404)
  })

  it('is forbidden to a role that may not do it anywhere', async () => {
    const { as } = await accessWorld()
    const response = await as(person('CUSTOMER'), `/tables/${idIn(newRestaurantId())}`)
    expect(response.status).toBe(403)
  })

  it('leaves who works there their role on the platform, and then asks D1 for the log-in', async () => {
    const { as, ask, bearer, deps, reads } = await accessWorld()
    const restaurantId = newRestaurantId()
    const marketing = person('MARKETING', [{ restaurantId, role: 'STAFF' }])
    const path = `/coupons/${idIn(restaurantId)}`
    expect(await (await as(marketing, path)).json()).toEqual({ role: 'MARKETING' })
    expect(reads()).toBe(1)
    await deps.sessions.end(marketing.sessionId, deps.now(), [])
    const response = await ask(`/api/v1${path}`, { headers: await bearer(marketing) })
    expect((await errorOf(response)).reason).toBe('SESSION_ENDED')
  })

  it('takes upper case and refuses what is no id', async () => {
    const { as } = await accessWorld()
    const id = idIn(newRestaurantId())
    const shouted = await as(person('CUSTOMER'), `/orders/${id.toUpperCase()}`)
    expect(await shouted.json()).toMatchObject({ id })
    const wrong = await as(person('CUSTOMER'), '/orders/17')
    expect(wrong.status).toBe(400)
    expect((await errorOf(wrong)).details).toMatchObject({ field: 'id', reason: 'invalid_format' })
  })
})
