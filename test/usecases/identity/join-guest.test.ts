import { describe, expect, it } from 'vitest'
import type { CommandOutcome } from '../../../src/domain/commands.ts'
import type { Deps } from '../../../src/usecases/deps.ts'
import { joinGuest, type Scan } from '../../../src/usecases/identity/join-guest.ts'
import { logout } from '../../../src/usecases/identity/logout.ts'
import { refresh } from '../../../src/usecases/identity/refresh.ts'
import {
  actorOf,
  browsingToken,
  identityWorld,
  idIn,
  newRestaurantId,
  registered,
} from '../../support/identity.ts'

const restaurantId = newRestaurantId()
const tableId = idIn(restaurantId)
const visitId = idIn(restaurantId)
const scan: Scan = { tableId, code: 'the code' }
const seated = (visit = visitId, table = tableId): CommandOutcome => ({
  ok: true,
  value: { visitId: visit, tableId: table, tableName: 'A1', restaurantId },
  replayed: false,
})

async function join(deps: Deps, given: Scan | null, token: string | null = null) {
  const caller = token === null ? null : { token, actor: await actorOf(deps, token) }
  const result = await joinGuest(deps, { caller, scan: given, traceId: 'trace' })
  if (!result.ok) throw new Error(`refused: ${result.refusal.kind}`)
  return { ...result.value, actor: await actorOf(deps, result.value.accessToken) }
}

describe('scanning a table', () => {
  it("puts a fresh guest into the table's visit", async () => {
    const { deps, world } = await identityWorld()
    world.answer = () => seated()
    const { actor, table, expiresInSeconds, sessionId } = await join(deps, scan)
    expect(actor).toEqual({
      role: 'GUEST',
      sessionId,
      userId: null,
      memberships: [],
      visit: { visitId, tableId },
    })
    expect(table).toEqual({ visitId, tableId, tableName: 'A1', restaurantId })
    expect(expiresInSeconds).toBe(12 * 3600)
    expect(world.told).toMatchObject([
      {
        to: tableId,
        command: { type: 'join-visit', tableId, code: 'the code' },
        asker: { role: 'GUEST', sessionId },
        traceId: 'trace',
      },
    ])
  })

  it("passes the object's refusal on and gives no token", async () => {
    const { deps, world } = await identityWorld()
    world.answer = () => ({ ok: false, refusal: { kind: 'WRONG_TABLE_CODE' } })
    expect(await joinGuest(deps, { caller: null, scan, traceId: null })).toEqual({
      ok: false,
      refusal: { kind: 'WRONG_TABLE_CODE' },
    })
  })

  it('keeps the session of a guest who browsed before, or scans again here', async () => {
    const { deps, world } = await identityWorld()
    world.answer = () => seated()
    const browsing = await browsingToken(deps)
    const first = await join(deps, scan, browsing)
    expect(first.sessionId).toBe((await actorOf(deps, browsing)).sessionId)
    const again = await join(deps, scan, first.accessToken)
    expect(again.sessionId).toBe(first.sessionId)
  })

  it('starts a new session at the next restaurant', async () => {
    const { deps, world } = await identityWorld()
    world.answer = () => seated()
    const here = await join(deps, scan)
    const there = idIn(newRestaurantId())
    world.answer = () => seated(idIn(there), there)
    const next = await join(deps, { tableId: there, code: 'x' }, here.accessToken)
    expect(next.sessionId).not.toBe(here.sessionId)
  })

  it('binds a member to the visit in the same session, also after a refresh', async () => {
    const { deps, world } = await identityWorld()
    world.answer = () => seated()
    const { accessToken, refreshToken, user } = await registered(deps)
    const { sessionId } = await actorOf(deps, accessToken)
    const { actor } = await join(deps, scan, accessToken)
    expect(actor).toMatchObject({
      role: 'CUSTOMER',
      userId: user.id,
      sessionId,
      visit: { visitId, tableId },
    })
    const next = await refresh(deps, { refreshToken })
    if (!next.ok) throw new Error('refused')
    expect((await actorOf(deps, next.value.accessToken)).visit).toEqual({ visitId, tableId })
  })

  it("does not prolong a member's token", async () => {
    const { deps, world } = await identityWorld()
    world.answer = () => seated()
    const { accessToken } = await registered(deps)
    world.now += 600_000
    expect((await join(deps, scan, accessToken)).expiresInSeconds).toBe(300)
    expect((await join(deps, null, accessToken)).expiresInSeconds).toBe(300)
  })
})

describe('browsing', () => {
  it('gives a guest token without asking any object', async () => {
    const { deps, world } = await identityWorld()
    const { actor, table } = await join(deps, null)
    expect(actor).toMatchObject({ role: 'GUEST', visit: null })
    expect(table).toBeNull()
    expect(world.told).toEqual([])
  })

  it('does not revive a session that was logged out', async () => {
    const { deps, world } = await identityWorld()
    world.answer = () => seated()
    const { accessToken: token, actor } = await join(deps, scan)
    world.answer = () => ({ ok: true, value: null, replayed: false })
    await logout(deps, { actor })
    const again = await joinGuest(deps, { caller: { actor, token }, scan: null, traceId: null })
    expect(again).toMatchObject({ ok: false, refusal: { reason: 'SESSION_ENDED' } })
  })
})
