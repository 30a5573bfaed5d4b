/**
 * Clients of the designs that this API grew out of call other paths. This table says what each means;
 * docs/api-map.md lists it. Nothing is done here that the canonical paths do not do.
 */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface Spelling {
  method: Method
  /** In OpenAPI's spelling; parameters of the same name carry over. */
  path: string
}

export interface Respelled extends Spelling {
  /** Its path is under the API's root. */
  canonical: Spelling
}

/** Requests whose bodies differ too (routes/source.ts says how). */
export interface Translated extends Respelled {
  translation: Translation
}

export type Translation =
  | 'foods'
  | 'food'
  | 'tables'
  | 'new-table'
  | 'table'
  | 'table-orders'
  | 'table-reset'
  | 'new-order'
  | 'history'
  | 'pre-order'
  | 'payment-status'

export const API_ROOT = '/api/v1'

const same = (method: Method, path: string, canonical: string): Respelled => ({
  ...{ method, path },
  canonical: { method, path: canonical },
})

/** Other words for the same request; answered with and without the API's root before them. */
export const RESPELLED: readonly Respelled[] = [
  same('GET', '/menu', '/menus'),
  same('GET', '/menu/popular', '/menus/popular'),
  same('POST', '/user/{user_id}/points/charge', '/users/{user_id}/points/charge'),
  same('POST', '/auth/signup', '/auth/register'),
  same('GET', '/cart', '/carts/current'),
  same('DELETE', '/cart', '/carts/current'),
  same('PUT', '/cart/items', '/carts/current/items'),
  same('POST', '/cart/items', '/carts/current/items'),
  same('PUT', '/cart/items/{item_id}', '/carts/current/items/{item_id}'),
  same('DELETE', '/cart/items/{item_id}', '/carts/current/items/{item_id}'),
  same('POST', '/cart/merge', '/carts/merge'),
  {
    ...{ method: 'PUT', path: '/orders/{id}/cancel' },
    canonical: { method: 'POST', path: '/orders/{id}/cancel' },
  },
  same('POST', '/payments/webhook', '/payments/webhook/stripe'),
]

/** As it came, but under a path of its own: with a slash at its end, or without. */
export const SLASHED: readonly Respelled[] = [
  same('POST', '/api/webhook/payment/', '/payments/webhook/payaction'),
]

const translated = (
  translation: Translation,
  method: Method,
  path: string,
  canonical: Spelling,
): Translated => ({ translation, method, path, canonical })

/** Of the deployment's default restaurant. */
export const TRANSLATED: readonly Translated[] = [
  translated('foods', 'GET', '/api/foods/', { method: 'GET', path: '/restaurants/{id}/menu' }),
  translated('food', 'GET', '/api/foods/{food}/', {
    method: 'GET',
    path: '/restaurants/{id}/menu',
  }),
  translated('tables', 'GET', '/api/tables/', { method: 'GET', path: '/tables' }),
  translated('new-table', 'POST', '/api/tables/create/', { method: 'POST', path: '/tables' }),
  translated('table', 'GET', '/api/tables/{id}/', { method: 'GET', path: '/tables/{id}' }),
  translated('table-orders', 'GET', '/api/tables/{id}/orders/', {
    method: 'GET',
    path: '/tables/{id}/orders',
  }),
  translated('table-reset', 'DELETE', '/api/tables/{id}/orders/reset/', {
    method: 'POST',
    path: '/tables/{id}/reset',
  }),
  translated('new-order', 'POST', '/api/orders/', {
    method: 'POST',
    path: '/tables/{table_id}/orders',
  }),
  translated('history', 'GET', '/api/orders/history/', {
    method: 'GET',
    path: '/restaurants/me/orders',
  }),
  translated('pre-order', 'POST', '/api/orders/pre-order/{table_id}/', {
    method: 'POST',
    path: '/tables/{table_id}/orders',
  }),
  translated('payment-status', 'GET', '/api/orders/{id}/payment-status/', {
    method: 'GET',
    path: '/orders/{id}/payment-status',
  }),
]

interface Asked {
  method: string
  path: string
}

interface Row extends Respelled {
  parts: readonly string[]
}

/** The word that a path begins with. */
export function firstWord(path: string): string {
  const end = path.indexOf('/', 1)
  return path.slice(1, end === -1 ? undefined : end)
}

const byFirstWord = new Map<string, Row[]>()
for (const row of RESPELLED) {
  const word = firstWord(row.path)
  byFirstWord.set(word, [...(byFirstWord.get(word) ?? []), { ...row, parts: row.path.split('/') }])
}
const slashed = new Map(
  SLASHED.flatMap(({ method, path, canonical }) =>
    withAndWithoutSlash(path).map((spelled): [string, Spelling] => [
      `${method} ${spelled}`,
      canonical,
    ]),
  ),
)

/** Both spellings of a path that its clients end with a slash. */
export function withAndWithoutSlash(path: string): readonly [string, string] {
  return [path, path.replace(/\/$/, '')]
}

/**
 * The canonical request that another spelling stands for; null where it is one itself, or nothing of
 * ours. `words`: those that paths under the API's root begin with.
 */
export function canonicalOf(asked: Asked, words: ReadonlySet<string>): Asked | null {
  const { path } = asked
  // A HEAD is answered as its GET.
  const method = asked.method === 'HEAD' ? 'GET' : asked.method
  const rooted = path.startsWith(`${API_ROOT}/`)
  const below = rooted ? path.slice(API_ROOT.length) : path
  const word = firstWord(below)
  for (const row of byFirstWord.get(word) ?? []) {
    const found = row.method === method ? filledIn(row, below.split('/')) : null
    if (found !== null) return { method: row.canonical.method, path: API_ROOT + found }
  }
  if (rooted) return null
  if (words.has(word)) return { method, path: API_ROOT + path }
  const moved = slashed.get(`${method} ${path}`)
  return moved === undefined ? null : { method: moved.method, path: API_ROOT + moved.path }
}

/** The canonical path with what stands in the parameters' places; null where the path is another. */
function filledIn({ parts, canonical }: Row, sent: readonly string[]): string | null {
  if (sent.length !== parts.length) return null
  let { path } = canonical
  for (const [at, part] of parts.entries()) {
    const given = sent[at] ?? ''
    if (!part.startsWith('{')) {
      if (part !== given) return null
    } else if (given === '') return null
    else path = path.replace(part, () => given)
  }
  return path
}
