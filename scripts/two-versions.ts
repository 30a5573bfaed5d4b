// The last release and this checkout serve one state: one after the other, both ways, and together as
// they do while a rollout is under way (docs/decisions/0056). Ends with 0 when both can live with it.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UnexpectedAnswerError } from './lib/api.ts'
import { placeAt } from './lib/place.ts'
import { twoFreePorts } from './lib/ports.ts'
import { ensureSecrets } from './lib/secrets.ts'
import { readKept } from './releases/kept.ts'
import { compareStores, Findings } from './restore/checks.ts'
import { peopleOf } from './two-versions/orders.ts'
import { bothVersions, type Cast, type Versions } from './two-versions/versions.ts'
import { named, startWorld, type World } from './two-versions/world.ts'

const OLD: Cast = { edge: 'old', objects: 'old', queue: 'old' }
const NEW: Cast = { edge: 'new', objects: 'new', queue: 'new' }
/** What a rollout mixes: requests, restaurants and messages each meet either version. */
const TOGETHER: readonly Cast[] = [
  { edge: 'old', objects: 'new', queue: 'old' },
  { edge: 'new', objects: 'old', queue: 'new' },
  { edge: 'old', objects: 'new', queue: 'new' },
  { edge: 'new', objects: 'old', queue: 'old' },
]

const folder = await mkdtemp(join(tmpdir(), 'ordersync-two-versions-'))
let running: World | null = null
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void running?.stop().then(() => process.exit(130)))

/** Goes through the casts; each finds what those before it left, and leaves something. */
async function goThrough(
  name: string,
  versions: Versions,
  steps: readonly (Cast | 'migrate')[],
): Promise<string[]> {
  console.log(name)
  const place = placeAt(join(folder, name.replaceAll(' ', '-')), ...(await twoFreePorts()))
  const world = await startWorld(place, join(folder, name.replaceAll(' ', '-')), versions)
  running = world
  const people = peopleOf(place)
  const problems: string[] = []
  try {
    await world.migrate(versions[steps[0] === 'migrate' ? 'new' : 'old'])
    for (const step of steps) {
      if (step === 'migrate') {
        await world.migrate(versions.new)
        continue
      }
      const startedAt = performance.now()
      const { messages, unknown, errors } = await world.during(step, async () => {
        await people.finish()
        await people.order(named(step))
        await people.callOff(named(step))
        await people.begin(named(step))
        await people.forget()
        problems.push(...(await people.look()))
      })
      if (messages === 0) problems.push(`${named(step)}: nothing came through the queue`)
      problems.push(...errors.map((line) => `${named(step)}: ${line}`))
      const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
      console.log(`  ${named(step)}: ${messages} messages (${seconds} s)`)
      if (unknown > 0) console.log(`    ${unknown} of a kind that ${step.queue} does not know`)
    }
  } finally {
    await world.stop()
    running = null
  }
  const findings = new Findings()
  await compareStores(place, findings)
  return [...problems, ...findings.problems].map((problem) => `${name}: ${problem}`)
}

let problems: string[] = []
try {
  await ensureSecrets()
  const { version, commit } = await readKept()
  console.log(`Two versions: ${version} (${commit.slice(0, 7)}) and this checkout.`)
  const versions = await bothVersions(folder)
  problems = [
    ...(await goThrough('rollout', versions, ['migrate', NEW, OLD, ...TOGETHER, NEW])),
    ...(await goThrough('upgrade', versions, [OLD, 'migrate', NEW])),
  ]
} catch (error) {
  problems.push(error instanceof UnexpectedAnswerError ? error.message : String(error))
}
for (const problem of problems) console.log(`  BROKEN  ${problem}`)
if (problems.length === 0) {
  console.log('Either can live with what the other leaves.')
  await rm(folder, { recursive: true, force: true })
} else console.log(`Data and logs are in ${folder}`)
process.exit(problems.length === 0 ? 0 : 1)
