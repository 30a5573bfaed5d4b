import { unstable_readConfig as readConfig } from 'wrangler'

/** What a Worker is started with, apart from where things lie on a disk. */
export interface WorkerSettings {
  name: string
  compatibility_date: string
  compatibility_flags: string[]
  vars: Record<string, string>
  durable_objects: { bindings: { name: string; class_name: string; script_name?: string }[] }
  migrations: { tag: string; new_sqlite_classes?: string[] }[]
  d1_databases: { binding: string; database_name: string; database_id: string }[]
  kv_namespaces: { binding: string; id: string }[]
  r2_buckets: { binding: string; bucket_name: string }[]
  queues: {
    producers: { binding: string; queue: string }[]
    consumers: Record<string, unknown>[]
  }
  ratelimits: { name: string; namespace_id: string; simple: { limit: number; period: number } }[]
  triggers: { crons: string[] }
}

const KEPT = [
  'name',
  'compatibility_date',
  'compatibility_flags',
  'vars',
  'durable_objects',
  'migrations',
  'd1_databases',
  'kv_namespaces',
  'r2_buckets',
  'queues',
  'ratelimits',
  'triggers',
] as const satisfies readonly (keyof WorkerSettings)[]

/** An environment of a wrangler.toml, as wrangler itself reads it. */
export function settingsOf(config: string, env: string): WorkerSettings {
  const read = readConfig({ config, env }, { hideWarnings: true }) as unknown as WorkerSettings
  return Object.fromEntries(KEPT.map((key) => [key, read[key]])) as unknown as WorkerSettings
}
