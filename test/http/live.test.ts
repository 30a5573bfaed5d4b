import { describe, expect, it } from 'vitest'
import type { Actor, Asker, Membership } from '../../src/domain/actor.ts'
import { defaultSettings } from '../../src/domain/restaurant/settings.ts'
import { errorOf, httpWorld } from '../support/http.ts'
import {
  actorOf,
  browsingToken,
  newRestaurantId,
  registered,
  unreachableD1,
} from '../support/identity.ts'
import { testRestaurants } from '../support/restaurant.ts'
import { clientOf, dining, typesOf } from '../support/sockets.ts'

const staffOf = (restaurantId: string, role: Membership['role'] = 'STAFF'): Actor => ({
  role: 'OWNER',
  sessionId: crypto.randomUUID(),
  userId: crypto.randomUUID(),
  memberships: [{ restaurantId, role }],
  visit: null,
})

const guestActor = ({ sessionId, visit }: Asker): Actor => ({
  role: 'GUEST',
  sessionId,
  userId: null,
  memberships: [],
  visit,
})

/** A restaurant on the real object, with the app in front of it. */
async function liveWorld() {
  const restaurant = await dining()
  const http = await httpWorld()
  const { deps, ask, world } = http
  deps.restaurants = testRestaurants
  const tokenOf = (actor: Actor, ttlSeconds = 900) =>
    deps.tokens.issue('access', actor, {
      id: crypto.randomUUID(),
      issuedAt: deps.now(),
      ttlSeconds,
    })
  const upgrade = (path: string, headers: Record<string, string> = {}) =>
    ask(path, { headers: { upgrade: 'websocket', ...headers } })
  const authorization = (token: string) => ({ authorization: `Bearer ${token}` })
  const mine = await restaurant.seated(crypto.randomUUID())
  const order = await restaurant.place(mine)
  const guestToken = await tokenOf(guestActor(mine), 12 * 3600)
  const staffToken = await tokenOf(staffOf(restaurant.id))
  const buyTicket = async (token: string) => {
    const response = await ask('/api/v1/ws-tickets', {
      method: 'POST',
      headers: authorization(token),
    })
    expect(response.status).toBe(201)
    return response.json<{ ticket: string; expires_at: string }>()
  }
  return {
    ...{ restaurant, deps, ask, world, upgrade, authorization, tokenOf, buyTicket },
    ...{ mine, order, guestToken, staffToken },
    board: `/ws/restaurants/${restaurant.id}`,
    watching: `/ws/orders/${order.id}`,
    /** Both clocks: the Worker's and the object's. */
    passes: (ms: number): void => {
      world.now += ms
      restaurant.passes(ms)
    },
  }
}

describe('connecting', () => {
  it('takes the token from the header', async () => {
    const { upgrade, authorization, staffToken, board, restaurant } = await liveWorld()
    const response = await upgrade(board, authorization(staffToken))
    expect(response.status).toBe(101)
    expect(response.headers.get('sec-websocket-protocol')).toBeNull()
    const client = clientOf(response)
    expect(typesOf(await client.heard())).toEqual(['SNAPSHOT'])
    await restaurant.soldOut(true)
    expect(typesOf(await client.heard())).toEqual(['SOLD_OUT'])
  })

  it.each([
    ['alone', (bearer: string) => bearer, (bearer: string) => bearer],
    ['before ordersync', (bearer: string) => `${bearer}, ordersync`, () => 'ordersync'],
    ['after ordersync', (bearer: string) => `ordersync,${bearer}`, () => 'ordersync'],
  ])('takes the token from a subprotocol %s, and selects one', async (_, offer, selected) => {
    const { upgrade, guestToken, watching } = await liveWorld()
    const bearer = `bearer.${guestToken}`
    const response = await upgrade(watching, { 'sec-websocket-protocol': offer(bearer) })
    expect(response.headers.get('sec-websocket-protocol')).toBe(selected(bearer))
    expect(typesOf(await clientOf(response).heard())).toEqual(['SNAPSHOT'])
  })

  it('goes on after the number given', async () => {
    const { upgrade, authorization, staffToken, board, restaurant } = await liveWorld()
    const client = clientOf(await upgrade(board, authorization(staffToken)))
    const [snapshot] = await client.heard()
    await restaurant.soldOut(true)
    const again = await upgrade(`${board}?after=${snapshot!.seq}`, authorization(staffToken))
    expect(typesOf(await clientOf(again).heard())).toEqual(['SOLD_OUT'])
  })

  it.each(['-1', '1.5', 'latest', '', '1e3', '9'.repeat(17)])(
    'refuses %j as the last number',
    async (after) => {
      const { upgrade, authorization, staffToken, board } = await liveWorld()
      const response = await upgrade(`${board}?after=${after}`, authorization(staffToken))
      expect(response.status).toBe(400)
      expect((await errorOf(response)).details).toMatchObject({ field: 'after' })
    },
  )

  it('needs an upgrade', async () => {
    const { ask, authorization, staffToken, board } = await liveWorld()
    const response = await ask(board, { headers: authorization(staffToken) })
    expect(response.status).toBe(400)
    expect((await errorOf(response)).details).toMatchObject({
      field: 'Upgrade',
      reason: 'required',
    })
  })

  it('needs a genuine token that has not run out', async () => {
    const { upgrade, authorization, staffToken, board, world } = await liveWorld()
    const nobody = await upgrade(board)
    expect(nobody.status).toBe(401)
    expect((await errorOf(nobody)).reason).toBe('MISSING')
    expect(nobody.headers.get('x-content-type-options')).toBe('nosniff')
    const forged = await upgrade(board, { 'sec-websocket-protocol': 'bearer.a.b.c' })
    expect((await errorOf(forged)).reason).toBe('INVALID_TOKEN')
    world.now += 901_000
    expect((await upgrade(board, authorization(staffToken))).status).toBe(401)
  })

  it('does not need the platform database for those at work or at a table', async () => {
    const { upgrade, authorization, staffToken, guestToken, board, watching, deps } =
      await liveWorld()
    Object.assign(deps, unreachableD1(deps))
    expect((await upgrade(board, authorization(staffToken))).status).toBe(101)
    expect((await upgrade(watching, authorization(guestToken))).status).toBe(101)
  })
})

