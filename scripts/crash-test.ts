// Guests, tablets and the sandbox against a started server that is killed at random moments and
// started again on the same storage; afterwards the invariants are checked from outside.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { runCrashTest } from './crash/run.ts'
import { startWorld, type World } from './crash/world.ts'
import { UnexpectedAnswerError } from './lib/api.ts'
import { migrateLocally } from './lib/migrate-locally.ts'
import { placeAt } from './lib/place.ts'
import { twoFreePorts } from './lib/ports.ts'
import { ensureSecrets } from './lib/secrets.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    guests: { type: 'string', default: '6' },
    kills: { type: 'string', default: '4' },
    keep: { type: 'boolean', default: false },
  },
})

function whole(name: 'seconds' | 'seed' | 'guests' | 'kills'): number {
  const number = Number(values[name])
  if (Number.isInteger(number) && number >= 0) return number
  throw new Error(`--${name} must be a whole number, not "${values[name]}"`)
}

const plan = {
  seconds: whole('seconds'),
  seed: whole('seed'),
  guests: whole('guests'),
  kills: whole('kills'),
}
console.log(
  `Crash test: ${plan.guests} guests, ${plan.kills} kills, ${plan.seconds} s. Again with the same choices ` +
    `(the system's timing aside): npm run test:crash -- --seed ${plan.seed} --seconds ${plan.seconds} ` +
    `--guests ${plan.guests} --kills ${plan.kills}`,
)

const folder = await mkdtemp(join(tmpdir(), 'ordersync-crash-'))
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
  code = await runCrashTest(world, plan)
} catch (error) {
  console.error(error instanceof UnexpectedAnswerError ? error.message : error)
} finally {
  await stopWorld()
  if (values.keep || code !== 0) console.log(`Data and logs are in ${folder}`)
  else await rm(folder, { recursive: true, force: true })
}
await pause(0)
process.exit(code)
