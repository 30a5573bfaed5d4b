import { env } from 'cloudflare:workers'
import { createProjector } from '../../src/db/projector.ts'
import { SYSTEM, type AccountRole, type Actor } from '../../src/domain/actor.ts'
import type { HttpBindings } from '../../src/http/context.ts'
import { newEmail } from './identity.ts'
import { restaurantHttp, type Headers } from './restaurant-http.ts'

export interface ProductBody {
  id: string
  restaurant_id: string
  restaurant: { id: string; name: string; open: boolean }
  category: { id: string; name: string } | null
  number: number
  name: string
  description: string | null
  price: number
  currency: string
  display_price: { amount: number; currency: string; rate: string; rate_date: string } | null
  is_available: boolean
  stock_state: string
  tags: string[]
}

export interface ProductsBody {
  items: ProductBody[]
  next_cursor: string | null
  as_of: string
}

/** The app over real objects and D1, whose read model takes in events when the test says so. */
export async function catalogueHttp(bindings: Partial<HttpBindings> = {}) {
  const http = await restaurantHttp({ maxBodyBytes: 1_000_000, ...bindings })
  const projector = createProjector(env.DB)

  /** The read model has everything that the restaurant told so far. */
  async function published(restaurantId = http.restaurantId): Promise<void> {
    const told = await http.deps.restaurants(restaurantId).query<'events-after'>({
      query: { type: 'events-after', seq: 0, limit: 1_000 },
      asker: SYSTEM,
    })
    if (!told.ok) throw new Error(told.refusal.kind)
    await projector.project(told.value, http.world.now)
  }

  const created = async (
    path: string,
    body: object,
    as: Headers = http.owner,
  ): Promise<{ id: string }> => {
    const answered = await http.call<{ id: string }>('POST', path, { as, body })
    if (answered.status !== 201) throw new Error(JSON.stringify(answered.body))
    return answered.body
  }
  const category = (name: string, more: object = {}, as?: Headers) =>
    created('/restaurants/me/categories', { name, ...more }, as)
  const item = (categoryId: string, name: string, price: number, more: object = {}, as?: Headers) =>
    created('/restaurants/me/items', { category_id: categoryId, name, price, ...more }, as)
  const products = (query = '', headers: Headers = {}) =>
    http.call<ProductsBody>('GET', `/products${query}`, { headers })
  /** Names of the restaurant's products, as a list has them. */
  const names = async (query = '', restaurantId = http.restaurantId): Promise<string[]> => {
    const { body } = await products(`?restaurant_id=${restaurantId}&sort=name${query}`)
    return body.items.map(({ name }) => name)
  }
  /** Somebody with an account and an open log-in. */
  async function member(
    role: AccountRole,
    memberships: Actor['memberships'] = [],
  ): Promise<Headers> {
    const [userId, sessionId, at] = [crypto.randomUUID(), crypto.randomUUID(), http.world.now]
    const user = { id: userId, email: newEmail(), name: '김민수', role, passwordHash: 'x' }
    await http.deps.users.insert({ ...user, createdAt: at })
    await http.deps.sessions.insert(
      { id: sessionId, userId, createdAt: at, endedAt: null, visit: null },
      {
        ...{ digest: sessionId, sessionId, expiresAt: at + 1 },
        ...{ usedAt: null, successorDigest: null },
      },
    )
    return http.actor({ role, userId, sessionId, memberships })
  }
  const admin = await member('ADMIN')

  return { ...http, member, published, created, category, item, products, names, admin, projector }
}