describe('who may watch', () => {
  it('is not told by headers that only the Worker sets', async () => {
    const { upgrade, authorization, deps, watching, mine, board, restaurant } = await liveWorld()
    const stranger = authorization(await browsingToken(deps))
    const wish = { asker: { ...mine, role: 'OWNER' }, expiresAt: 9e15, restaurantId: restaurant.id }
    const forged = { 'x-ordersync-socket': JSON.stringify(wish) }
    expect((await upgrade(watching, { ...stranger, ...forged })).status).toBe(404)
    expect((await upgrade(board, { ...stranger, ...forged })).status).toBe(403)
  })

  it('is whose order it is, and the staff', async () => {
    const { upgrade, authorization, tokenOf, staffToken, watching, restaurant, deps } =
      await liveWorld()
    const another = guestActor(await restaurant.seated(crypto.randomUUID()))
    const refused = await upgrade(watching, authorization(await tokenOf(another)))
    expect(refused.status).toBe(404)
    expect((await errorOf(refused)).details).toEqual({ what: 'order' })
    expect((await upgrade(watching, authorization(staffToken))).status).toBe(101)
    const elsewhere = await registered(deps, 'OWNER')
    expect((await upgrade(watching, authorization(elsewhere.accessToken))).status).toBe(404)
  })

  it('of the board is staff: other tenants do not know it, guests and customers are forbidden', async () => {
    const { upgrade, authorization, guestToken, deps, board } = await liveWorld()
    expect((await upgrade(board, authorization(guestToken))).status).toBe(403)
    const customer = await registered(deps)
    expect((await upgrade(board, authorization(customer.accessToken))).status).toBe(403)
    const owner = await registered(deps, 'OWNER')
    expect((await upgrade(board, authorization(owner.accessToken))).status).toBe(404)
  })

  it('is an owner whose token is older than the restaurant', async () => {
    const { upgrade, authorization, deps, board, restaurant } = await liveWorld()
    const owner = await registered(deps, 'OWNER')
    const { id, key } = restaurant
    const at = deps.now()
    await deps.registry.register(
      {
        ...{ id, key, createdAt: at, initializedAt: at },
        ownerId: (await actorOf(deps, owner.accessToken)).userId!,
        settings: defaultSettings({ name: '맛있는 치킨집' }),
      },
      null,
      'fingerprint',
    )
    expect((await upgrade(board, authorization(owner.accessToken))).status).toBe(101)
  })

  it('is nobody where there is no restaurant', async () => {
    const { upgrade, authorization, tokenOf, deps } = await liveWorld()
    const id = newRestaurantId()
    const headers = authorization(await tokenOf(staffOf(id)))
    expect((await upgrade(`/ws/restaurants/${id}`, headers)).status).toBe(404)
    const member = authorization((await registered(deps, 'OWNER')).accessToken)
    expect((await upgrade('/ws/orders/17', member)).status).toBe(400)
  })

  it('is nobody whose session has ended: sockets close and stay closed', async () => {
    const { ask, upgrade, authorization, guestToken, watching } = await liveWorld()
    const client = clientOf(await upgrade(watching, authorization(guestToken)))
    await client.heard()
    const method = 'POST'
    await ask('/api/v1/auth/logout', { method, headers: authorization(guestToken) })
    expect((await client.closed).reason).toBe('SESSION_ENDED')
    const again = await upgrade(watching, authorization(guestToken))
    expect((await errorOf(again)).reason).toBe('SESSION_ENDED')
  })

  it('is a customer only while D1 says that the session is open', async () => {
    const { ask, upgrade, authorization, deps, restaurant } = await liveWorld()
    const { accessToken } = await registered(deps)
    const { sessionId, userId } = await actorOf(deps, accessToken)
    const asker: Asker = { role: 'CUSTOMER', sessionId, userId, visit: null }
    const order = await restaurant.place(asker)
    const path = `/ws/orders/${order.id}`
    expect((await upgrade(path, authorization(accessToken))).status).toBe(101)
    await ask('/api/v1/auth/logout', { method: 'POST', headers: authorization(accessToken) })
    expect((await upgrade(path, authorization(accessToken))).status).toBe(401)
  })
})

