import { UnexpectedAnswerError, type Api, type CallOptions } from './api.ts'
import { RESTAURANT_NAME } from './demo-data.ts'

export interface OwnRestaurant {
  id: string
  name: string
}

interface Who {
  memberships: { restaurant_id: string; role: string }[]
}

/**
 * The demo's restaurant of its owner, who may have opened others since; null where there is none yet.
 * After it was renamed it is the first of them.
 */
export async function ownRestaurant(api: Api, token: string): Promise<OwnRestaurant | null> {
  const only = await api.send('GET', '/restaurants/me', { token })
  if (only.status === 200) return only.body as OwnRestaurant
  if (only.status === 404 || only.status === 403) return null
  if (only.status !== 400) throw new UnexpectedAnswerError(only, '200, 400, 403 or 404')
  const { memberships } = await api.ask<Who>('GET', '/auth/me', { token })
  const owned = memberships.filter(({ role }) => role === 'OWNER')
  const all = await Promise.all(
    owned.map(({ restaurant_id: id }) =>
      api.ask<OwnRestaurant>('GET', '/restaurants/me', {
        token,
        headers: { 'x-restaurant-id': id },
      }),
    ),
  )
  return all.find(({ name }) => name === RESTAURANT_NAME) ?? all[0] ?? null
}

/** The same API, where whatever is called with this token is meant for this restaurant. */
export function atRestaurant(api: Api, token: string, id: string): Api {
  const meant = (options: CallOptions = {}): CallOptions =>
    options.token === token
      ? { ...options, headers: { 'x-restaurant-id': id, ...options.headers } }
      : options
  return {
    send: (method, path, options) => api.send(method, path, meant(options)),
    ask: (method, path, options) => api.ask(method, path, meant(options)),
  }
}
