import { describe, expect, it } from 'vitest'
import { authenticate } from '../../../src/usecases/identity/authenticate.ts'
import { joinGuest } from '../../../src/usecases/identity/join-guest.ts'
import { login } from '../../../src/usecases/identity/login.ts'
import { logout } from '../../../src/usecases/identity/logout.ts'
import { pushPendingRevocations } from '../../../src/usecases/identity/push-pending-revocations.ts'
import { refresh } from '../../../src/usecases/identity/refresh.ts'
import { sweepSessions } from '../../../src/usecases/identity/sweep-sessions.ts'
import type { CommandOutcome } from '../../../src/domain/commands.ts'
import {
  actorOf,
  browsingToken,
  GOOD_PASSWORD,
  identityWorld,
  idIn,
  newNetwork,
  newRestaurantId,
  openRestaurant,
  registered,
  unreachableD1,
} from '../../support/identity.ts'

const ENDED = { ok: false, refusal: { kind: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' } }
const INVALID = { ok: false, refusal: { kind: 'UNAUTHENTICATED', reason: 'INVALID_TOKEN' } }
const seated = (tableId: string): CommandOutcome => ({
  ok: true,
  value: { visitId: idIn(tableId), tableId, tableName: 'A1', restaurantId: tableId },
  replayed: false,
})

describe('logging out', () => {
  it("refuses a member's access token and refresh token from the next request on", async () => {
    const { deps } = await identityWorld()
    const { accessToken, refreshToken } = await registered(deps)
    expect((await authenticate(deps, accessToken)).ok).toBe(true)
    expect(await logout(deps, { actor: await actorOf(deps, accessToken) })).toMatchObject({
      ok: true,
    })
    expect(await authenticate(deps, accessToken)).toEqual(ENDED)
    expect(await refresh(deps, { refreshToken })).toEqual(ENDED)
  })

  it('tells every object that any token of the session may name, newer tokens included', async () => {
    const { deps, world } = await identityWorld()
    const { user, accessToken } = await registered(deps, 'OWNER')
    const actor = await actorOf(deps, accessToken)
    const restaurantId = await openRestaurant(deps, user.id)
    const tableId = idIn(newRestaurantId())
    await deps.sessions.bindVisit(actor.sessionId, { visitId: idIn(tableId), tableId })
    await logout(deps, { actor })
    expect(world.told.map(({ to }) => to).sort()).toEqual([restaurantId, tableId].sort())
    expect(world.told[0]).toMatchObject({
      command: { type: 'end-session', sessionId: actor.sessionId },
      asker: { role: 'SYSTEM' },
    })
    expect(await deps.sessions.pendingRevocations(100)).toEqual([])
  })

  it("tells the restaurants of the caller's latest orders, each once: sockets may be open there", async () => {
    const { deps, world } = await identityWorld()
    const { accessToken } = await registered(deps)
    const restaurantId = newRestaurantId()
    world.ordered = [idIn(restaurantId), idIn(restaurantId)]
    await logout(deps, { actor: await actorOf(deps, accessToken) })
    const guest = await actorOf(deps, await browsingToken(deps))
    await logout(deps, { actor: guest })
    expect(world.told.map(({ to }) => to.slice(-12))).toEqual([
      restaurantId.slice(-12),
      restaurantId.slice(-12),
    ])
    expect(world.told[1]).toMatchObject({ command: { sessionId: guest.sessionId } })
  })

  it('has the object remember it for longer than any token lives', async () => {
    const { deps, world } = await identityWorld()
    const { user } = await registered(deps, 'OWNER')
    await openRestaurant(deps, user.id)
    const { accessToken } = await signedInAgain(deps, user.email)
    await logout(deps, { actor: await actorOf(deps, accessToken) })
    const [told] = world.told
    const { forgetAfter } = told!.command as { forgetAfter: number }
    expect(forgetAfter).toBeGreaterThan(world.now + 900_000)
  })

  it('is finished by the cron when an object was out of reach', async () => {
    const { deps, world } = await identityWorld()
    const { user, accessToken } = await registered(deps, 'OWNER')
    const restaurantId = await openRestaurant(deps, user.id)
    world.answer = () => Promise.reject(new Error('reset'))
    expect((await logout(deps, { actor: await actorOf(deps, accessToken) })).ok).toBe(true)
    expect(world.told).toHaveLength(3)
    expect(await deps.sessions.pendingRevocations(100)).toMatchObject([{ restaurantId }])
    expect(await pushPendingRevocations(deps)).toEqual({ pushed: 0, failed: 1 })

    world.answer = () => ({ ok: true, value: null, replayed: false })
    expect(await pushPendingRevocations(deps)).toEqual({ pushed: 1, failed: 0 })
    expect(await deps.sessions.pendingRevocations(100)).toEqual([])
  })

  it('asks nothing more of an object that was never set up', async () => {
    const { deps, world } = await identityWorld()
    const { user, accessToken } = await registered(deps, 'OWNER')
    await openRestaurant(deps, user.id)
    world.answer = () => ({ ok: false, refusal: { kind: 'NOT_FOUND', what: 'restaurant' } })
    await logout(deps, { actor: await actorOf(deps, accessToken) })
    expect(await deps.sessions.pendingRevocations(100)).toEqual([])
  })

  it('ends a browsing guest in D1', async () => {
    const { deps, world } = await identityWorld()
    const token = await browsingToken(deps)
    expect((await authenticate(deps, token)).ok).toBe(true)
    await logout(deps, { actor: await actorOf(deps, token) })
    expect(await authenticate(deps, token)).toEqual(ENDED)
    expect(world.told).toEqual([])
  })

  it("ends a table's guest in the table's object", async () => {
    const { deps, world } = await identityWorld()
    const tableId = idIn(newRestaurantId())
    world.answer = () => seated(tableId)
    const joined = await joinGuest(deps, {
      caller: null,
      scan: { tableId, code: 'code' },
      traceId: null,
    })
    if (!joined.ok) throw new Error('refused')
    const actor = await actorOf(deps, joined.value.accessToken)
    world.told.length = 0
    world.answer = () => ({ ok: true, value: null, replayed: false })
    await logout(deps, { actor })
    expect(world.told).toMatchObject([
      { to: tableId, command: { type: 'end-session', sessionId: actor.sessionId } },
    ])
    const elsewhere = { restaurantId: newRestaurantId() }
    expect(await authenticate(deps, joined.value.accessToken, elsewhere)).toEqual(ENDED)
  })

  it("says so when the table's object is out of reach", async () => {
    const { deps, world } = await identityWorld()
    const tableId = idIn(newRestaurantId())
    world.answer = () => Promise.reject(new Error('reset'))
    const actor = {
      ...(await actorOf(deps, await browsingToken(deps))),
      visit: { visitId: idIn(tableId), tableId },
    }
    expect(await logout(deps, { actor })).toMatchObject({
      ok: false,
      refusal: { kind: 'TEMPORARILY_UNAVAILABLE' },
    })
  })
})

describe('authenticating', () => {
  it('refuses what is not a genuine access token', async () => {
    const { deps, world } = await identityWorld()
    const { accessToken } = await registered(deps)
    const actor = await actorOf(deps, accessToken)
    const ticket = await deps.tokens.issue('ticket', actor, {
      id: actor.sessionId,
      issuedAt: world.now,
      ttlSeconds: 30,
    })
    for (const token of ['', 'x', `${accessToken}x`, ticket])
      expect(await authenticate(deps, token)).toEqual(INVALID)
    world.now += 900_000
    expect(await authenticate(deps, accessToken)).toEqual(INVALID)
  })

  it('refuses a genuine token of a session that D1 does not know', async () => {
    const { deps } = await identityWorld()
    const actor = await actorOf(deps, (await registered(deps)).accessToken)
    const token = await deps.tokens.issue(
      'access',
      { ...actor, sessionId: newRestaurantId() },
      { id: actor.sessionId, issuedAt: deps.now(), ttlSeconds: 900 },
    )
    expect(await authenticate(deps, token)).toEqual(ENDED)
  })

  it('asks no D1 where the object decides: staff in their restaurant, guests at their table', async () => {
    const { deps } = await identityWorld()
    const { user } = await registered(deps, 'OWNER')
    const restaurantId = await openRestaurant(deps, user.id)
    const { accessToken } = await signedInAgain(deps, user.email)
    const guest = {
      ...(await actorOf(deps, await browsingToken(deps))),
      visit: { visitId: idIn(restaurantId), tableId: idIn(restaurantId) },
    }
    const life = { id: guest.sessionId, issuedAt: deps.now(), ttlSeconds: 900 }
    const seatedToken = await deps.tokens.issue('access', guest, life)

    const cut = unreachableD1(deps)
    expect((await authenticate(cut, accessToken, { restaurantId })).ok).toBe(true)
    expect((await authenticate(cut, accessToken, { own: true })).ok).toBe(true)
    expect((await authenticate(cut, seatedToken)).ok).toBe(true)
    expect((await authenticate(cut, seatedToken, { restaurantId })).ok).toBe(true)

    const elsewhere = { restaurantId: newRestaurantId() }
    for (const [token, destination] of [
      [accessToken, {}],
      [accessToken, elsewhere],
      [seatedToken, elsewhere],
    ] as const)
      await expect(authenticate(cut, token, destination)).rejects.toThrow('D1 was asked')
  })
})

describe('sweeping sessions by cron', () => {
  it('goes on until nothing expired is left', async () => {
    const { deps, world } = await identityWorld()
    const { refreshToken } = await registered(deps)
    world.now += 8 * 24 * 3600 * 1000
    expect(await sweepSessions(deps)).toBeGreaterThan(0)
    expect(await sweepSessions(deps)).toBe(0)
    expect(await refresh(deps, { refreshToken })).toEqual(INVALID)
  })
})

async function signedInAgain(
  deps: Parameters<typeof registered>[0],
  email: string,
): Promise<{ accessToken: string }> {
  const result = await login(deps, { email, password: GOOD_PASSWORD }, newNetwork())
  if (!result.ok) throw new Error('refused')
  return result.value
}
