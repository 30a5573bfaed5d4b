import type { HttpBindings } from '../context.ts'

// Written out here, because the framework's middleware for it costs each answer a look-up and a call per header.

/** What every answer carries: nothing of it is sniffed or framed. */
const ALWAYS = [
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
] as const

/** What pages may loosen for themselves, and pictures for others. */
const UNLESS_SET = [
  ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
] as const

/** What browsers ask of a page alone: on data it would be a third of a kilobyte that says nothing. */
const OF_PAGES = [
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Origin-Agent-Cluster', '?1'],
  ['X-DNS-Prefetch-Control', 'off'],
  ['X-Download-Options', 'noopen'],
  ['X-Permitted-Cross-Domain-Policies', 'none'],
  ['X-XSS-Protection', '0'],
  ['Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()'],
] as const

const PAGE = /^(?:text\/html|application\/xhtml\+xml|image\/svg\+xml|application\/pdf)\b/i

/**
 * nosniff, a Content-Security-Policy that allows nothing, HSTS outside development; with a page, or what a
 * browser shows as one, that it shares nothing with other windows and gets no device. A way to another page
 * says what may be told there, as the page that led to it does.
 */
export function secure(
  { headers, status }: Response,
  environment: HttpBindings['environment'],
): void {
  for (const [name, value] of ALWAYS) headers.set(name, value)
  for (const [name, value] of UNLESS_SET) setUnlessSet(headers, name, value)
  const leadsOn = status >= 300 && status < 400
  if (leadsOn || PAGE.test(headers.get('Content-Type') ?? '')) {
    for (const [name, value] of OF_PAGES) headers.set(name, value)
    setUnlessSet(headers, 'Referrer-Policy', 'no-referrer')
  }
  if (environment !== 'development')
    headers.set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains')
}

function setUnlessSet(headers: Headers, name: string, value: string): void {
  if (!headers.has(name)) headers.set(name, value)
}
