import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import type { App, AppEnv } from './context.ts'
import { answerError, answerThrown, refused } from './errors.ts'
import { fieldErrorsOf } from './field-errors.ts'
import { bodyLimit } from './middleware/body-limit.ts'
import { contextHeaders } from './middleware/context-headers.ts'
import { crossOrigin } from './middleware/cors.ts'
import { httpsOnly } from './middleware/https-only.ts'
import { rateLimit } from './middleware/rate-limit.ts'
import { requestContext } from './middleware/request-context.ts'
import { requestLog } from './middleware/request-log.ts'
import { securityHeaders } from './middleware/security-headers.ts'
import { adminRoutes } from './routes/admin.ts'
import { authRoutes } from './routes/auth.ts'
import { boardRoutes } from './routes/board.ts'
import { imageRoutes } from './routes/images.ts'
import { inventoryRoutes } from './routes/inventory.ts'
import { liveRoutes, ticketRoutes } from './routes/live.ts'
import { menuRoutes } from './routes/menu.ts'
import { passwordRoutes } from './routes/passwords.ts'
import { partnerRoutes } from './routes/partners.ts'
import { resetPageRoute } from './routes/reset-page.ts'
import { sessionRoutes } from './routes/sessions.ts'
import { staffRoutes } from './routes/staff.ts'
import { orderRoutes } from './routes/orders.ts'
import { payPages } from './routes/pay-pages.ts'
import { paymentRoutes } from './routes/payments.ts'
import { restaurantRoutes } from './routes/restaurants.ts'
import { statisticsRoutes } from './routes/statistics.ts'
import { systemRoutes } from './routes/system.ts'
import { tablePageRoute } from './routes/table-page.ts'
import { tableRoutes } from './routes/tables.ts'

type Routes = (app: App) => void

/** Capabilities under `/api/v1`, one module each. */
const API: readonly Routes[] = [
  authRoutes,
  passwordRoutes,
  sessionRoutes,
  adminRoutes,
  partnerRoutes,
  restaurantRoutes,
  staffRoutes,
  tableRoutes,
  menuRoutes,
  inventoryRoutes,
  orderRoutes,
  boardRoutes,
  statisticsRoutes,
  paymentRoutes,
  ticketRoutes,
]

/** What answers at the root: health, documents, pages, sockets. */
const ROOT: readonly Routes[] = [
  systemRoutes,
  liveRoutes,
  payPages,
  tablePageRoute,
  imageRoutes,
  resetPageRoute,
]

/** The whole HTTP face: what every request goes through, then the capabilities one by one. */
export function createApp({ api: capabilities = API, root = ROOT } = {}): App {
  const app = createRouter()
  app.onError((thrown, c) => answerThrown(thrown, c))
  app.notFound((c) =>
    answerError(c, { status: 404, code: 'NOT_FOUND', message: 'ROUTE_NOT_FOUND' }),
  )

  app.use(requestContext())
  app.use(requestLog())
  app.use(securityHeaders())
  app.use(httpsOnly())
  app.use(crossOrigin())
  app.use(rateLimit())
  app.use(contextHeaders())
  app.use(bodyLimit())
  app.use(methodNotAllowed<AppEnv>({ app, onMethodNotAllowed: wrongMethod }))

  const api = createRouter()
  for (const routes of capabilities) routes(api)
  app.route('/api/v1', api)
  for (const routes of root) routes(app)
  return app
}

/** An empty app that answers input of the wrong shape in the envelope. */
const createRouter = (): App =>
  new OpenAPIHono<AppEnv>({
    defaultHook: (result, c) => {
      if (result.success) return undefined
      const { data } = result as { data?: unknown }
      return refused(c, { kind: 'INVALID', errors: fieldErrorsOf(result.error.issues, data) })
    },
  })

/** The table of codes has no 405: the route is there, but not for this method. */
const wrongMethod = (c: Context<AppEnv>, methods: string[]): Response =>
  answerError(c, {
    status: 404,
    code: 'NOT_FOUND',
    reason: 'METHOD_NOT_ALLOWED',
    message: 'METHOD_NOT_ALLOWED',
    headers: { Allow: methods.join(', ') },
  })
