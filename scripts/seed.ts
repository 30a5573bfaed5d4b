// Puts the demo restaurant into a running development server; what is there already stays.
import { createApi } from './lib/api.ts'
import { ensureDefaultRestaurant } from './lib/default-restaurant.ts'
import { developmentPlace } from './lib/place.ts'
import { seed } from './lib/seed-restaurant.ts'

const place = developmentPlace()

async function isRunning(): Promise<boolean> {
  try {
    return (await fetch(`${place.app}/health`, { signal: AbortSignal.timeout(5_000) })).ok
  } catch {
    return false
  }
}

if (await isRunning()) {
  const api = createApi(place.app)
  const { restaurantId, tables, made } = await seed(api, place.state)
  await ensureDefaultRestaurant(api, place.state, restaurantId)
  console.log(`${made === 0 ? 'Everything was there' : `${made} things made`}: ${restaurantId}`)
  for (const { name, qr_url } of tables) console.log(`  ${name}  ${qr_url}`)
} else {
  console.error(
    `Nothing answers at ${place.app}: start it with npm run dev, ` +
      'or set PORT (and DEV_FOLDER) here as they are set there.',
  )
  process.exitCode = 1
}
