import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { AppEnv } from '../context.ts'

const POLICY: Parameters<typeof secureHeaders>[0] = {
  contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  xFrameOptions: 'DENY',
  permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [], usb: [] },
  /** Pages bring their own Content-Security-Policy; it stays. */
  overwrite: false,
}
const overHttps = secureHeaders({
  ...POLICY,
  strictTransportSecurity: 'max-age=31536000; includeSubDomains',
})
const inDevelopment = secureHeaders({ ...POLICY, strictTransportSecurity: false })

/** nosniff, a Content-Security-Policy that allows nothing, HSTS outside development. */
export const securityHeaders = (): MiddlewareHandler<AppEnv> => async (c, next) => {
  await next()
  // A socket's 101 is handed through as it is.
  if (c.res.status === 101) return
  const policy = c.env.environment === 'development' ? inDevelopment : overHttps
  await policy(c, () => {
    if (isSealed(c.res)) c.res = new Response(c.res.body, c.res)
    return Promise.resolve()
  })
}

/** Answers of bindings have immutable headers; copying every answer for that would cost each of them. */
function isSealed({ headers }: Response): boolean {
  try {
    headers.delete('x-never-set')
    return false
  } catch {
    return true
  }
}
