// Puts the demo restaurant into a running development server; what is there already stays.
import { createApi } from './lib/api.ts'
import { developmentPlace } from './lib/place.ts'
import { seed } from './lib/seed-restaurant.ts'

const place = developmentPlace()
const { restaurantId, tables, made } = await seed(createApi(place.app), place.state)
console.log(`${made === 0 ? 'Everything was there' : `${made} things made`}: ${restaurantId}`)
for (const { name, qr_url } of tables) console.log(`  ${name}  ${qr_url}`)
