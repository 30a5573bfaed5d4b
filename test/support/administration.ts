import { env } from 'cloudflare:workers'
import { drizzle } from 'drizzle-orm/d1'
import { deliveries } from '../../src/db/schema/deliveries.ts'
import { memberships } from '../../src/db/schema/restaurants.ts'
import type { AccountRole, MembershipRole } from '../../src/domain/actor.ts'
import { mintTimedId } from '../../src/domain/ids.ts'
import type { Delivery } from '../../src/domain/outgoing/delivery.ts'
import { createNotifiers } from '../../src/providers/notify/notifiers.ts'
import { createPushSender } from '../../src/providers/push/push-sender.ts'
import { expectDocumented } from './documented.ts'
import { httpWorld, type ErrorBody } from './http.ts'
import { newEmail, newRestaurantId, openRestaurant, random, registered } from './identity.ts'

export interface CreatedPartner {
  id: string
  client_id: string
  client_secret: string
}
export interface Listed<T> {
  items: T[]
  next_cursor: string | null
}

interface Answered<T> {
  status: number
  /** Fields of a success or of the error envelope, whichever came. */
  body: T & ErrorBody
}

/** Administrators and support at the API, every answer held against its document. */
export async function administration() {
  const { world, deps, ask, bearer } = await httpWorld()
  const pushed: { request: Request; body: string }[] = []
  const endpoint = { answer: () => new Response(null, { status: 204 }) }
  const told: { url: string; body: string }[] = []
  const chat = { answer: () => new Response('ok') }
  Object.assign(deps, {
    pushes: createPushSender({
      now: () => deps.now(),
      fetch: async (request) => {
        pushed.push({ request, body: await request.clone().text() })
        return endpoint.answer()
      },
    }),
    notifiers: createNotifiers({
      now: () => deps.now(),
      mail: deps.mail,
      fetch: async (request) => {
        told.push({ url: request.url, body: await request.clone().text() })
        return chat.answer()
      },
    }),
  })

  async function someone(role: AccountRole) {
    const [userId, sessionId] = [crypto.randomUUID(), crypto.randomUUID()]
    const createdAt = deps.now()
    const account = { id: userId, email: newEmail(), name: '관리자', role, createdAt }
    await deps.users.insert({ ...account, passwordHash: 'x' })
    await deps.sessions.insert(
      { id: sessionId, userId, createdAt, endedAt: null, visit: null },
      {
        digest: sessionId,
        sessionId,
        expiresAt: createdAt + 1e12,
        usedAt: null,
        successorDigest: null,
      },
    )
    const call = async <T = object>(
      method: string,
      path: string,
      body?: object,
      headers: Record<string, string> = {},
    ): Promise<Answered<T>> => {
      const token = await bearer({ role, sessionId, userId, memberships: [], visit: null })
      const at = `/api/v1/admin/${path}`
      const response = await ask(at, {
        method,
        headers: { ...token, 'content-type': 'application/json', ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      const answer = {
        status: response.status,
        body: (text === '' ? null : JSON.parse(text)) as T & ErrorBody,
      }
      expectDocumented(method, new URL(at, 'http://x').pathname, answer)
      return answer
    }
    return { userId, call }
  }

  const admin = await someone('ADMIN')
  const create = async (name = '데이터 플랫폼'): Promise<CreatedPartner> =>
    (await admin.call<CreatedPartner>('POST', 'integrations/partners', { name })).body
  const token = (clientId: string, clientSecret: string): Promise<Response> =>
    ask('/api/v1/oauth/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'cf-connecting-ip': crypto.randomUUID() },
      body: JSON.stringify({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
      }),
    })
  /** A restaurant that the platform knows. */
  const restaurant = async (): Promise<string> => {
    const owner = await registered(deps, 'OWNER')
    return openRestaurant(deps, owner.user.id)
  }
  return {
    world,
    deps,
    ask,
    admin,
    someone,
    create,
    token,
    restaurant,
    pushed,
    endpoint,
    told,
    chat,
  }
}

/** Gives somebody work at a restaurant, as its owner would. */
export const hireAt = async (
  restaurantId: string,
  userId: string,
  role: MembershipRole,
): Promise<void> => {
  await drizzle(env.DB).insert(memberships).values({ userId, restaurantId, role, createdAt: 0 })
}

/** A delivery as a destination may be owed one. */
export function aDelivery(more: Partial<Delivery> = {}): Delivery {
  const restaurantId = more.restaurantId ?? newRestaurantId()
  const createdAt = more.createdAt ?? Date.UTC(2026, 10, 20, 3)
  const id = () => mintTimedId(restaurantId.slice(-12), createdAt, random)
  const eventId = id()
  return {
    id: id(),
    destinationKind: 'PUSH',
    destinationId: crypto.randomUUID(),
    dedupeKey: eventId,
    restaurantId,
    eventId,
    eventType: 'NEW_ORDER',
    orderId: null,
    traceId: null,
    state: 'DEAD',
    attempts: 12,
    nextAt: createdAt,
    leaseUntil: null,
    lastStatus: 503,
    lastError: 'STATUS_503',
    createdAt,
    settledAt: createdAt,
    ...more,
  }
}

export const storeDeliveries = async (...rows: Delivery[]): Promise<void> => {
  for (const row of rows) await drizzle(env.DB).insert(deliveries).values(row)
}

/** Everything that is kept of partners, as text: for looking for secrets. */
export async function everythingOfPartners(): Promise<string> {
  const tables = ['partners', 'partner_keys', 'partner_endpoints', 'retries']
  const rows = await Promise.all(
    tables.map((table) => env.DB.prepare(`SELECT * FROM ${table}`).all()),
  )
  return JSON.stringify(rows.map(({ results }) => results))
}
