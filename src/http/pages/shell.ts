import type { Context } from 'hono'
import type { AppEnv } from '../context.ts'
import { describePage, titlePage } from './descriptions.ts'

type Asked = Context<AppEnv>
export type PageName = 'guest' | 'board' | 'office' | 'desk' | 'landing'

/**
 * Our own files alone; no inline script, no inline style. Pictures of dishes are of this origin, and
 * so are calls and sockets (older browsers do not count a socket as `'self'`).
 */
function policyOf(url: URL): string {
  const socket = `${url.protocol === 'http:' ? 'ws' : 'wss'}://${url.host}`
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    `connect-src 'self' ${socket}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** JSON that may stand in a page: nothing in it closes the element it stands in. */
const forPage = (text: string): string => text.replaceAll('<', '\\u003c')

/**
 * A built page with its language, its title, and what its first view needs (`boot`, JSON), so that it
 * shows without a further call.
 */
export async function shell(
  c: Asked,
  page: PageName,
  { title = null, boot = null }: { title?: string | null; boot?: string | null } = {},
): Promise<Response> {
  const url = new URL(c.req.url)
  const file = await c.env.asset(new Request(new URL(`/web/${page}`, url)))
  if (file.status !== 200) throw new Error(`the page ${page} was not built`)
  const shown = title ?? titlePage(c.var.locale, page)
  const description = describePage(c.var.locale, page, title)
  const written = new HTMLRewriter()
    .on('html', { element: (element) => void element.setAttribute('lang', c.var.locale) })
    .on('meta[name=description]', {
      element: (element) => void element.setAttribute('content', description),
    })
    .on('title', {
      element(element) {
        if (shown !== null) element.setInnerContent(shown)
      },
    })
    .on('#boot', {
      element(element) {
        if (boot !== null) element.setInnerContent(forPage(boot), { html: true })
      },
    })
    .transform(file)
  return new Response(written.body, {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policyOf(url),
      'Content-Language': c.var.locale,
      // Asked for again at each visit; `no-store` would keep a page from coming back as it was left.
      'Cache-Control': 'no-cache',
      Vary: 'Accept-Language',
    },
  })
}
