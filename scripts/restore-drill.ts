// Puts a restaurant's own database, then the platform's, back to an earlier copy under a running
// system, does what docs/restoring.md says, and holds everything against everything.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UnexpectedAnswerError } from './lib/api.ts'
import { migrateLocally } from './lib/migrate-locally.ts'
import { placeAt } from './lib/place.ts'
import { twoFreePorts } from './lib/ports.ts'
import { ensureSecrets } from './lib/secrets.ts'
import { runDrill } from './restore/drill.ts'
import { startWorld, type World } from './restore/world.ts'

console.log('Restore drill: a restaurant, then the database.')
const folder = await mkdtemp(join(tmpdir(), 'ordersync-restore-'))
let world: World | null = null
const stopWorld = async () => {
  await world?.stop()
  world = null
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void stopWorld().then(() => process.exit(130)))

let code = 1
try {
  await ensureSecrets()
  const place = placeAt(folder, ...(await twoFreePorts()))
  await migrateLocally(place.state)
  world = await startWorld(place)
  code = await runDrill(world)
} catch (error) {
  console.error(error instanceof UnexpectedAnswerError ? error.message : error)
} finally {
  await stopWorld()
  if (code === 0) await rm(folder, { recursive: true, force: true })
  else console.log(`Data and logs are in ${folder}`)
}
process.exit(code)
