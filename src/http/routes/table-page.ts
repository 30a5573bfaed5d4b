import { STRANGER } from '../../domain/actor.ts'
import { parseId } from '../../domain/ids.ts'
import type { App } from '../context.ts'
import { answerError } from '../errors.ts'
import { TABLE_PAGE_POLICY, tablePage } from '../pages/table-page.ts'

/** `/t/{table_id}#{code}`: what a QR code opens. The code stays in the browser; the menu is public. */
export function tablePageRoute(app: App): void {
  app.get('/', (c) => c.redirect('/docs'))
  app.get('/t/:id', async (c) => {
    const tableId = parseId(c.req.param('id'))
    const read =
      tableId === null
        ? null
        : await c.var.deps
            .restaurants(tableId)
            .query<'menu'>({ query: { type: 'menu' }, asker: STRANGER })
    if (read === null || !read.ok)
      return answerError(c, { status: 404, code: 'NOT_FOUND', message: 'NOT_FOUND' })
    c.header('Content-Security-Policy', TABLE_PAGE_POLICY)
    c.header('Cache-Control', 'no-store')
    return c.html(await tablePage(c.var.locale, read.value))
  })
}
