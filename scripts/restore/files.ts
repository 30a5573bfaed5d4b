import { cp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Place } from '../lib/place.ts'

/** What a restore brings back: restaurants' objects, or the platform's database. */
export type Store = 'objects' | 'database'

const STORES = (place: Place) => join(place.state, 'app', 'v3')
const IS_DATA = /^[0-9a-f]{64}\.sqlite$/

async function folderOf(place: Place, store: Store): Promise<string> {
  if (store === 'database') return join(STORES(place), 'd1', 'miniflare-D1DatabaseObject')
  const folders = await readdir(join(STORES(place), 'do'))
  const folder = folders.find((name) => name.endsWith('RestaurantObject'))
  if (folder === undefined) throw new Error(`no restaurant among ${folders.join(', ')}`)
  return join(STORES(place), 'do', folder)
}

/** Copies the files aside; the server must be down. */
export async function copyAside(place: Place, store: Store): Promise<void> {
  await cp(await folderOf(place, store), join(place.state, `aside-${store}`), { recursive: true })
}

/** The copy takes the place of what is there; the server must be down. */
export async function putBack(place: Place, store: Store): Promise<void> {
  const folder = await folderOf(place, store)
  await rm(folder, { recursive: true })
  await cp(join(place.state, `aside-${store}`), folder, { recursive: true })
}

/** Reads the store itself, of which there is one; the server must be down. */
export async function open(place: Place, store: Store): Promise<DatabaseSync> {
  const folder = await folderOf(place, store)
  const data = (await readdir(folder)).filter((name) => IS_DATA.test(name))
  const [only, second] = data
  if (only === undefined || second !== undefined)
    throw new Error(`${data.length} databases in ${folder}, not one`)
  return new DatabaseSync(join(folder, only))
}