describe('a ticket', () => {
  it('opens one socket, once', async () => {
    const { buyTicket, upgrade, guestToken, watching } = await liveWorld()
    const { ticket } = await buyTicket(guestToken)
    const client = clientOf(await upgrade(`${watching}?ticket=${ticket}`))
    expect(typesOf(await client.heard())).toEqual(['SNAPSHOT'])
    const again = await upgrade(`${watching}?ticket=${ticket}`)
    expect(again.status).toBe(401)
    expect((await errorOf(again)).reason).toBe('INVALID_TOKEN')
  })

  it('lives for 30 seconds', async () => {
    const { buyTicket, upgrade, guestToken, watching, deps, passes } = await liveWorld()
    const { ticket, expires_at: expiresAt } = await buyTicket(guestToken)
    expect(Date.parse(expiresAt) - deps.now()).toBe(30_000)
    passes(30_000)
    expect((await upgrade(`${watching}?ticket=${ticket}`)).status).toBe(401)
  })

  it('is no access token, and an access token is no ticket', async () => {
    const { ask, buyTicket, upgrade, authorization, staffToken, guestToken, board, watching } =
      await liveWorld()
    const { ticket } = await buyTicket(guestToken)
    const method = 'POST'
    for (const path of ['/api/v1/ws-tickets', '/api/v1/auth/logout'])
      expect((await ask(path, { method, headers: authorization(ticket) })).status).toBe(401)
    expect((await ask(`/api/v1/auth/logout?ticket=${ticket}`, { method })).status).toBe(401)
    expect((await upgrade(watching, authorization(ticket))).status).toBe(401)
    expect((await upgrade(`${board}?ticket=${staffToken}`)).status).toBe(401)
  })

  it('lets its socket live as long as the token it was got by', async () => {
    const { buyTicket, upgrade, guestToken, watching, restaurant, passes } = await liveWorld()
    const { ticket } = await buyTicket(guestToken)
    const client = clientOf(await upgrade(`${watching}?ticket=${ticket}`))
    await client.heard()
    passes(12 * 3_600_000 - 1_000)
    await restaurant.ringAlarm()
    await client.heard()
    passes(1_000)
    await restaurant.ringAlarm()
    expect((await client.closed).reason).toBe('TOKEN_EXPIRED')
  })

  it('needs a token', async () => {
    const { ask } = await liveWorld()
    expect((await ask('/api/v1/ws-tickets', { method: 'POST' })).status).toBe(401)
  })

  it('stays out of the logs, as tokens do', async () => {
    const { buyTicket, upgrade, guestToken, watching, world } = await liveWorld()
    const { ticket } = await buyTicket(guestToken)
    await upgrade(`${watching}?ticket=${ticket}`)
    await upgrade(watching, { 'sec-websocket-protocol': `bearer.${guestToken}` })
    const text = JSON.stringify(world.logged)
    expect(text).toContain('/ws/orders/')
    expect(text).not.toContain(ticket)
    expect(text).not.toContain(guestToken)
  })
})

describe('a guest who has no table', () => {
  it('comes back every quarter of an hour, since a log-out is not pushed there', async () => {
    const { upgrade, authorization, tokenOf, restaurant, passes } = await liveWorld()
    const sessionId = crypto.randomUUID()
    const asker: Asker = { role: 'GUEST', sessionId, userId: null, visit: null }
    const order = await restaurant.place(asker)
    const token = await tokenOf(guestActor(asker), 12 * 3600)
    const path = `/ws/orders/${order.id}`
    const client = clientOf(await upgrade(path, authorization(token)))
    await client.heard()
    passes(900_000)
    await restaurant.ringAlarm()
    expect((await client.closed).reason).toBe('TOKEN_EXPIRED')
    expect((await upgrade(path, authorization(token))).status).toBe(101)
  })
})
