import type { App } from '../context.ts'
import { resetPage, resetPagePolicy } from '../pages/reset-page.ts'

/** `/password/reset#{token}`: what the link in a mail opens. */
export function resetPageRoute(app: App): void {
  app.get('/password/reset', async (c) => {
    c.header('Content-Security-Policy', await resetPagePolicy())
    c.header('Referrer-Policy', 'no-referrer')
    c.header('Cache-Control', 'no-store')
    return c.html(await resetPage(c.var.locale))
  })
}
