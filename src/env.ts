import { z } from 'zod'
import type { MetricsObject } from './metrics/metrics-object.ts'
import type { RestaurantObject } from './restaurant/restaurant-object.ts'
import { LIMIT_SETTINGS, type LimitSettings } from './domain/limits/call-limits.ts'
import type { QueueMessage } from './queues/messages.ts'

/** What wrangler.toml and the secrets give to the Worker. */
export interface Env extends LimitSettings {
  DB: D1Database
  RESTAURANTS: DurableObjectNamespace<RestaurantObject>
  METRICS: DurableObjectNamespace<MetricsObject>
  JOBS: Queue<QueueMessage>
  ASSETS: Fetcher
  IMAGES: R2Bucket
  ENVIRONMENT: string
  JWT_KEYS: string
  LINK_SECRET: string
  ENCRYPTION_KEYS: string
  TOSS_SECRET_KEY: string
  TOSS_CLIENT_KEY: string
  TOSS_API_BASE_URL: string
  STRIPE_SECRET_KEY?: string
  STRIPE_PUBLISHABLE_KEY?: string
  STRIPE_WEBHOOK_SECRET?: string
  STRIPE_API_BASE_URL?: string
  STRIPE_JS_URL?: string
  PAYACTION_MALL_ID?: string
  PAYACTION_API_KEY?: string
  PAYACTION_WEBHOOK_KEY?: string
  PAYACTION_API_BASE_URL?: string
  PAYACTION_EXCLUDE_PATH?: string
  POINTS_INSTANT?: string
  POINTS_CASH_BY_STAFF?: string
  PUBLIC_URL?: string
  JWT_ACCESS_TTL?: string
  JWT_REFRESH_TTL?: string
  GUEST_TTL?: string
  TABLET_REFRESH_TTL?: string
  CART_TTL?: string
  CART_TTL_MEMBER?: string
  LOGIN_TRIES_PER_ACCOUNT?: string
  LOGIN_TRIES_PER_IP?: string
  LOGIN_TRIES_WINDOW?: string
  COUPON_TRIES_PER_ACCOUNT?: string
  COUPON_TRIES_PER_IP?: string
  COUPON_TRIES_WINDOW?: string
  MAIL_GATEWAY_URL?: string
  MAIL_GATEWAY_KEY?: string
  MAIL_FROM?: string
  DISCORD_WEBHOOK_URL?: string
  DATA_PLATFORM_URL?: string
  DATA_PLATFORM_KEY?: string
  METRICS_TOKEN?: string
  MAX_BODY_BYTES?: string
  DEFAULT_RESTAURANT?: string
  NOTIFY_LOCAL_ORIGIN?: string
  CORS_ALLOWED_ORIGINS?: string
  EDGE_CACHE_SECONDS?: string
  TRUST_CLIENT_IP_HEADER?: string
  /** Cloudflare's limiters, where the environment has them (docs/decisions/0020). */
  ANONYMOUS_CALLS?: RateLimit
  GUEST_TOKEN_CALLS?: RateLimit
}

const seconds = (fallback: number) => z.coerce.number().int().positive().default(fallback)

const callsAMinute = z.coerce.number().int().positive().optional()

