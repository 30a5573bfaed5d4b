import { z } from '@hono/zod-openapi'
import { restaurantKeyOf } from '../../domain/ids.ts'
import { imageKey, parseImageName } from '../../domain/menu/image/address.ts'
import { IMAGE_TYPES } from '../../domain/menu/image/image-type.ts'
import { itemJson } from '../../domain/menu/menu-json.ts'
import { refuse } from '../../domain/result.ts'
import { storeImage } from '../../usecases/menu/store-image.ts'
import type { App } from '../context.ts'
import { knownUnder } from '../etag.ts'
import { command, question } from '../restaurant-calls.ts'
import { answer, defineRoute } from '../route.ts'
import { idParams } from '../schemas/common.ts'
import { itemSchema } from '../schemas/menu.ts'

const IMAGE = {
  tag: 'Menu',
  path: '/restaurants/me/items/{id}/image',
  restaurant: 'me',
  permission: 'menu:edit',
  idempotency: 'taken',
  request: { params: idParams },
} as const

/** An item's picture, for those who keep the menu. */
export function itemImageRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...IMAGE,
      method: 'put',
      operationId: 'putItemImage',
      summary: "Set an item's picture",
      description:
        'The body is the file itself, at most 5 MB and 8000 × 8000 pixels (40 million in all); what it is says its content.',
      binary: Object.keys(IMAGE_TYPES),
      success: { status: 200, description: 'The item as it is now', schema: itemSchema },
      refusals: ['IMAGE_TYPE'],
    },
    async (c) => {
      const itemId = c.req.valid('param').id
      const item = await question(c, c.var.restaurantId, { type: 'item', itemId })
      if (!item.ok) return item
      const key = restaurantKeyOf(c.var.restaurantId)
      const bytes = await c.req.arrayBuffer()
      const stored = await storeImage(
        c.var.deps,
        key,
        bytes,
        declaredType(c.req.header('content-type')),
      )
      if (!stored.ok) return stored
      const wanted = { type: 'set-item-image', itemId, image: stored.value } as const
      return answer(await command(c, c.var.restaurantId, wanted), itemJson)
    },
  )
  defineRoute(
    app,
    {
      ...IMAGE,
      method: 'delete',
      operationId: 'deleteItemImage',
      summary: 'Show no picture of an item',
      success: { status: 200, description: 'The item as it is now', schema: itemSchema },
      refusals: [],
    },
    async (c) => {
      const itemId = c.req.valid('param').id
      const wanted = { type: 'set-item-image', itemId, image: null } as const
      return answer(await command(c, c.var.restaurantId, wanted), itemJson)
    },
  )
}

/** `application/octet-stream` is what senders say who do not know. */
function declaredType(header: string | undefined): string | null {
  const type = header?.split(';')[0]?.trim().toLowerCase() ?? ''
  return type === '' || type === 'application/octet-stream' ? null : type
}

/** Pictures for everybody: the address names the content, so it never changes. */
export function imageRoutes(app: App): void {
  defineRoute(
    app,
    {
      tag: 'Menu',
      method: 'get',
      path: '/images/{restaurant_key}/{file}',
      operationId: 'getImage',
      summary: 'A picture, under the address that menus name',
      permission: 'public',
      idempotency: 'none',
      request: { params: z.object({ restaurant_key: z.string(), file: z.string() }) },
      success: { status: 200, description: 'The picture' },
      alsoAnswers: { 304: 'The caller has this picture already' },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const { restaurant_key: restaurantKey, file } = c.req.valid('param')
      const name = parseImageName(restaurantKey, file)
      if (name === null) return refuse({ kind: 'NOT_FOUND', what: 'image' })
      const headers = {
        ETag: `"${name.digest}"`,
        'Cache-Control': 'public, max-age=31536000, immutable',
        // Pages of any origin may show a menu's pictures.
        'Cross-Origin-Resource-Policy': 'cross-origin',
      }
      if (knownUnder(c.req.header('if-none-match'), name.digest).includes(''))
        return c.body(null, 304, headers)
      const found = await c.var.deps.images.get(imageKey(restaurantKey, file))
      if (found === null) return refuse({ kind: 'NOT_FOUND', what: 'image' })
      return c.body(found, 200, { ...headers, 'Content-Type': name.type })
    },
  )
}
