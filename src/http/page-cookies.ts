import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { AppEnv } from './context.ts'

/** Whose session a browser's cookie holds: a table's guest's token, or a member's refresh token. */
export type PageSession = 'guest' | 'member'

type Asked = Context<AppEnv, string>

/** Without TLS, as in development, a browser takes neither `Secure` nor the prefix. */
const isPlain = (c: Asked): boolean => c.env.environment === 'development'

const nameOf = (c: Asked, as: PageSession): string => `${isPlain(c) ? '' : '__Host-'}os-${as}`

const optionsOf = (c: Asked) =>
  ({ path: '/', httpOnly: true, secure: !isPlain(c), sameSite: 'Strict' }) as const

/** What no script can read, and no other site's page can send along. */
export function keepSession(c: Asked, as: PageSession, secret: string, seconds: number): void {
  // RFC 6265bis §5.5: browsers keep no cookie for longer than 400 days.
  setCookie(c, nameOf(c, as), secret, { ...optionsOf(c), maxAge: Math.min(seconds, 34_560_000) })
}

export const keptSession = (c: Asked, as: PageSession): string | null =>
  getCookie(c, nameOf(c, as)) ?? null

export const dropSession = (c: Asked, as: PageSession): void => {
  deleteCookie(c, nameOf(c, as), optionsOf(c))
}

/**
 * Whether the call comes from a page of this origin. Browsers say so themselves (Fetch Metadata, or
 * `Origin` of older ones); who is no browser has no cookie that another site could ride on.
 */
export function isFromOwnPage(c: Asked): boolean {
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin'
  const origin = c.req.header('origin')
  return origin === undefined || origin === new URL(c.req.url).origin
}
