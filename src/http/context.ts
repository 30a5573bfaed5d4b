import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Actor, Asker } from '../domain/actor.ts'
import type { Market } from '../domain/catalogue/markets.ts'
import type { Locale } from '../domain/locale.ts'
import type { Deps } from '../usecases/deps.ts'
import type { CallLimiter } from './call-limiter.ts'
import type { EdgeCache } from './middleware/edge-cache.ts'
import type { RememberedMenus } from './remembered-menus.ts'

export { LOCALES, type Locale } from '../domain/locale.ts'

/** What the Worker hands in with every request, in place of its own bindings. */
export interface HttpBindings {
  deps: Deps
  /** Serves a built static file. */
  asset(request: Request): Promise<Response>
  environment: 'development' | 'staging' | 'production'
  /** Origin for links; null = the request's own. */
  publicUrl: string | null
  maxBodyBytes: number
  /** What the paths of the sources mean that name no restaurant, where no setting says so. */
  defaultRestaurant: string | null
  /** What a scraper of `/metrics` has to show; null: nobody may. */
  metricsToken: string | null
  /** The address a request came from (client-ip.ts). */
  clientIp(request: Request): string
  /** The client certificate that the edge has verified (client-certificate.ts). */
  clientCertificate(request: Request): string | null
  limiter: CallLimiter
  menus: RememberedMenus
  /** Null where the runtime has none. */
  edgeCache: EdgeCache | null
  /** How long a kept answer counts as fresh; 0: only what fails is answered from it. */
  edgeCacheSeconds: number
  /** Origins whose pages may call; `*` alone for all. */
  corsOrigins: readonly string[]
}

export interface HttpVariables {
  deps: Deps
  requestId: string
  traceId: string
  /** Where the request came from; `X-Forwarded-For` has no say in it. */
  clientIp: string
  /** The path of the route that serves it, parameters and all; for the log. */
  template: string
  /** One reading of the clock for the whole request, in ms. */
  now: number
  locale: Locale
  /** As `X-Market` names it; market.ts also asks the reader's language. */
  market: Market | null
  /** `X-Session-Id` and `X-Restaurant-Id` as sent, in lower case. */
  sessionHeader: string | null
  restaurantHeader: string | null
  /** `X-Read-Bookmark`: how far the copy was that the caller last read from. */
  readBookmark: string | null
  /** Null on public routes, and where a token is optional and none was sent. */
  actor: Actor | null
  /** The actor as the route's restaurant sees it. Only with `restaurant: 'me'` or `'by-id'`. */
  asker: Asker
  /** Only with `restaurant: 'me'`. */
  restaurantId: string
  /** Key and fingerprint for the command; null when no key was sent. */
  idempotency: { key: string; fingerprint: string } | null
  /** It came by a path of the sources (source-paths.ts). */
  bySource?: true
  /** See `Asker`; only within such a request. */
  named?: string
}

export interface AppEnv {
  Bindings: HttpBindings
  Variables: HttpVariables
}

export type App = OpenAPIHono<AppEnv>
