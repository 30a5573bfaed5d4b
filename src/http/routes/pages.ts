import { STRANGER } from '../../domain/actor.ts'
import { parseId } from '../../domain/ids.ts'
import { publicMenu } from '../public-menu.ts'
import { textOf } from '../remembered-menus.ts'
import type { Context } from 'hono'
import type { App, AppEnv } from '../context.ts'
import { answerError } from '../errors.ts'
import { shell } from '../pages/shell.ts'

/** Names of built files change with their content. */
const FOR_EVER = 'public, max-age=31536000, immutable'

/** A table is for who sits at it; what people work with is for nobody's search. */
const ROBOTS = ['User-agent: *', 'Allow: /$', 'Allow: /web/', 'Disallow: /', ''].join('\n')

/** The pages that people use, and the files they are made of. */
export function pageRoutes(app: App): void {
  app.get('/', (c) =>
    shell(c, 'landing', { boot: JSON.stringify({ environment: c.env.environment }) }),
  )
  app.get('/t/:id', (c) => tablePage(c, c.req.param('id')))
  app.get('/board', (c) => shell(c, 'board'))
  app.get('/office', (c) => shell(c, 'office'))
  app.get('/desk', (c) => shell(c, 'desk'))
  app.get('/sw.js', async (c) => {
    const file = await builtFile(c, '/web/sw.js')
    // A new one is to be found at the next visit.
    file?.headers.set('Cache-Control', 'no-cache')
    // What a worker may fetch is said by its own policy, not by that of the pages it stands before.
    file?.headers.set('Content-Security-Policy', "default-src 'none'; connect-src 'self'")
    return file ?? missing(c)
  })
  app.get('/web/*', async (c) => {
    const file = await builtFile(c, c.req.path)
    const named = c.req.path.startsWith('/web/assets/')
    file?.headers.set('Cache-Control', named ? FOR_EVER : 'public, max-age=3600')
    return file ?? missing(c)
  })
  app.get('/robots.txt', (c) => c.text(ROBOTS, 200, { 'Cache-Control': 'public, max-age=3600' }))
  app.get('/favicon.ico', (c) => c.redirect('/web/icon.svg', 301))
}

/** `/t/{table_id}#{code}`: what a QR code opens. The code stays in the browser; the menu is public. */
async function tablePage(c: Context<AppEnv>, id: string): Promise<Response> {
  const tableId = parseId(id)
  if (tableId === null) return missing(c)
  const restaurant = c.var.deps.restaurants(tableId)
  const read = await restaurant.query<'restaurant'>({
    query: { type: 'restaurant' },
    asker: STRANGER,
  })
  if (!read.ok) return missing(c)
  const { id: restaurantId, name } = read.value
  const menu = await publicMenu(c, restaurantId)
  if (!menu.ok) return missing(c)
  const table = JSON.stringify({ id: tableId })
  return shell(c, 'guest', { title: name, boot: `{"table":${table},"menu":${textOf(menu.value)}}` })
}

async function builtFile(c: Context<AppEnv>, path: string): Promise<Response | null> {
  const known = c.req.header('if-none-match')
  const headers = new Headers(known === undefined ? {} : { 'If-None-Match': known })
  const file = await c.env.asset(new Request(new URL(path, c.req.url), { headers }))
  return file.status === 200 || file.status === 304 ? new Response(file.body, file) : null
}

const missing = (c: Context<AppEnv>): Response =>
  answerError(c, { status: 404, code: 'NOT_FOUND', message: 'NOT_FOUND' })
