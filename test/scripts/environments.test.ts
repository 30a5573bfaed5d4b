import { describe, expect, it } from 'vitest'
import { unstable_readConfig as readConfig } from 'wrangler'
import { callLimitsOf } from '../../src/domain/limits/call-limits.ts'

/** As much of an environment as the code depends on. */
interface Environment {
  name: string
  main: string
  vars: Record<string, string>
  durable_objects: { bindings: { name: string; class_name: string }[] }
  d1_databases: { binding: string; database_name: string; migrations_dir: string }[]
  r2_buckets: { binding: string; bucket_name: string }[]
  queues: {
    producers: { binding: string; queue: string }[]
    consumers: { queue: string; dead_letter_queue?: string }[]
  }
  ratelimits: { name: string; namespace_id: string; simple: { limit: number; period: number } }[]
  assets: { binding: string }
  compatibility_date: string
  triggers: unknown
  migrations: unknown
  observability: unknown
}

function environment(env: string): Environment {
  const config: unknown = readConfig({ config: 'wrangler.toml', env }, { hideWarnings: true })
  return config as Environment
}

const production = environment('')
const OTHERS = ['staging', 'development'] as const

const sorted = (names: readonly string[]): string[] => names.toSorted()
/** Names by which the code knows what it is given. */
const bindingsOf = (config: Environment): Record<string, string[]> => ({
  objects: sorted(config.durable_objects.bindings.map((b) => `${b.name}: ${b.class_name}`)),
  databases: sorted(config.d1_databases.map((b) => `${b.binding}: ${b.migrations_dir}`)),
  buckets: sorted(config.r2_buckets.map((b) => b.binding)),
  queues: sorted(config.queues.producers.map((b) => b.binding)),
  limiters: sorted(config.ratelimits.map((b) => b.name)),
  assets: [config.assets.binding],
})
const consumersOf = ({ name, queues }: Environment) => {
  // Development has production's names: both are local to their machine.
  const prefix = name === 'ordersync-staging' ? 'ordersync-staging' : 'ordersync'
  return queues.consumers.map(({ queue, dead_letter_queue, ...manner }) => ({
    ...manner,
    queue: queue.replace(prefix, ''),
    dead: dead_letter_queue?.replace(prefix, ''),
  }))
}

describe('the environments of wrangler.toml', () => {
  it.each(OTHERS)('give the code in %s what they give it in production', (env) => {
    const config = environment(env)
    expect(bindingsOf(config)).toEqual(bindingsOf(production))
    expect(consumersOf(config)).toEqual(consumersOf(production))
    for (const same of ['compatibility_date', 'triggers', 'migrations', 'observability'] as const)
      expect(config[same], same).toEqual(production[same])
  })

  it.each(OTHERS)('name every setting in %s that production has', (env) => {
    const { vars } = environment(env)
    expect(Object.keys(vars)).toEqual(expect.arrayContaining(Object.keys(production.vars)))
    expect(vars['ENVIRONMENT']).toBe(env)
  })

  it('run the same code in staging as in production, on data of its own', () => {
    const staging = environment('staging')
    expect(staging.main).toBe(production.main)
    expect(staging.name).not.toBe(production.name)
    const namesOf = ({ d1_databases, r2_buckets, queues, ratelimits }: Environment) => [
      ...d1_databases.map((b) => b.database_name),
      ...r2_buckets.map((b) => b.bucket_name),
      ...queues.producers.map((b) => b.queue),
      ...queues.consumers.flatMap((b) => [b.queue, b.dead_letter_queue]),
      ...ratelimits.map((b) => b.namespace_id),
    ]
    const shared = namesOf(staging).filter(
      (name) => name !== undefined && namesOf(production).includes(name),
    )
    expect(shared).toEqual([])
  })

  it('limit at the edge what the code limits', () => {
    for (const env of ['', 'staging']) {
      const { ratelimits, vars } = environment(env)
      const limits = callLimitsOf(vars)
      const atEdge = Object.fromEntries(ratelimits.map((b) => [b.name, b.simple]))
      expect(atEdge).toEqual({
        ANONYMOUS_CALLS: { limit: limits.anonymous, period: 60 },
        GUEST_TOKEN_CALLS: { limit: limits.guestToken, period: 60 },
      })
    }
  })

  it('hold no secret', () => {
    for (const env of ['', 'staging'])
      for (const name of Object.keys(environment(env).vars))
        expect(name).not.toMatch(/KEY|SECRET|TOKEN|PASSWORD/)
  })
})
