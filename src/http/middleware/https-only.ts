import type { Step } from '../step.ts'

/** Sends plain HTTP to HTTPS outside development; 308 keeps method and body. */
export const httpsOnly: Step = (c) => {
  const { url } = c.req
  if (c.env.environment === 'development' || url.startsWith('https:')) return null
  return c.redirect(url.replace(/^http:/, 'https:'), 308)
}
