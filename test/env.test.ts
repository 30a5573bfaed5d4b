import { env } from 'cloudflare:workers'
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import { LIMIT_SETTINGS } from '../src/domain/limits/call-limits.ts'
import { parseConfig, type Env } from '../src/env.ts'
import { createHandlers } from '../src/handlers.ts'
import { systemRuntime } from '../src/runtime.ts'
import { newSigningKey } from './support/identity.ts'

const JWT_KEYS = JSON.stringify([await newSigningKey('one')])

// What stands in development alone is no part of the others.
const {
  MAIL_GATEWAY_URL,
  MAIL_GATEWAY_KEY,
  MAIL_FROM,
  NOTIFY_LOCAL_ORIGIN,
  STRIPE_SECRET_KEY,
  STRIPE_PUBLISHABLE_KEY,
  STRIPE_WEBHOOK_SECRET,
  STRIPE_API_BASE_URL,
  STRIPE_JS_URL,
  PAYACTION_API_BASE_URL,
  PAYACTION_MALL_ID,
  PAYACTION_API_KEY,
  PAYACTION_WEBHOOK_KEY,
  POINTS_INSTANT,
  ...bindings
} = env as Env

const development: Env = {
  ...bindings,
  ENVIRONMENT: 'development',
  JWT_KEYS,
  ENCRYPTION_KEYS: JSON.stringify([{ id: 'tests', key: 'a'.repeat(43) }]),
  LINK_SECRET: 'long enough to be a secret of the tests',
  TOSS_SECRET_KEY: 'test_sk_secret',
  TOSS_CLIENT_KEY: 'test_ck_secret',
}
const staging: Env = {
  ...development,
  ENVIRONMENT: 'staging',
  TOSS_API_BASE_URL: 'https://api.tosspayments.com',
}
const production: Env = {
  ...staging,
  ENVIRONMENT: 'production',
  TOSS_SECRET_KEY: 'live_sk_secret',
  TOSS_CLIENT_KEY: 'live_ck_secret',
}

