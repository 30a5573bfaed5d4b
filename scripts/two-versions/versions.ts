import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT, type Place } from '../lib/place.ts'
import { bundle } from '../releases/bundle.ts'
import { d1Migrations } from '../releases/describe.ts'
import { readKept, readKeptWorker } from '../releases/kept.ts'
import { settingsOf, type WorkerSettings } from '../releases/settings.ts'

export type Which = 'old' | 'new'

/** A version of the product, ready to be served. */
export interface Version {
  which: Which
  settings: WorkerSettings
  /** Its script. */
  worker: string
  /** Files of the migrations that it brought. */
  migrations: readonly string[]
}

export type Versions = Record<Which, Version>

/** The kept release, and this checkout. */
export async function bothVersions(folder: string): Promise<Versions> {
  const kept = await readKept()
  const [oldWorker, newWorker, present] = await Promise.all([
    readKeptWorker(),
    bundle(ROOT, join(folder, 'bundle')),
    d1Migrations(ROOT),
  ])
  return {
    old: {
      which: 'old',
      settings: kept.settings,
      worker: oldWorker,
      migrations: Object.keys(kept.d1Migrations),
    },
    new: {
      which: 'new',
      settings: settingsOf(join(ROOT, 'wrangler.toml'), 'development'),
      worker: newWorker,
      migrations: present.map(({ name }) => name),
    },
  }
}

/** Who answers requests, who is the restaurants, and who reads the queue. */
export interface Cast {
  edge: Which
  objects: Which
  queue: Which
}

const RESTAURANT = 'RestaurantObject'

/**
 * Writes what wrangler serves this cast from, and gives its files, the edge's first. Objects keep their
 * data under the name of the Worker that they are in, so that Worker keeps its name whoever it is.
 */
export async function settingsFiles(
  folder: string,
  versions: Versions,
  cast: Cast,
  vars: Record<string, string>,
): Promise<string[]> {
  const home = versions.new.settings.name
  const alone = cast.edge === cast.objects
  const workers = alone
    ? [{ which: cast.edge, name: home, reads: true }]
    : [
        { which: cast.edge, name: `${home}-edge`, reads: cast.queue === cast.edge },
        { which: cast.objects, name: home, reads: cast.queue === cast.objects },
      ]
  const shared = resourcesOf(versions.new.settings)
  const files: string[] = []
  for (const { which, name, reads } of workers) {
    const at = join(folder, `${cast.edge}-${cast.objects}-${cast.queue}-${name}`)
    await mkdir(join(at, 'script'), { recursive: true })
    await writeFile(join(at, 'script', 'worker.js'), versions[which].worker)
    await copyFile(join(ROOT, '.dev.vars'), join(at, '.dev.vars'))
    const { settings } = versions[which]
    const bindings = settings.durable_objects.bindings.map((binding) =>
      binding.class_name === RESTAURANT && name !== home
        ? { ...binding, script_name: home }
        : binding,
    )
    const file = join(at, 'wrangler.json')
    const written = {
      ...settings,
      ...shared,
      name,
      main: join('script', 'worker.js'),
      no_bundle: true,
      send_metrics: false,
      assets: { directory: join(ROOT, 'assets'), binding: 'ASSETS', run_worker_first: true },
      vars: { ...settings.vars, ...vars },
      durable_objects: { bindings },
      queues: { ...shared.queues, consumers: reads ? shared.queues.consumers : [] },
    }
    await writeFile(file, JSON.stringify(written, null, 2))
    files.push(file)
  }
  return files
}

/** What holds data is one and the same for both; each calls it by its own bindings, which only grow. */
const resourcesOf = ({ d1_databases, kv_namespaces, r2_buckets, queues }: WorkerSettings) => ({
  ...{ d1_databases, kv_namespaces, r2_buckets, queues },
})

/** Where the D1 migrations of a version lie alone, for `wrangler d1 migrations apply`. */
export async function migrationsFile(
  folder: string,
  { which, settings, migrations }: Version,
): Promise<string> {
  const at = join(folder, `migrations-${which}`)
  await mkdir(join(at, 'files'), { recursive: true })
  for (const name of migrations)
    await copyFile(join(ROOT, 'migrations', name), join(at, 'files', name))
  const file = join(at, 'wrangler.json')
  const databases = settings.d1_databases.map((one) => ({ ...one, migrations_dir: 'files' }))
  const { name, compatibility_date } = settings
  await writeFile(file, JSON.stringify({ name, compatibility_date, d1_databases: databases }))
  return file
}

export const stateOf = (place: Place): string => join(place.state, 'app')
