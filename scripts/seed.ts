// Puts the demo restaurant into a running development server, or with --url over the API into another
// deployment (staging), under SEED_PASSWORD; what is there already stays.
import { parseArgs } from 'node:util'
import { createApi } from './lib/api.ts'
import { DEMO_PASSWORD } from './lib/demo-data.ts'
import { ensureDefaultRestaurant } from './lib/default-restaurant.ts'
import { developmentPlace, nothingAnswers } from './lib/place.ts'
import { seed, type Seeded } from './lib/seed-restaurant.ts'

const { values: flags } = parseArgs({ options: { url: { type: 'string' } } })
const place = developmentPlace()
const origin = flags.url ?? place.app

async function isRunning(): Promise<boolean> {
  try {
    return (await fetch(`${origin}/health`, { signal: AbortSignal.timeout(5_000) })).ok
  } catch {
    return false
  }
}

async function seedHere(): Promise<Seeded> {
  const api = createApi(origin)
  const seeded = await seed(api, place.state)
  await ensureDefaultRestaurant(api, place.state, seeded.restaurantId)
  return seeded
}

/** Whoever knew the password there could act as its owner: it is not the one in this repository. */
const password = process.env['SEED_PASSWORD'] ?? ''
const isOwn = password.length >= 16 && password !== DEMO_PASSWORD
const seedElsewhere = (): Promise<Seeded> => seed(createApi(origin), null, password)

if (flags.url !== undefined && !isOwn) {
  console.error(
    'SEED_PASSWORD is the accounts’ password there: 16 characters or more, of your own.',
  )
  process.exitCode = 1
} else if (await isRunning()) {
  const { restaurantId, tables, made } = await (flags.url ? seedElsewhere() : seedHere())
  console.log(`${made === 0 ? 'Everything was there' : `${made} things made`}: ${restaurantId}`)
  for (const { name, qr_url } of tables) console.log(`  ${name}  ${qr_url}`)
} else {
  console.error(flags.url === undefined ? nothingAnswers(origin) : `Nothing answers at ${origin}.`)
  process.exitCode = 1
}