describe('the environment', () => {
  it('is taken as it is meant', () => {
    for (const given of [development, staging, production])
      expect(parseConfig(given).ENVIRONMENT).toBe(given.ENVIRONMENT)
  })

  it.each([
    ['CORS_ALLOWED_ORIGINS', 'https://app.example.com, *'],
    ['CORS_ALLOWED_ORIGINS', 'https://*.example.com'],
    ['CORS_ALLOWED_ORIGINS', 'app.example.com'],
    ['CORS_ALLOWED_ORIGINS', 'https://app.example.com/'],
    ['CORS_ALLOWED_ORIGINS', 'null'],
    ['TRUST_CLIENT_IP_HEADER', 'yes'],
    ['JWT_ACCESS_TTL', '-1'],
    ['EDGE_CACHE_SECONDS', '31'],
    ['DEFAULT_RESTAURANT', 'tasty-chicken'],
    ['ENVIRONMENT', 'prod'],
    ['ENCRYPTION_KEYS', '[]'],
    ['ENCRYPTION_KEYS', '[{"id":"a","key":"short"}]'],
    ['ENCRYPTION_KEYS', `[{"id":"a.b","key":"${'k'.repeat(43)}"}]`],
    ['PUBLIC_URL', 'ordersync'],
    ['METRICS_TOKEN', 'too short to be a secret'],
    ['STRIPE_API_BASE_URL', 'api.stripe.com'],
    ['STRIPE_JS_URL', 'js.stripe.com/v3/'],
    ['STRIPE_SECRET_KEY', ' '],
    ['PAYACTION_API_BASE_URL', 'api.payaction.app'],
    ['PAYACTION_EXCLUDE_PATH', 'order-exclude'],
    ['PAYACTION_MALL_ID', ' '],
    ...Object.values(LIMIT_SETTINGS).flatMap((name) => [
      [name, '0'],
      [name, 'many'],
      [name, '1.5'],
    ]),
  ])('is refused by name for %s = %s', (name = '', value = '') => {
    expect(() => parseConfig({ ...development, [name]: value })).toThrow(new RegExp(name))
  })

  it('names every bad setting at once', () => {
    const bad = { ...development, RATE_LIMIT_VISIT: 'x', LINK_SECRET: 'short', JWT_KEYS: '[]' }
    const failing = () => parseConfig(bad)
    for (const name of ['RATE_LIMIT_VISIT', 'LINK_SECRET', 'JWT_KEYS'])
      expect(failing).toThrow(new RegExp(name))
  })

  it.each([
    ['TOSS_SECRET_KEY', 'test_sk_secret', [production]],
    ['TOSS_CLIENT_KEY', 'test_ck_secret', [production]],
    ['TOSS_API_BASE_URL', 'http://127.0.0.1:8788/toss', [production, staging]],
    ['PUBLIC_URL', 'http://ordersync.example', [production, staging]],
    ['STRIPE_API_BASE_URL', STRIPE_API_BASE_URL, [production, staging]],
    ['STRIPE_JS_URL', STRIPE_JS_URL, [production, staging]],
    ['STRIPE_JS_URL', 'https://js.stripe.com.example/v3/', [production, staging]],
    ['PAYACTION_API_BASE_URL', PAYACTION_API_BASE_URL, [production, staging]],
    ['TRUST_CLIENT_IP_HEADER', 'true', [production, staging]],
    ['NOTIFY_LOCAL_ORIGIN', NOTIFY_LOCAL_ORIGIN, [production, staging]],
    ['POINTS_INSTANT', POINTS_INSTANT, [production, staging]],
  ] as const)('does not let %s = %s out of development', (name, value, refusing) => {
    for (const given of refusing)
      expect(() => parseConfig({ ...given, [name]: value })).toThrow(new RegExp(name))
    expect(() => parseConfig({ ...development, [name]: value })).not.toThrow()
  })

  it('takes the settings of e-mail together or not at all', () => {
    const mail = { MAIL_GATEWAY_URL, MAIL_GATEWAY_KEY, MAIL_FROM } as Partial<Env>
    expect(() => parseConfig({ ...development, ...mail })).not.toThrow()
    const { MAIL_FROM: _, ...half } = mail
    expect(() => parseConfig({ ...development, ...half })).toThrow(/MAIL_FROM/)
  })

  it('takes the settings of the data platform together or not at all, and only over https', () => {
    const platform = { DATA_PLATFORM_URL: 'https://data.example.com', DATA_PLATFORM_KEY: 'key' }
    expect(() => parseConfig({ ...development, ...platform })).not.toThrow()
    const { DATA_PLATFORM_KEY: _, ...half } = platform
    expect(() => parseConfig({ ...development, ...half })).toThrow(/DATA_PLATFORM_KEY/)
    const plain = { DATA_PLATFORM_URL: 'http://data.example.com', DISCORD_WEBHOOK_URL: 'http://x' }
    expect(() => parseConfig({ ...production, ...platform, ...plain })).toThrow(
      /DATA_PLATFORM_URL: must be https; DISCORD_WEBHOOK_URL: must be https/,
    )
  })

  it('takes an account at Stripe whole or not at all, and no test keys in production', () => {
    const account = { STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY, STRIPE_WEBHOOK_SECRET }
    const given = (keys: Record<string, string | undefined>, base = development) =>
      parseConfig({ ...base, ...(keys as Partial<Env>) })
    expect(given(account).STRIPE_JS_URL).toBe('https://js.stripe.com/v3/')
    for (const name of Object.keys(account))
      expect(() => given({ ...account, [name]: undefined })).toThrow(new RegExp(name))
    expect(() => given(account, staging)).not.toThrow()
    expect(() => given(account, production)).toThrow(/STRIPE_SECRET_KEY.*STRIPE_PUBLISHABLE_KEY/)
    const live = {
      STRIPE_SECRET_KEY: 'rk_live_key',
      STRIPE_PUBLISHABLE_KEY: 'pk_live_key',
      STRIPE_WEBHOOK_SECRET: 'whsec_key',
    }
    expect(() => given(live, production)).not.toThrow()
    expect(() => given({ ...live, STRIPE_SECRET_KEY: 'rk_test_key' }, production)).toThrow(
      /STRIPE_SECRET_KEY/,
    )
  })

  it('takes a mall at PayAction whole or not at all, without what was copied along', () => {
    const mall = { PAYACTION_MALL_ID, PAYACTION_API_KEY, PAYACTION_WEBHOOK_KEY } as Partial<Env>
    const given = { ...development, ...mall, PAYACTION_WEBHOOK_KEY: ' a-key\n' }
    expect(parseConfig(given).PAYACTION_WEBHOOK_KEY).toBe('a-key')
    const { PAYACTION_WEBHOOK_KEY: _, ...half } = mall
    expect(() => parseConfig({ ...development, ...half })).toThrow(/PAYACTION_WEBHOOK_KEY/)
  })

  it('takes a list of origins, or * alone', () => {
    const originsOf = (CORS_ALLOWED_ORIGINS: string) =>
      parseConfig({ ...development, CORS_ALLOWED_ORIGINS }).CORS_ALLOWED_ORIGINS
    expect(originsOf('')).toEqual([])
    expect(originsOf('*')).toEqual(['*'])
    expect(originsOf('https://a.example.com, http://localhost:8787')).toEqual([
      'https://a.example.com',
      'http://localhost:8787',
    ])
  })
})

describe('limits that are set', () => {
  const LOW = { RATE_LIMIT_ANONYMOUS: '2' }
  const served = (given: Env) => {
    const worker = createHandlers({ ...systemRuntime, log: () => undefined })
    return async (ip: string): Promise<number> => {
      const ctx = createExecutionContext()
      const request = new Request('https://ordersync.test/health', {
        headers: { 'cf-connecting-ip': ip },
      })
      const { status } = await worker.fetch(request, given, ctx)
      await waitOnExecutionContext(ctx)
      return status
    }
  }

  it('hold in the Worker, where the edge names the caller', async () => {
    const ask = served({ ...production, ...LOW })
    expect([await ask('203.0.113.1'), await ask('203.0.113.1')]).toEqual([200, 200])
    expect(await ask('203.0.113.1')).toBe(429)
    expect(await ask('203.0.113.2')).toBe(200)
  })

  it('cannot be dodged in development by naming another address', async () => {
    const ask = served({ ...development, ...LOW })
    expect([await ask('203.0.113.1'), await ask('203.0.113.2')]).toEqual([200, 200])
    expect(await ask('203.0.113.3')).toBe(429)
  })

  it('count the addresses that tests name where the setting believes them', async () => {
    const ask = served({ ...development, ...LOW, TRUST_CLIENT_IP_HEADER: 'true' })
    for (const ip of ['203.0.113.1', '203.0.113.2', '203.0.113.3']) expect(await ask(ip)).toBe(200)
  })
})
