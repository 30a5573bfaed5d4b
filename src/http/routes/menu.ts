import type { App } from '../context.ts'
import { matchesEtag } from '../etag.ts'
import { publicMenu } from '../public-menu.ts'
import { defineRoute } from '../route.ts'
import { idParams } from '../schemas/common.ts'
import { menuSchema } from '../schemas/menu.ts'
import { categoryRoutes } from './categories.ts'
import { itemImageRoutes } from './images.ts'
import { itemRoutes } from './items.ts'
import { menuFileRoutes } from './menu-file.ts'
import { optionRoutes } from './options.ts'

/** Price and availability reach readers without a socket within 30 s. */
const CACHE = 'public, max-age=0, s-maxage=30'

/** The menu for everybody, and its parts for those who keep it. */
export function menuRoutes(app: App): void {
  publicMenuRoute(app)
  categoryRoutes(app)
  itemRoutes(app)
  optionRoutes(app)
  itemImageRoutes(app)
  menuFileRoutes(app)
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
      summary: "The menu in the caller's language",
      description: 'Send `If-None-Match` with the `ETag` of the last answer.',
      permission: 'public',
      cached: {},
      idempotency: 'none',
      request: { params: idParams },
      success: { status: 200, description: 'The whole menu', schema: menuSchema },
      alsoAnswers: { 304: 'The caller has this menu already' },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const { id } = c.req.valid('param')
      const read = await publicMenu(c, id)
      if (!read.ok) return read
      const { tag, bytes } = read.value
      const headers = {
        ETag: `"${id}-${tag}"`,
        'Cache-Control': CACHE,
        'Content-Language': c.var.locale,
        Vary: 'Accept-Language',
      }
      if (matchesEtag(c.req.header('if-none-match'), headers.ETag))
        return new Response(null, { status: 304, headers })
      // Written by the restaurant as it is to be read: nothing here looks into it.
      return new Response(bytes, { headers: { ...headers, 'Content-Type': 'application/json' } })
    },
  )
}
