import { encode, renderSVG } from 'uqr'
import type { App } from '../context.ts'
import { originOf } from '../links.ts'
import { QR_SHEET_POLICY, qrSheet } from '../pages/qr-sheet.ts'
import { encodePng } from '../png.ts'
import { command, question } from '../restaurant-calls.ts'
import { answer, defineRoute } from '../route.ts'
import { idParams } from '../schemas/common.ts'
import { qrUrl, tableJson, tableSchema } from '../schemas/tables.ts'

const ONE = { tag: 'Tables', restaurant: 'by-id', request: { params: idParams } } as const
/** Modules around the code that stay light: scanners need four (ISO/IEC 18004 §6.3.8). */
const QUIET = { ecc: 'M', border: 4 } as const
/** Some 800 pixels across: sharp at the size of a hand. */
const PNG_SCALE = 16
/** Whoever has the code may sit down: it stays in no cache. */
const PRIVATE = 'private, no-store'

/** What is printed and put on tables. */
export function tableCodeRoutes(app: App): void {
  pictureRoutes(app)
  rotateRoute(app)
}

/** Registered before `/tables/{id}`, which would take its name for an id. */
export function qrSheetRoute(app: App): void {
  defineRoute(
    app,
    {
      tag: 'Tables',
      restaurant: 'me',
      method: 'get',
      path: '/tables/qr-sheet',
      operationId: 'getQrSheet',
      summary: 'All codes on A4 sheets, to print',
      permission: 'table:list',
      idempotency: 'none',
      success: { status: 200, description: 'text/html' },
      refusals: [],
    },
    async (c) => {
      const { restaurantId, locale } = c.var
      const [tables, restaurant] = await Promise.all([
        question(c, restaurantId, { type: 'tables' }),
        question(c, restaurantId, { type: 'restaurant' }),
      ])
      if (!tables.ok) return tables
      if (!restaurant.ok) return restaurant
      const origin = originOf(c)
      const printed = tables.value.map((table) => ({ name: table.name, url: qrUrl(table, origin) }))
      const headers = { 'Content-Security-Policy': QR_SHEET_POLICY, 'Cache-Control': PRIVATE }
      return c.html(await qrSheet(locale, restaurant.value.name, printed), 200, headers)
    },
  )
}

function pictureRoutes(app: App): void {
  const picture = (kind: 'svg' | 'png', type: string, draw: (url: string) => Drawn) =>
    defineRoute(
      app,
      {
        ...ONE,
        method: 'get',
        path: `/tables/{id}/qr.${kind}`,
        operationId: kind === 'svg' ? 'getTableQr' : 'getTableQrPng',
        summary: `The table's code to print, as ${kind.toUpperCase()}`,
        permission: 'table:list',
        idempotency: 'none',
        success: { status: 200, description: type },
        refusals: [],
      },
      async (c) => {
        const tableId = c.req.valid('param').id
        const found = await question(c, tableId, { type: 'table', tableId })
        if (!found.ok) return found
        const drawn = await draw(qrUrl(found.value, originOf(c)))
        return c.body(drawn, 200, { 'Content-Type': type, 'Cache-Control': PRIVATE })
      },
    )
  picture('svg', 'image/svg+xml', (url) => renderSVG(url, QUIET))
  picture('png', 'image/png', (url) => encodePng(encode(url, QUIET).data, PNG_SCALE))
}

type Drawn = string | Promise<Uint8Array<ArrayBuffer>>

function rotateRoute(app: App): void {
  defineRoute(
    app,
    {
      ...ONE,
      method: 'post',
      path: '/tables/{id}/qr/rotate',
      operationId: 'rotateTableCode',
      summary: 'A new code: the printed one is refused from now on',
      description: 'Guests who are in the visit already stay there.',
      permission: 'table:edit',
      idempotency: 'taken',
      success: { status: 200, description: 'With the new code', schema: tableSchema },
      refusals: [],
    },
    async (c) => {
      const tableId = c.req.valid('param').id
      const rotated = await command(c, tableId, { type: 'rotate-table-code', tableId })
      return answer(rotated, (table) => tableJson(table, c.var.asker, originOf(c)))
    },
  )
}
