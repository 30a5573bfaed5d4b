import { z } from 'zod'
import type { RestaurantObject } from './restaurant/restaurant-object.ts'
import type { QueueMessage } from './queues/messages.ts'

/** What wrangler.toml and the secrets give to the Worker. */
export interface Env {
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
}

const seconds = (fallback: number) => z.coerce.number().int().positive().default(fallback)

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
})

export type Config = z.infer<typeof settings>

/** Parses the settings; throws one error naming every bad one (never its value). */
export function parseConfig(env: Env): Config {
  const parsed = settings.safeParse(env)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`environment is not usable: ${problems.join('; ')}`)
}
