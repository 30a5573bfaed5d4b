import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context, NotFoundHandler } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import type { App, AppEnv } from './context.ts'
import { answerError, answerThrown } from './errors.ts'
import { bodyLimit } from './middleware/body-limit.ts'
import { contextHeaders } from './middleware/context-headers.ts'
import { crossOrigin } from './middleware/cors.ts'
import { frame } from './middleware/frame.ts'
import { httpsOnly } from './middleware/https-only.ts'
import { rateLimit } from './middleware/rate-limit.ts'
import { RememberingRouter } from './remembering-router.ts'
import { adminRoutes } from './routes/admin.ts'
import { adminCouponRoutes } from './routes/admin-coupons.ts'
import { personalDataRoutes } from './routes/personal-data.ts'
import { accountRoutes } from './routes/accounts.ts'
import { alertChannelRoutes } from './routes/alert-channels.ts'
import { alertRoutes } from './routes/alerts.ts'
import { auditRoutes } from './routes/audit.ts'
import { adminOrderRoutes } from './routes/admin-orders.ts'
import { adminStatisticsRoutes } from './routes/admin-statistics.ts'
import { authRoutes } from './routes/auth.ts'
import { cartRoutes } from './routes/carts.ts'
import { boardRoutes } from './routes/board.ts'
import { couponRoutes } from './routes/coupons.ts'
import { depositRoutes } from './routes/deposits.ts'
import { chargePages } from './routes/charge-pages.ts'
import { feedRoutes } from './routes/feed.ts'
import { imageRoutes } from './routes/images.ts'
import { anyInventoryRoutes } from './routes/any-inventory.ts'
import { inventoryRoutes } from './routes/inventory.ts'
import { liveRoutes, ticketRoutes } from './routes/live.ts'
import { menuRoutes } from './routes/menu.ts'
import { coreMetricsRoute, metricsRoute } from './routes/metrics.ts'
import { popularityRoutes } from './routes/popularity.ts'
import { productSearchRoute } from './routes/product-search.ts'
import { productRoutes } from './routes/products.ts'
import { exchangeRateRoutes } from './routes/exchange-rates.ts'
import { passwordRoutes } from './routes/passwords.ts'
import { feedDeadRoutes } from './routes/feed-dead.ts'
import { outboxRoutes } from './routes/outbox.ts'
import { partnerEndpointRoutes } from './routes/partner-endpoints.ts'
import { partnerKeyRoutes } from './routes/partner-keys.ts'
import { partnerSubscriptionRoutes } from './routes/partner-subscriptions.ts'
import { partnerRoutes } from './routes/partners.ts'
import { resetPageRoute } from './routes/reset-page.ts'
import { sessionRoutes } from './routes/sessions.ts'
import { staffRoutes } from './routes/staff.ts'
import { orderRoutes } from './routes/orders.ts'
import { pageSessionRoutes } from './routes/page-sessions.ts'
import { pageRoutes } from './routes/pages.ts'
import { payPages } from './routes/pay-pages.ts'
import { payActionRoutes } from './routes/payaction.ts'
import { paymentRoutes } from './routes/payments.ts'
import { quoteRoutes } from './routes/quotes.ts'
import { refundRoutes } from './routes/refunds.ts'
import { reconciliationRoutes } from './routes/reconciliation.ts'
import { restaurantRoutes } from './routes/restaurants.ts'
import { restoreRoutes } from './routes/restores.ts'
import { settingRoutes } from './routes/settings.ts'
import { settlementRoutes } from './routes/settlement.ts'
import { statisticsRoutes } from './routes/statistics.ts'
import { supportRoutes } from './routes/support.ts'
import { sourceRoutes } from './routes/source.ts'
import { stripePages } from './routes/stripe-pages.ts'
import { stripeRoutes } from './routes/stripe.ts'
import { systemRoutes } from './routes/system.ts'
import { tableRoutes } from './routes/tables.ts'
import { walletRoutes } from './routes/wallet.ts'
import { API_ROOT } from './source-paths.ts'
import { askWithin } from './source/ask-within.ts'
import { sourceRouting } from './source/routing.ts'
import { pass, type Step } from './step.ts'

