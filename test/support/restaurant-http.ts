import { env } from 'cloudflare:workers'
import type { Actor, VisitClaim } from '../../src/domain/actor.ts'
import type { HttpBindings } from '../../src/http/context.ts'
import { createR2Images } from '../../src/providers/r2-images.ts'
import { httpWorld } from './http.ts'
import { GOOD_PASSWORD, newEmail } from './identity.ts'
import { testRestaurants } from './restaurant.ts'

export type Headers = Record<string, string>

export interface Reply<B> {
  status: number
  headers: globalThis.Headers
  body: B
}

/** The app over real objects and D1, with an owner who has opened a restaurant. */
export async function restaurantHttp(bindings: Partial<HttpBindings> = {}) {
  const http = await httpWorld(undefined, { maxBodyBytes: 100_000, ...bindings })
  http.deps.restaurants = testRestaurants
  http.deps.images = createR2Images(env.IMAGES)

  /** Sends a request; the answer's body is JSON where it has one. */
  async function call<B = Record<string, unknown>>(
    method: string,
    path: string,
    { as = {}, body, headers = {} }: { as?: Headers; body?: unknown; headers?: Headers } = {},
  ): Promise<Reply<B>> {
    const response = await http.ask(`/api/v1${path}`, {
      method,
      headers: {
        ...as,
        ...headers,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : text) as B,
    }
  }

  async function newOwner(): Promise<Headers> {
    const { body } = await call<{ access_token: string }>('POST', '/auth/register', {
      body: { email: newEmail(), password: GOOD_PASSWORD, name: '김사장', role: 'OWNER' },
    })
    return { authorization: `Bearer ${body.access_token}` }
  }

  const actor = (more: Partial<Actor>): Promise<Headers> =>
    http.bearer({
      role: 'GUEST',
      sessionId: crypto.randomUUID(),
      userId: null,
      memberships: [],
      visit: null,
      ...more,
    })

  const owner = await newOwner()
  const opened = await call<{ id: string }>('POST', '/restaurants', {
    as: owner,
    body: {
      name: '맛있는 치킨집',
      payment_policy: 'POSTPAID',
      payment_methods: ['COUNTER', 'CARD'],
      table_access: 'SCAN',
    },
  })
  const restaurantId = opened.body.id
  const staff = await actor({
    role: 'STAFF',
    userId: crypto.randomUUID(),
    memberships: [{ restaurantId, role: 'STAFF' }],
  })

  return {
    ...http,
    call,
    newOwner,
    actor,
    owner,
    staff,
    opened,
    restaurantId,
    /** A guest at a table, as a scan would have it. */
    guestAt: (visit: VisitClaim, sessionId = crypto.randomUUID()): Promise<Headers> =>
      actor({ visit, sessionId }),
  }
}

export type RestaurantHttp = Awaited<ReturnType<typeof restaurantHttp>>
export type Envelope = {
  error: { code: string; reason?: string; details?: Record<string, unknown> }
}
