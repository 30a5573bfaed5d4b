import { describe, expect, it } from 'vitest'
import { unstable_readConfig as readConfig } from 'wrangler'
import { SCHEDULE } from '../../src/cron/schedule.ts'
import { callLimitsOf } from '../../src/domain/limits/call-limits.ts'

/** As much of an environment as the code depends on. */
interface Environment {
  name: string
  main: string
  vars: Record<string, string>
  durable_objects: { bindings: { name: string; class_name: string; script_name?: string }[] }
  d1_databases: {
    binding: string
    database_name: string
    database_id: string
    migrations_dir: string
  }[]
  kv_namespaces: { binding: string; id: string }[]
  r2_buckets: { binding: string; bucket_name: string }[]
  queues: {
    producers: { binding: string; queue: string }[]
    consumers: { queue: string; dead_letter_queue?: string }[]
  }
  ratelimits: { name: string; namespace_id: string; simple: { limit: number; period: number } }[]
  assets: { binding: string }
  compatibility_date: string
  compatibility_flags: string[]
  triggers: { crons: string[] }
  migrations: { tag: string; new_sqlite_classes?: string[] }[]
  observability: unknown
}

function environment(env: string): Environment {
  const config: unknown = readConfig({ config: 'wrangler.toml', env }, { hideWarnings: true })
  return config as Environment
}

const production = environment('')
const OTHERS = ['staging', 'development'] as const
const ALL = ['', ...OTHERS]

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
const consumersOf = ({ name, queues }: Environment) =>
  queues.consumers.map(({ queue, dead_letter_queue, ...manner }) => ({
    ...manner,
    queue: queue.replace(name, ''),
    dead: dead_letter_queue?.replace(name, ''),
  }))
/** Everything of the account that an environment holds, by the names that the account knows. */
const namesOf = (config: Environment): string[] => {
  const { name, d1_databases, kv_namespaces, r2_buckets, queues, ratelimits } = config
  const names = [
    `worker ${name}`,
    ...d1_databases.map((b) => `database ${b.database_name}`),
    // Zeros stand until somebody has created it.
    ...d1_databases.filter((b) => !/^[0-]+$/.test(b.database_id)).map((b) => b.database_id),
    ...kv_namespaces.map((b) => `namespace ${b.id}`),
    ...r2_buckets.map((b) => `bucket ${b.bucket_name}`),
    ...queues.producers.map((b) => `queue ${b.queue}`),
    ...queues.consumers.flatMap((b) => [`queue ${b.queue}`, `queue ${b.dead_letter_queue ?? ''}`]),
    ...ratelimits.map((b) => `limiter ${b.namespace_id}`),
  ]
  return [...new Set(names)].filter((text) => text !== 'queue ')
}
/** Classes that the object migrations make, less those they take away again. */
const classesOf = ({ migrations }: Environment): string[] =>
  migrations.flatMap((step) => step.new_sqlite_classes ?? [])

describe('the environments of wrangler.toml', () => {
  it.each(OTHERS)('give the code in %s what they give it in production', (env) => {
    const config = environment(env)
    expect(bindingsOf(config)).toEqual(bindingsOf(production))
    expect(consumersOf(config)).toEqual(consumersOf(production))
    for (const same of [
      'compatibility_date',
      'compatibility_flags',
      'triggers',
      'migrations',
      'observability',
    ] as const)
      expect(config[same], same).toEqual(production[same])
  })

  it.each(ALL)('bind every class that "%s" makes, and no other Worker\'s', (env) => {
    const config = environment(env)
    const { bindings } = config.durable_objects
    expect(sorted(bindings.map((b) => b.class_name))).toEqual(sorted(classesOf(config)))
    expect(bindings.filter((b) => b.script_name !== undefined)).toEqual([])
  })

  it.each(ALL)('read every queue of "%s" that is written to, dead letters too', (env) => {
    const { queues } = environment(env)
    const read = queues.consumers.map((b) => b.queue)
    const written = [
      ...queues.producers.map((b) => b.queue),
      ...queues.consumers.flatMap((b) => b.dead_letter_queue ?? []),
    ]
    expect(sorted(read)).toEqual(sorted(written))
  })

  it('fire the crons that the code knows', () => {
    for (const env of ALL)
      expect(sorted(environment(env).triggers.crons)).toEqual(sorted(Object.keys(SCHEDULE)))
  })

  it('share nothing: no name of one stands in another', () => {
    const all = ALL.flatMap((env) => namesOf(environment(env)))
    expect(all.filter((name, at) => all.indexOf(name) !== at)).toEqual([])
    expect(all.length).toBeGreaterThan(20)
  })

  it.each(OTHERS)('name every setting in %s that production has', (env) => {
    const { vars } = environment(env)
    expect(Object.keys(vars)).toEqual(expect.arrayContaining(Object.keys(production.vars)))
    expect(vars['ENVIRONMENT']).toBe(env)
  })

  it('run the same code in staging as in production', () => {
    const staging = environment('staging')
    expect(staging.main).toBe(production.main)
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
