import { exportedMenu } from '../../domain/menu/menu-document.ts'
import type { App } from '../context.ts'
import { command } from '../restaurant-calls.ts'
import { answer, defineRoute } from '../route.ts'
import {
  documentFrom,
  importSummaryJson,
  importSummarySchema,
  menuFileSchema,
  menuImport,
} from '../schemas/menu-file.ts'
import { wholeMenu } from '../whole-menu.ts'

const MENU = { tag: 'Menu', restaurant: 'me' } as const

/** The whole menu out to a file and in again. */
export function menuFileRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...MENU,
      method: 'get',
      path: '/restaurants/me/menu/export',
      operationId: 'exportMenu',
      summary: 'The whole menu as one JSON file',
      description: 'Without what belongs to the day: stock and sold-out marks.',
      permission: 'menu:read',
      idempotency: 'none',
      success: { status: 200, description: 'The file', schema: menuFileSchema },
      refusals: [],
    },
    async (c) => answer(await wholeMenu(c), exportedMenu),
  )
  defineRoute(
    app,
    {
      ...MENU,
      method: 'post',
      path: '/restaurants/me/menu/import',
      operationId: 'importMenu',
      summary: 'Take in a menu from a file, whole or not at all',
      description:
        'Ids of this restaurant are kept, also of what was removed; others are given anew. Items are written whole: what one leaves out is none. At most 5 MB and 5,000 items.',
      permission: 'menu:edit',
      idempotency: 'taken',
      request: { body: menuImport },
      success: { status: 200, description: 'Taken in', schema: importSummarySchema },
      refusals: [],
    },
    async (c) => {
      const body = c.req.valid('json')
      const wanted = { type: 'import-menu', mode: body.mode, document: documentFrom(body) } as const
      return answer(await command(c, c.var.restaurantId, wanted), importSummaryJson)
    },
  )
}
