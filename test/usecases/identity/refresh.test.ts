import { describe, expect, it } from 'vitest'
import type { Deps } from '../../../src/usecases/deps.ts'
import { refresh } from '../../../src/usecases/identity/refresh.ts'
import { actorOf, identityWorld, openRestaurant, registered } from '../../support/identity.ts'

const SECOND = 1000
const REUSED = { ok: false, refusal: { kind: 'REFRESH_REUSED' } }
const ENDED = { ok: false, refusal: { kind: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' } }
const INVALID = { ok: false, refusal: { kind: 'UNAUTHENTICATED', reason: 'INVALID_TOKEN' } }

async function exchange(deps: Deps, refreshToken: string) {
  const result = await refresh(deps, { refreshToken })
  if (!result.ok) throw new Error(`refused: ${result.refusal.kind}`)
  return result.value
}

describe('refreshing', () => {
  it('exchanges the token for a new pair in the same session', async () => {
    const { deps, world } = await identityWorld()
    const first = await registered(deps)
    world.now += 1000 * SECOND
    const next = await exchange(deps, first.refreshToken)
    expect(next.refreshToken).not.toBe(first.refreshToken)
    expect(next.user).toEqual(first.user)
    const { sessionId } = await actorOf(deps, next.accessToken)
    expect((await deps.tokens.verify('access', first.accessToken, 0))?.actor.sessionId).toBe(
      sessionId,
    )
    expect((await exchange(deps, next.refreshToken)).refreshToken).not.toBe(next.refreshToken)
  })

  it('brings memberships and visit up to date', async () => {
    const { deps } = await identityWorld()
    const { user, accessToken, refreshToken } = await registered(deps, 'OWNER')
    const restaurantId = await openRestaurant(deps, user.id)
    const { sessionId } = await actorOf(deps, accessToken)
    const visit = { visitId: sessionId, tableId: restaurantId }
    await deps.sessions.bindVisit(sessionId, visit)
    const next = await exchange(deps, refreshToken)
    expect(await actorOf(deps, next.accessToken)).toMatchObject({
      memberships: [{ restaurantId, role: 'OWNER' }],
      visit,
    })
  })

  it('gives the same successor to a retry within 60 s, before the successor is used', async () => {
    const { deps, world } = await identityWorld()
    const { refreshToken } = await registered(deps)
    const next = await exchange(deps, refreshToken)
    world.now += 60 * SECOND
    expect((await exchange(deps, refreshToken)).refreshToken).toBe(next.refreshToken)
  })

  it('gives all of twenty that come at once the same successor', async () => {
    const { deps } = await identityWorld()
    const { refreshToken } = await registered(deps)
    const all = await Promise.all(Array.from({ length: 20 }, () => exchange(deps, refreshToken)))
    expect(new Set(all.map((pair) => pair.refreshToken)).size).toBe(1)
    expect((await exchange(deps, all[0]!.refreshToken)).refreshToken).not.toBe(refreshToken)
  })

  it('ends the whole family when a token comes back after its successor was used', async () => {
    const { deps, world } = await identityWorld()
    const { refreshToken } = await registered(deps)
    const second = await exchange(deps, refreshToken)
    const third = await exchange(deps, second.refreshToken)
    world.now += 1 * SECOND
    expect(await refresh(deps, { refreshToken })).toEqual(REUSED)
    expect(await refresh(deps, { refreshToken: third.refreshToken })).toEqual(ENDED)
  })

  it('ends the whole family when a token comes back after 60 s, and tells the objects', async () => {
    const { deps, world } = await identityWorld()
    const { user, refreshToken } = await registered(deps, 'OWNER')
    const restaurantId = await openRestaurant(deps, user.id)
    const next = await exchange(deps, refreshToken)
    world.now += 60 * SECOND + 1
    expect(await refresh(deps, { refreshToken })).toEqual(REUSED)
    expect(await refresh(deps, { refreshToken: next.refreshToken })).toEqual(ENDED)
    expect(world.told).toMatchObject([{ to: restaurantId, command: { type: 'end-session' } }])
    expect(world.logged).toMatchObject([{ kind: 'refresh-reused', userId: user.id }])
  })

  it('leaves other sessions of the user alone', async () => {
    const { deps, world } = await identityWorld()
    const { refreshToken } = await registered(deps)
    const other = await registered(deps)
    await exchange(deps, refreshToken)
    world.now += 61 * SECOND
    await refresh(deps, { refreshToken })
    expect((await refresh(deps, { refreshToken: other.refreshToken })).ok).toBe(true)
  })

  it('refuses a token that expired unused, and one that never was', async () => {
    const { deps, world } = await identityWorld()
    const { refreshToken } = await registered(deps)
    world.now += 7 * 24 * 3600 * SECOND
    expect(await refresh(deps, { refreshToken })).toEqual(INVALID)
    expect(await refresh(deps, { refreshToken: 'never' })).toEqual(INVALID)
  })

  it('lets every exchange start the seven days anew', async () => {
    const { deps, world } = await identityWorld()
    let { refreshToken } = await registered(deps)
    for (let day = 0; day < 3; day += 1) {
      world.now += 6 * 24 * 3600 * SECOND
      refreshToken = (await exchange(deps, refreshToken)).refreshToken
    }
    expect((await refresh(deps, { refreshToken })).ok).toBe(true)
  })
})