/** Whether a text is an origin as browsers send it: no path, no capital letters, no wildcard. */
const isOrigin = (text: string): boolean =>
  /^https?:\/\/[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text

const origins = z
  .string()
  .default('')
  .transform((list) => [...new Set(list.split(',').map((part) => part.trim()))].filter(Boolean))
  .refine((list) => (list.length === 1 && list[0] === '*') || list.every(isOrigin), {
    message: 'must be origins such as https://app.example.com, divided by commas, or * alone',
  })

/** Copied from a web page, often with a space or a line's end. */
const pasted = z.string().trim().min(1)

const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true')

/** JSON array of `{id, key}`, each key 256 bits in base64url: the first seals, all open. */
const encryptionKeys = z.string().transform((text, ctx) => {
  const key = z.object({
    id: z.string().regex(/^[\w-]{1,32}$/),
    key: z.string().regex(/^[\w-]{43}$/),
  })
  try {
    return z.tuple([key], key).parse(JSON.parse(text))
  } catch {
    ctx.addIssue({
      code: 'custom',
      message: 'must be a JSON array of {id, key: 32 bytes base64url}',
    })
    return z.NEVER
  }
})

const settings = z.object({
  ENVIRONMENT: z.enum(['development', 'staging', 'production']),
  /** JSON array of private JWKs (Ed25519, each with `kid`): the first signs, all verify. */
  JWT_KEYS: z.string().transform((text, ctx) => {
    try {
      return z
        .array(
          z.object({
            kty: z.literal('OKP'),
            crv: z.literal('Ed25519'),
            kid: z.string().min(1),
            x: z.string().min(1),
            d: z.string().min(1),
          }),
        )
        .min(1)
        .parse(JSON.parse(text))
    } catch {
      ctx.addIssue({ code: 'custom', message: 'must be a JSON array of private Ed25519 JWKs' })
      return z.NEVER
    }
  }),
  LINK_SECRET: z.string().min(32),
  ENCRYPTION_KEYS: encryptionKeys,
  TOSS_SECRET_KEY: z.string().min(1),
  TOSS_CLIENT_KEY: z.string().min(1),
  TOSS_API_BASE_URL: z.url(),
  /** The account for restaurants without one of their own: all three, or none. */
  STRIPE_SECRET_KEY: pasted.optional(),
  STRIPE_PUBLISHABLE_KEY: pasted.optional(),
  STRIPE_WEBHOOK_SECRET: pasted.optional(),
  STRIPE_API_BASE_URL: z.url().default('https://api.stripe.com'),
  /** Its script sees cards: elsewhere than in development only from Stripe itself. */
  STRIPE_JS_URL: z.url().default('https://js.stripe.com/v3/'),
  /** The mall for restaurants without one of their own: all three, or none. */
  PAYACTION_MALL_ID: pasted.optional(),
  PAYACTION_API_KEY: pasted.optional(),
  PAYACTION_WEBHOOK_KEY: pasted.optional(),
  PAYACTION_API_BASE_URL: z.string().trim().pipe(z.url()).default('https://api.payaction.app'),
  /** How an order is taken back: `{order_number}` stands in the path, else in the body. */
  PAYACTION_EXCLUDE_PATH: z
    .string()
    .trim()
    .regex(/^\/[\w/{}.-]*$/)
    .default('/orders/{order_number}/cancel'),
  /** Points without money, at once; for development. */
  POINTS_INSTANT: flag,
  /** Staff of any restaurant may take cash for points: only where all restaurants are of one house. */
  POINTS_CASH_BY_STAFF: flag,
  /** Origin used in links; without it the request's own origin is used. */
  PUBLIC_URL: z.url().optional(),
  JWT_ACCESS_TTL: seconds(15 * 60),
  JWT_REFRESH_TTL: seconds(7 * 24 * 3600),
  GUEST_TTL: seconds(12 * 3600),
  TABLET_REFRESH_TTL: seconds(90 * 24 * 3600),
  /** From a cart's last change: sessions', and accounts'. */
  CART_TTL: seconds(7 * 24 * 3600),
  CART_TTL_MEMBER: seconds(30 * 24 * 3600),
  /** Wrong passwords, requests for a new one, partners' wrong secrets; the defaults are in compose.ts. */
  LOGIN_TRIES_PER_ACCOUNT: callsAMinute,
  LOGIN_TRIES_PER_IP: callsAMinute,
  LOGIN_TRIES_WINDOW: seconds(15 * 60),
  /** Coupon codes that nobody has registered; the defaults are in compose.ts. */
  COUPON_TRIES_PER_ACCOUNT: callsAMinute,
  COUPON_TRIES_PER_IP: callsAMinute,
  COUPON_TRIES_WINDOW: seconds(3600),
  /** Where e-mail is handed in, by which key, and who it comes from: all three, or none. */
  MAIL_GATEWAY_URL: z.url().optional(),
  MAIL_GATEWAY_KEY: z.string().min(1).optional(),
  MAIL_FROM: z.string().min(3).max(320).optional(),
  /** Orders' cards of restaurants that have no channel of their own go here. */
  DISCORD_WEBHOOK_URL: z.string().trim().pipe(z.url()).optional(),
  /** Who takes the lines of all orders, and by which key: both, or neither. */
  DATA_PLATFORM_URL: z.url().optional(),
  DATA_PLATFORM_KEY: pasted.optional(),
  /** What a scraper of `/metrics` shows; without it there is no such path. */
  METRICS_TOKEN: z.string().min(32).optional(),
  MAX_BODY_BYTES: seconds(256 * 1024),
  /** What paths of the sources mean that name no restaurant, while the platform's settings say nothing. */
  DEFAULT_RESTAURANT: z.guid().toLowerCase().optional(),
  /** Whose webhooks owners may also name; it plays Discord and Slack in development. */
  NOTIFY_LOCAL_ORIGIN: z.url().optional(),
  CORS_ALLOWED_ORIGINS: origins,
  /** How long the edge may answer strangers' reads of the menu by itself; more would break a promise. */
  EDGE_CACHE_SECONDS: z.coerce.number().int().min(0).max(30).optional(),
  /** Development's server passes on any `CF-Connecting-IP`; tests of several callers want it believed. */
  TRUST_CLIENT_IP_HEADER: flag,
  [LIMIT_SETTINGS.anonymous]: callsAMinute,
  [LIMIT_SETTINGS.visit]: callsAMinute,
  [LIMIT_SETTINGS.account]: callsAMinute,
  [LIMIT_SETTINGS.login]: callsAMinute,
  [LIMIT_SETTINGS.guestToken]: callsAMinute,
  [LIMIT_SETTINGS.couponClaim]: callsAMinute,
  [LIMIT_SETTINGS.webhook]: callsAMinute,
})

export type Config = z.infer<typeof settings>

/** Settings that stand together or not at all. */
function halfSet(config: Config): string[] {
  const { MAIL_GATEWAY_URL, MAIL_GATEWAY_KEY, MAIL_FROM } = config
  const { PAYACTION_MALL_ID, PAYACTION_API_KEY, PAYACTION_WEBHOOK_KEY } = config
  const { DATA_PLATFORM_URL, DATA_PLATFORM_KEY } = config
  const { STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY, STRIPE_WEBHOOK_SECRET } = config
  const stripe = { STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY, STRIPE_WEBHOOK_SECRET }
  return [
    ...missingOf('Stripe', stripe),
    ...missingOf('e-mail', { MAIL_GATEWAY_URL, MAIL_GATEWAY_KEY, MAIL_FROM }),
    ...missingOf('the data platform', { DATA_PLATFORM_URL, DATA_PLATFORM_KEY }),
    ...missingOf('PayAction', { PAYACTION_MALL_ID, PAYACTION_API_KEY, PAYACTION_WEBHOOK_KEY }),
  ]
}

function missingOf(what: string, settings: Record<string, string | undefined>): string[] {
  const all = Object.entries(settings)
  const missing = all.filter(([, value]) => value === undefined)
  if (missing.length === all.length) return []
  return missing.map(([name]) => `${name}: missing beside the other settings of ${what}`)
}

const STRIPE_JS_ORIGIN = 'https://js.stripe.com/'

/** What may stand in development alone, and what production may not stand on. */
function misplaced(config: Config): string[] {
  const { ENVIRONMENT, TOSS_SECRET_KEY, TOSS_CLIENT_KEY, TOSS_API_BASE_URL, PUBLIC_URL } = config
  if (ENVIRONMENT === 'development') return []
  const problems: string[] = []
  const { MAIL_GATEWAY_URL, PAYACTION_API_BASE_URL, STRIPE_API_BASE_URL } = config
  const providers = { TOSS_API_BASE_URL, STRIPE_API_BASE_URL, PAYACTION_API_BASE_URL }
  const { DATA_PLATFORM_URL, DISCORD_WEBHOOK_URL } = config
  const outgoing = { MAIL_GATEWAY_URL, DATA_PLATFORM_URL, DISCORD_WEBHOOK_URL }
  const plain = { ...providers, PUBLIC_URL, ...outgoing }
  for (const [name, url] of Object.entries(plain))
    if (url !== undefined && !url.startsWith('https:')) problems.push(`${name}: must be https`)
  if (!config.STRIPE_JS_URL.startsWith(STRIPE_JS_ORIGIN))
    problems.push(`STRIPE_JS_URL: must begin with ${STRIPE_JS_ORIGIN}`)
  if (config.NOTIFY_LOCAL_ORIGIN !== undefined)
    problems.push('NOTIFY_LOCAL_ORIGIN: for development alone')
  if (config.POINTS_INSTANT)
    problems.push('POINTS_INSTANT: for development alone; points are worth money')
  if (config.TRUST_CLIENT_IP_HEADER)
    problems.push('TRUST_CLIENT_IP_HEADER: for development alone; the edge sets the header itself')
  if (ENVIRONMENT === 'production')
    for (const [name, key] of Object.entries({ TOSS_SECRET_KEY, TOSS_CLIENT_KEY }))
      if (key.startsWith('test_')) problems.push(`${name}: a test key moves no money`)
  if (ENVIRONMENT === 'production')
    for (const name of ['STRIPE_SECRET_KEY', 'STRIPE_PUBLISHABLE_KEY'] as const)
      if (/^[a-z]+_test_/.test(config[name] ?? ''))
        problems.push(`${name}: a test key moves no money`)
  return problems
}

/** Parses the settings; throws one error naming every bad one (never its value). */
export function parseConfig(env: Env): Config {
  const parsed = settings.safeParse(env)
  const problems = parsed.success
    ? [...misplaced(parsed.data), ...halfSet(parsed.data)]
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  if (parsed.success && problems.length === 0) return parsed.data
  throw new Error(`environment is not usable: ${problems.join('; ')}`)
}
