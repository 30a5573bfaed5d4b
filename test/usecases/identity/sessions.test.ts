import { describe, expect, it } from 'vitest'
import { authenticate } from '../../../src/usecases/identity/authenticate.ts'
import { login } from '../../../src/usecases/identity/login.ts'
import {
  endOwnSession,
  endOwnSessions,
  listOwnSessions,
} from '../../../src/usecases/identity/own-sessions.ts'
import { refresh } from '../../../src/usecases/identity/refresh.ts'
import { endTablet, listTablets } from '../../../src/usecases/identity/tablets.ts'
import {
  actorOf,
  GOOD_PASSWORD,
  identityWorld,
  idIn,
  newNetwork,
  newRestaurantId,
  openRestaurant,
  registered,
} from '../../support/identity.ts'

const ENDED = { ok: false, refusal: { kind: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' } }
const UNKNOWN = { ok: false, refusal: { kind: 'NOT_FOUND', what: 'session' } }
const DAY = 24 * 3600_000

type World = Awaited<ReturnType<typeof identityWorld>>

async function loggedIn({ deps }: World, email: string, device?: 'tablet') {
  const result = await login(deps, { email, password: GOOD_PASSWORD, device }, newNetwork())
  if (!result.ok) throw new Error(`refused: ${result.refusal.kind}`)
  return { ...result.value, actor: await actorOf(deps, result.value.accessToken) }
}

async function refreshed({ deps }: World, refreshToken: string) {
  const result = await refresh(deps, { refreshToken })
  return result.ok ? result.value : null
}

describe('the list of my sessions', () => {
  it('has the open ones, the one used last first, and nobody else’s', async () => {
    const world = await identityWorld()
    const { deps } = world
    const { user, accessToken, refreshToken } = await registered(deps)
    await registered(deps)
    const first = await actorOf(deps, accessToken)
    const began = world.world.now
    world.world.now += DAY
    const tablet = await loggedIn(world, user.email, 'tablet')
    world.world.now += DAY
    await refreshed(world, refreshToken)
    expect(await listOwnSessions(deps, first)).toMatchObject([
      { id: first.sessionId, device: 'other', createdAt: began, lastUsedAt: began + 2 * DAY },
      { id: tablet.actor.sessionId, device: 'tablet', lastUsedAt: began + DAY },
    ])
    world.world.now += 6 * DAY + 1
    expect(await listOwnSessions(deps, first)).toMatchObject([{ id: first.sessionId }])
  })
})

describe('ending my sessions', () => {
  it('ends one as its own log-out would: objects told, tokens refused', async () => {
    const world = await identityWorld()
    const { deps } = world
    const { user } = await registered(deps, 'OWNER')
    const restaurantId = await openRestaurant(deps, user.id)
    const [here, there] = [await loggedIn(world, user.email), await loggedIn(world, user.email)]
    const tableId = idIn(newRestaurantId())
    await deps.sessions.bindVisit(there.actor.sessionId, { visitId: idIn(tableId), tableId })
    expect((await endOwnSession(deps, here.actor, there.actor.sessionId)).ok).toBe(true)
    expect(await authenticate(deps, there.accessToken)).toEqual(ENDED)
    expect((await authenticate(deps, here.accessToken)).ok).toBe(true)
    expect(world.world.told.map(({ to }) => to).sort()).toEqual([restaurantId, tableId].sort())
    expect(await endOwnSession(deps, here.actor, there.actor.sessionId)).toEqual(UNKNOWN)
  })

  it('does not know those of others', async () => {
    const world = await identityWorld()
    const { deps } = world
    const mine = await actorOf(deps, (await registered(deps)).accessToken)
    const other = await registered(deps)
    const { sessionId } = await actorOf(deps, other.accessToken)
    expect(await endOwnSession(deps, mine, sessionId)).toEqual(UNKNOWN)
    expect((await authenticate(deps, other.accessToken)).ok).toBe(true)
    expect(await endOwnSession(deps, mine, crypto.randomUUID())).toEqual(UNKNOWN)
  })

  it('ends all but the one that asks, or that one too, and tells each one’s table', async () => {
    const world = await identityWorld()
    const { deps } = world
    const { user, accessToken } = await registered(deps)
    const here = await actorOf(deps, accessToken)
    const [one, two] = [await loggedIn(world, user.email), await loggedIn(world, user.email)]
    const tableId = idIn(newRestaurantId())
    await deps.sessions.bindVisit(one.actor.sessionId, { visitId: idIn(tableId), tableId })
    await endOwnSessions(deps, here, { thisOneToo: false })
    expect((await authenticate(deps, accessToken)).ok).toBe(true)
    for (const { accessToken: token } of [one, two])
      expect(await authenticate(deps, token)).toEqual(ENDED)
    expect(world.world.told).toMatchObject([
      { to: tableId, command: { type: 'end-session', sessionId: one.actor.sessionId } },
    ])
    await endOwnSessions(deps, here, { thisOneToo: true })
    expect(await authenticate(deps, accessToken)).toEqual(ENDED)
    expect(await listOwnSessions(deps, here)).toEqual([])
  })
})

describe('a tablet', () => {
  it('stays logged in for ninety days after each refresh', async () => {
    const world = await identityWorld()
    const { deps } = world
    const { user } = await registered(deps, 'OWNER')
    await openRestaurant(deps, user.id)
    let { refreshToken } = await loggedIn(world, user.email, 'tablet')
    for (let round = 0; round < 3; round += 1) {
      world.world.now += 89 * DAY
      const next = await refreshed(world, refreshToken)
      expect(next).not.toBeNull()
      refreshToken = next!.refreshToken
    }
    world.world.now += 90 * DAY
    expect(await refreshed(world, refreshToken)).toBeNull()
  })

  it('is one only for those who work somewhere, and while they do', async () => {
    const world = await identityWorld()
    const { deps } = world
    const { user: customer } = await registered(deps)
    const private_ = await loggedIn(world, customer.email, 'tablet')
    const { user: owner } = await registered(deps, 'OWNER')
    const restaurantId = await openRestaurant(deps, owner.id)
    const { user: cook } = await registered(deps)
    await deps.staff.setRole({ userId: cook.id, restaurantId, role: 'STAFF' }, world.world.now)
    const kitchen = await loggedIn(world, cook.email, 'tablet')
    await deps.staff.dismiss({ userId: cook.id, restaurantId }, world.world.now)
    const next = await refreshed(world, kitchen.refreshToken)
    world.world.now += 8 * DAY
    expect(await refreshed(world, private_.refreshToken)).toBeNull()
    expect(await refreshed(world, next!.refreshToken)).toBeNull()
  })

  it('is seen and logged out by an owner of the restaurant', async () => {
    const world = await identityWorld()
    const { deps } = world
    const { user } = await registered(deps, 'OWNER')
    const restaurantId = await openRestaurant(deps, user.id)
    const { actor } = await loggedIn(world, user.email)
    const { user: cook } = await registered(deps)
    await deps.staff.setRole({ userId: cook.id, restaurantId, role: 'STAFF' }, world.world.now)
    await loggedIn(world, cook.email)
    const tablet = await loggedIn(world, cook.email, 'tablet')
    const { sessionId } = tablet.actor
    expect(await listTablets(deps, { actor, restaurantId })).toMatchObject({
      ok: true,
      value: [{ id: sessionId, userId: cook.id, userName: '김민수' }],
    })
    world.world.told.length = 0
    expect((await endTablet(deps, { actor, restaurantId, sessionId })).ok).toBe(true)
    expect(world.world.told).toMatchObject([
      { to: restaurantId, command: { type: 'end-session', sessionId } },
    ])
    expect(await refreshed(world, tablet.refreshToken)).toBeNull()
    expect(await listTablets(deps, { actor, restaurantId })).toEqual({ ok: true, value: [] })
  })

  it('is none of the business of staff, of other owners, and of an owner who was logged out', async () => {
    const world = await identityWorld()
    const { deps } = world
    const { user } = await registered(deps, 'OWNER')
    const restaurantId = await openRestaurant(deps, user.id)
    const { user: cook } = await registered(deps)
    await deps.staff.setRole({ userId: cook.id, restaurantId, role: 'STAFF' }, world.world.now)
    const tablet = await loggedIn(world, cook.email, 'tablet')
    const asked = { restaurantId, sessionId: tablet.actor.sessionId }
    expect(await endTablet(deps, { ...asked, actor: tablet.actor })).toMatchObject({
      refusal: { kind: 'FORBIDDEN' },
    })
    const { user: stranger } = await registered(deps, 'OWNER')
    await openRestaurant(deps, stranger.id)
    const { actor: other } = await loggedIn(world, stranger.email)
    expect(await endTablet(deps, { ...asked, actor: other })).toMatchObject({
      refusal: { kind: 'NOT_FOUND', what: 'restaurant' },
    })
    const { actor: owner } = await loggedIn(world, user.email)
    const ofStranger = await loggedIn(world, stranger.email, 'tablet')
    expect(
      await endTablet(deps, { ...asked, sessionId: ofStranger.actor.sessionId, actor: owner }),
    ).toMatchObject({ refusal: { kind: 'NOT_FOUND', what: 'tablet' } })
    await endOwnSessions(deps, owner, { thisOneToo: true })
    expect(await endTablet(deps, { ...asked, actor: owner })).toEqual(ENDED)
  })
})
