import { describe, expect, it } from 'vitest'
import { placeWith, expectStatus } from '../support/story-restaurant.ts'
import { person, stranger } from '../support/story-people.ts'
import { clientOf } from '../support/sockets.ts'
import { GOOD_PASSWORD, newEmail } from '../support/identity.ts'

interface SignedInBody {
  access_token: string
  refresh_token: string
  user: { id: string }
}

/** A restaurant, and a customer's account that is hired there. */
async function kitchen() {
  const { story, place } = await placeWith({ payment_policy: 'POSTPAID' })
  const email = newEmail()
  const cook = expectStatus(
    await stranger(story).post<SignedInBody>(
      '/auth/register',
      { email, password: GOOD_PASSWORD, name: '김민수' },
      { key: null },
    ),
    201,
  )
  let tokens = cook
  const asCook = person(story, () => Promise.resolve(tokens.access_token))
  const refreshed = async () => {
    const { refresh_token } = tokens
    tokens = expectStatus(
      await stranger(story).post<SignedInBody>('/auth/refresh', { refresh_token }, { key: null }),
      200,
    )
  }
  const hired = async (role = 'STAFF') =>
    expectStatus(await place.owner.post('/restaurants/me/staff', { email, role }), 201)
  const dismissed = async () =>
    expectStatus(await place.owner.delete(`/restaurants/me/staff/${cook.user.id}`), 204)
  const board = async () => {
    const response = await story.ask(`/ws/restaurants/${place.id}`, {
      headers: { upgrade: 'websocket', authorization: `Bearer ${tokens.access_token}` },
    })
    return clientOf(response)
  }
  return { story, place, asCook, refreshed, hired, dismissed, board }
}

describe('somebody dismissed in the middle of a shift', () => {
  it('loses the board at once and is refused the next command, until hired again', async () => {
    const { place, asCook, refreshed, hired, dismissed, board } = await kitchen()
    await hired()
    expect((await asCook.get('/restaurants/me/orders')).status).toBe(403)
    await refreshed()
    expect((await asCook.get('/restaurants/me/orders')).status).toBe(200)
    const open = await board()
    await open.heard()
    const guest = await place.guest()
    const order = await place.ordered(guest, { payment_method: 'COUNTER' })
    expect((await open.heard()).map(({ type }) => type)).toContain('NEW_ORDER')

    await dismissed()
    expect(await open.closed).toEqual({ code: 4004, reason: 'MEMBERSHIP_CHANGED' })
    const refused = await place.handle(asCook, order, 'accept')
    expect(refused.status).toBe(401)
    expect(refused.body.error.reason).toBe('MEMBERSHIP_CHANGED')
    await refreshed()
    expect((await place.handle(asCook, order, 'accept')).status).toBe(403)

    await hired()
    await refreshed()
    expect((await place.handle(asCook, order, 'accept')).status).toBe(200)
  })

  it('is refused whichever step the owner’s request died after, once the cron has run', async () => {
    const { story, place, asCook, refreshed, hired } = await kitchen()
    const { body: cook } = await asCook.get<{ id: string }>('/auth/me')
    const path = `/restaurants/me/staff/${cook.id}`
    const headers = { authorization: `Bearer ${await place.owner.token()}` }
    const repeats = new Set<number>()
    for (let after = 0; after < 6; after += 1) {
      await hired()
      await refreshed()
      expect((await asCook.get('/restaurants/me/orders')).status).toBe(200)
      await story.askCut(after, `/api/v1${path}`, { method: 'DELETE', headers })
      story.clockOnly(1)
      await story.cron()
      repeats.add((await place.owner.delete(path)).status)
      expect((await asCook.get('/restaurants/me/orders')).status).toBe(401)
    }
    // Some cuts came before anything was written, some after.
    expect([...repeats].sort()).toEqual([204, 404])
  })
})

describe('a new role', () => {
  it('counts with the next token, and the one from before is refused', async () => {
    const { asCook, refreshed, hired } = await kitchen()
    await hired()
    await refreshed()
    expect((await asCook.patch('/restaurants/me', { name: '새 이름' })).status).toBe(403)
    await hired('OWNER')
    expect((await asCook.get('/restaurants/me/orders')).status).toBe(401)
    await refreshed()
    expect((await asCook.patch('/restaurants/me', { name: '새 이름' })).status).toBe(200)
  })
})
