import type { HttpBindings } from '../context.ts'

/**
 * What every answer carries: nothing of it is sniffed, framed or open to other sites. Written out
 * here, because the framework's middleware for it costs each answer a look-up and a call per header.
 */
const ALWAYS = [
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Origin-Agent-Cluster', '?1'],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-DNS-Prefetch-Control', 'off'],
  ['X-Download-Options', 'noopen'],
  ['X-Frame-Options', 'DENY'],
  ['X-Permitted-Cross-Domain-Policies', 'none'],
  ['X-XSS-Protection', '0'],
  ['Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()'],
] as const

/** What pages may loosen for themselves. */
const UNLESS_SET = [
  ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Referrer-Policy', 'no-referrer'],
] as const

/** nosniff, a Content-Security-Policy that allows nothing, HSTS outside development. */
export function secure(headers: Headers, environment: HttpBindings['environment']): void {
  for (const [name, value] of ALWAYS) headers.set(name, value)
  for (const [name, value] of UNLESS_SET) if (!headers.has(name)) headers.set(name, value)
  if (environment !== 'development')
    headers.set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains')
}
