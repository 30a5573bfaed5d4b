import { STRANGER } from '../../domain/actor.ts'
import { refuse } from '../../domain/result.ts'
import type { App } from '../context.ts'
import { knownUnder, matchesEtag } from '../etag.ts'
import { defineRoute } from '../route.ts'
import { idParams } from '../schemas/common.ts'
import { menuJson, menuSchema } from '../schemas/menu.ts'
import { categoryRoutes } from './categories.ts'
import { itemRoutes } from './items.ts'

/** Price and availability reach readers without a socket within 30 s. */
const CACHE = 'public, max-age=0, s-maxage=30'

/** The menu for everybody, and its parts for those who keep it. */
export function menuRoutes(app: App): void {
  publicMenuRoute(app)
  categoryRoutes(app)
  itemRoutes(app)
}

/** What everybody may read of a restaurant. Answered by its object alone: D1 may be down. */
function publicMenuRoute(app: App): void {
  defineRoute(
    app,
    {
      tag: 'Menu',
      method: 'get',
      path: '/restaurants/{id}/menu',
      operationId: 'getMenu',
      summary: 'The menu',
      description: 'Send `If-None-Match` with the `ETag` of the last answer.',
      permission: 'public',
      idempotency: 'none',
      request: { params: idParams },
      success: { status: 200, description: 'The whole menu', schema: menuSchema },
      alsoAnswers: { 304: 'The caller has this menu already' },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const { id } = c.req.valid('param')
      const known = c.req.header('if-none-match')
      const read = await c.var.deps.restaurants(id).query<'menu'>({
        query: { type: 'menu', knownVersion: newestOf(knownUnder(known, `${id}-`)) },
        asker: STRANGER,
      })
      if (!read.ok) return read
      const version =
        'unchanged' in read.value ? read.value.version : read.value.restaurant.menuVersion
      const etag = `"${id}-${version}"`
      const headers = { ETag: etag, 'Cache-Control': CACHE }
      if ('unchanged' in read.value || matchesEtag(known, etag)) return c.body(null, 304, headers)
      // Another id with the same key is nobody's.
      if (read.value.restaurant.id !== id) return refuse({ kind: 'NOT_FOUND', what: 'restaurant' })
      return c.json(menuJson(read.value), 200, headers)
    },
  )
}

/** Versions only rise: of those the caller has, none but the newest can be the one that stands. */
function newestOf(versions: readonly string[]): number | null {
  const numbers = versions.filter((text) => /^\d{1,15}$/.test(text)).map(Number)
  return numbers.length === 0 ? null : Math.max(...numbers)
}
