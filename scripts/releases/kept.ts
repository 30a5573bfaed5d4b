import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { ROOT } from '../lib/place.ts'
import type { WorkerSettings } from './settings.ts'

/** What is kept of the release that runs while a new one is rolled out (docs/decisions/0056). */
export interface KeptRelease {
  version: string
  commit: string
  /** Name → digest: what was released is never edited. */
  d1Migrations: Record<string, string>
  objectMigrations: Record<string, string>
  settings: WorkerSettings
}

export const PREVIOUS = join(ROOT, 'releases', 'previous')
const PARTS = { release: 'release.json', worker: 'worker.js.gz', api: 'openapi.json' } as const

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')

const pathOf = (part: keyof typeof PARTS) => join(PREVIOUS, PARTS[part])
const readJson = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'))

export const readKept = async (): Promise<KeptRelease> =>
  (await readJson(pathOf('release'))) as KeptRelease

export const readKeptApi = (): Promise<unknown> => readJson(pathOf('api'))

/** The Worker as it was bundled then. */
export const readKeptWorker = async (): Promise<string> =>
  gunzipSync(await readFile(pathOf('worker'))).toString('utf8')

export async function writeKept(release: KeptRelease, worker: string, api: unknown): Promise<void> {
  await mkdir(PREVIOUS, { recursive: true })
  // Without the time of packing, which would change the file without a reason.
  await writeFile(pathOf('worker'), gzipSync(worker, { level: 9 }))
  await writeFile(pathOf('api'), `${JSON.stringify(api)}\n`)
  await writeFile(pathOf('release'), `${JSON.stringify(release, null, 2)}\n`)
}
