import { z } from 'zod'
import type { RestaurantObject } from './restaurant/restaurant-object.ts'
import { LIMIT_SETTINGS, type LimitSettings } from './domain/limits/call-limits.ts'
import type { QueueMessage } from './queues/messages.ts'

/** What wrangler.toml and the secrets give to the Worker. */
export interface Env extends LimitSettings {
  DB: D1Database
  RESTAURANTS: DurableObjectNamespace<RestaurantObject>
  JOBS: Queue<QueueMessage>
  ASSETS: Fetcher
  ENVIRONMENT: string
  JWT_KEYS: string
  LINK_SECRET: string
  TOSS_SECRET_KEY: string
  TOSS_CLIENT_KEY: string
  TOSS_API_BASE_URL: string
  PUBLIC_URL?: string
  JWT_ACCESS_TTL?: string
  JWT_REFRESH_TTL?: string
  GUEST_TTL?: string
  MAX_BODY_BYTES?: string
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

const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true')

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
  TOSS_SECRET_KEY: z.string().min(1),
  TOSS_CLIENT_KEY: z.string().min(1),
  TOSS_API_BASE_URL: z.url(),
  /** Origin used in links; without it the request's own origin is used. */
  PUBLIC_URL: z.url().optional(),
  JWT_ACCESS_TTL: seconds(15 * 60),
  JWT_REFRESH_TTL: seconds(7 * 24 * 3600),
  GUEST_TTL: seconds(12 * 3600),
  MAX_BODY_BYTES: seconds(256 * 1024),
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
  [LIMIT_SETTINGS.webhook]: callsAMinute,
})

export type Config = z.infer<typeof settings>

/** What may stand in development alone, and what production may not stand on. */
function misplaced(config: Config): string[] {
  const { ENVIRONMENT, TOSS_SECRET_KEY, TOSS_CLIENT_KEY, TOSS_API_BASE_URL, PUBLIC_URL } = config
  if (ENVIRONMENT === 'development') return []
  const problems: string[] = []
  const plain = { TOSS_API_BASE_URL, PUBLIC_URL }
  for (const [name, url] of Object.entries(plain))
    if (url !== undefined && !url.startsWith('https:')) problems.push(`${name}: must be https`)
  if (config.TRUST_CLIENT_IP_HEADER)
    problems.push('TRUST_CLIENT_IP_HEADER: for development alone; the edge sets the header itself')
  if (ENVIRONMENT === 'production')
    for (const [name, key] of Object.entries({ TOSS_SECRET_KEY, TOSS_CLIENT_KEY }))
      if (key.startsWith('test_')) problems.push(`${name}: a test key moves no money`)
  return problems
}

/** Parses the settings; throws one error naming every bad one (never its value). */
export function parseConfig(env: Env): Config {
  const parsed = settings.safeParse(env)
  const problems = parsed.success
    ? misplaced(parsed.data)
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  if (parsed.success && problems.length === 0) return parsed.data
  throw new Error(`environment is not usable: ${problems.join('; ')}`)
}
