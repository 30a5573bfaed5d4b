import { credentials, whoAmI } from '../schemas/identity.ts'
import { pageSignedIn, sessionEnding } from '../schemas/page-sessions.ts'
import type { WebRoutes } from './web-routes.ts'

/** What everybody at the desk calls. */
export const DESK_ROUTES = {
  '/session/login': { post: { json: credentials, output: pageSignedIn, status: 200 } },
  '/session/end': { post: { json: sessionEnding, output: null, status: 204 } },
  '/api/v1/auth/me': { get: { output: whoAmI, status: 200 } },
} as const satisfies WebRoutes
