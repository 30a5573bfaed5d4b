// Prepares and serves everything for development: secrets, database, sandbox, app, demo data, crons.
import { rm } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createApi } from './lib/api.ts'
import { startCrons } from './lib/cron-ticker.ts'
import { migrateLocally } from './lib/migrate-locally.ts'
import { earlierServer, removeRecord, stopEarlier, writeRecord } from './lib/pid-file.ts'
import { developmentPlace, type Place } from './lib/place.ts'
import { isFree } from './lib/ports.ts'
import { startOf, stopGroup } from './lib/process-group.ts'
import { ensureSecrets, localSetting } from './lib/secrets.ts'
import { seed } from './lib/seed-restaurant.ts'
import { ensureDefaultRestaurant } from './lib/default-restaurant.ts'
import { sandboxAsProvider, startApp, startSandbox, untilReady, type Server } from './lib/server.ts'
import { welcome } from './lib/welcome.ts'

const { values: flags } = parseArgs({
  options: {
    replace: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
})
const say = (line: string) => console.log(line)
const startedAt = performance.now()

/** What went wrong and what to do about it; told without a stack. */
class Trouble extends Error {}

async function makeRoom(place: Place): Promise<void> {
  const earlier = await earlierServer()
  if (earlier.kind === 'running' && !flags.replace)
    throw new Trouble(
      `A development server of this checkout already runs at ${earlier.record.app} (process ${earlier.record.self.pid}).\n` +
        'Stop it with Ctrl-C in its window, or end it and start anew: npm run dev -- --replace',
    )
  if (earlier.kind !== 'none') {
    say(
      earlier.kind === 'running'
        ? `Stopping the server at ${earlier.record.app} …`
        : `An earlier server at ${earlier.record.app} was left behind by a command that is gone: stopping it …`,
    )
    await stopEarlier(earlier.record)
  }
  for (const [name, port] of [
    ['PORT', place.appPort],
    ['SANDBOX_PORT', place.sandboxPort],
  ] as const)
    if (!(await isFree(port)))
      throw new Trouble(
        `Port ${port} is taken by another program, not by this project's dev command.\n` +
          `See which: lsof -i :${port}   Then stop it, or choose another port: ${name}=${port + 100} npm run dev`,
      )
}

const ERROR_LINE = /"level":"error"|\[ERROR\]|✘/
/** A caller that left before its answer; the runtime calls that an error. */
const CALLER_LEFT = /disconnected: /

function onLine(server: string, line: string): void {
  const matters = ERROR_LINE.test(line) && !CALLER_LEFT.test(line)
  if (flags.verbose || matters) say(`[${server}] ${line}`)
}

async function prepare(place: Place): Promise<void> {
  await rm(place.logs, { recursive: true, force: true })
  const made = await ensureSecrets()
  if (made.length > 0) say(`Local secrets made in .dev.vars: ${made.join(', ')}`)
  if (await migrateLocally(place.state)) say('Database migrations applied.')
}

/** What `.dev.vars` says of a provider counts; the sandbox plays the others. */
async function sandboxWhereNoOther(place: Place): Promise<Record<string, string>> {
  const played = Object.entries(sandboxAsProvider(place))
  const own = await Promise.all(played.map(([name]) => localSetting(name)))
  return Object.fromEntries(played.filter((_, at) => own[at] === undefined))
}

async function serve(place: Place, servers: Server[]): Promise<() => void> {
  const vars = await sandboxWhereNoOther(place)
  servers.push(startSandbox(place, { onLine }), startApp(place, { onLine, vars }))
  const self = { pid: process.pid, started: startOf(process.pid) ?? '' }
  const groups = servers.map(({ pid, started }) => ({ pid, started }))
  await writeRecord({ self, app: place.app, groups })
  await Promise.all(servers.map((server) => untilReady(server, place)))
  const api = createApi(place.app)
  const seeded = await seed(api, place.state)
  await ensureDefaultRestaurant(api, place.state, seeded.restaurantId)
  if (seeded.made > 0) say('Demo restaurant, accounts and tables are there.')
  const stopCrons = await startCrons(place.app, say)
  say(welcome(place, seeded))
  say(`Ready in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s.`)
  return stopCrons
}

/** Ctrl-C, a closed window, a signal; or npm went away, which passes signals on to a shell at most. */
function untilAsked(): Promise<void> {
  const { ppid } = process
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => resolve())
    if (process.env['npm_lifecycle_event'] === undefined) return
    setInterval(() => {
      if (process.ppid !== ppid) resolve()
    }, 500).unref()
  })
}

/** Resolves with the exit code: 0 when asked to stop, a server's own when it ends by itself. */
function untilEnd(servers: readonly Server[], stopAsked: Promise<void>): Promise<number> {
  let asked = false
  const byItself = async (server: Server) => {
    const code = await server.ended
    if (!asked) say(`The ${server.name} ended by itself with code ${code}:\n${server.lastLines()}`)
    return code === 0 ? 1 : code
  }
  const onWish = stopAsked.then(() => {
    asked = true
    return 0
  })
  return Promise.race([onWish, ...servers.map(byItself)])
}

async function main(): Promise<number> {
  const place = developmentPlace()
  const stopAsked = untilAsked()
  const servers: Server[] = []
  let stopCrons: () => void = () => undefined
  try {
    await makeRoom(place)
    say('Starting …')
    await prepare(place)
    const serving = serve(place, servers)
    const first = await Promise.race([serving, stopAsked])
    if (typeof first === 'function') stopCrons = first
    else serving.catch(() => undefined)
    return await untilEnd(servers, stopAsked)
  } finally {
    stopCrons()
    if (servers.length > 0) {
      await Promise.all(servers.map((server) => stopGroup(server)))
      await removeRecord()
      say('Stopped.')
    }
  }
}

try {
  const code = await main()
  // Sockets that a server left open would keep the process for a while.
  await pause(0)
  process.exit(code)
} catch (error) {
  console.error(error instanceof Trouble ? error.message : error)
  process.exit(1)
}