type Routes = (app: App) => void

/** Capabilities under `/api/v1`, one module each. */
const API: readonly Routes[] = [
  authRoutes,
  passwordRoutes,
  sessionRoutes,
  adminRoutes,
  coreMetricsRoute,
  auditRoutes,
  alertRoutes,
  alertChannelRoutes,
  accountRoutes,
  personalDataRoutes,
  restoreRoutes,
  settingRoutes,
  adminOrderRoutes,
  adminStatisticsRoutes,
  partnerRoutes,
  feedRoutes,
  partnerKeyRoutes,
  partnerSubscriptionRoutes,
  partnerEndpointRoutes,
  outboxRoutes,
  feedDeadRoutes,
  restaurantRoutes,
  staffRoutes,
  tableRoutes,
  menuRoutes,
  productSearchRoute,
  // Before `/products/{id}`.
  popularityRoutes,
  productRoutes,
  exchangeRateRoutes,
  inventoryRoutes,
  anyInventoryRoutes,
  cartRoutes,
  orderRoutes,
  quoteRoutes,
  couponRoutes,
  adminCouponRoutes,
  boardRoutes,
  settlementRoutes,
  refundRoutes,
  statisticsRoutes,
  paymentRoutes,
  payActionRoutes,
  depositRoutes,
  stripeRoutes,
  walletRoutes,
  reconciliationRoutes,
  supportRoutes,
  ticketRoutes,
]

/** What answers at the root: health, documents, pages, sockets. */
const ROOT: readonly Routes[] = [
  systemRoutes,
  metricsRoute,
  liveRoutes,
  payPages,
  chargePages,
  stripePages,
  pageRoutes,
  pageSessionRoutes,
  imageRoutes,
  resetPageRoute,
]

/** What every request passes before its route is asked. */
const GATE: readonly Step[] = [httpsOnly, rateLimit, contextHeaders, bodyLimit]

/** The whole HTTP face: what every request goes through, then the capabilities one by one. */
export function createApp({ api: capabilities = API, root = ROOT } = {}): App {
  const { getPath, methodFor, learn } = sourceRouting()
  const app: App = new OpenAPIHono<AppEnv>({ router: new RememberingRouter(methodFor), getPath })
  app.onError((thrown, c) => answerThrown(thrown, c))
  app.notFound(unknownRoute(app))

  app.use(frame())
  app.use(crossOrigin())
  app.use(async (c, next) => {
    const passed = pass(c, GATE)
    return (passed instanceof Promise ? await passed : passed) ?? next()
  })

  const api: App = new OpenAPIHono<AppEnv>()
  for (const routes of capabilities) routes(api)
  app.route(API_ROOT, api)
  learn(api)
  sourceRoutes(app, askWithin(api))
  for (const routes of root) routes(app)
  return app
}

/** Asked only where no route has answered, so that the others do not pay for it. */
function unknownRoute(app: App): NotFoundHandler<AppEnv> {
  const otherMethods = methodNotAllowed<AppEnv>({ app, onMethodNotAllowed: wrongMethod })
  return async (c) => {
    await otherMethods(c as Context<AppEnv, string>, () => {
      c.res = answerError(c, { status: 404, code: 'NOT_FOUND', message: 'ROUTE_NOT_FOUND' })
      return Promise.resolve()
    })
    return c.res
  }
}

/** The table of codes has no 405: the route is there, but not for this method. */
const wrongMethod = (c: Context<AppEnv>, methods: string[]): Response =>
  answerError(c, {
    status: 404,
    code: 'NOT_FOUND',
    reason: 'METHOD_NOT_ALLOWED',
    message: 'METHOD_NOT_ALLOWED',
    headers: { Allow: methods.join(', ') },
  })
