import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fireCron } from '../lib/cron-ticker.ts'
import type { Place } from '../lib/place.ts'
import { stopGroup } from '../lib/process-group.ts'
import {
  sandboxAsProvider,
  startSandbox,
  startServer,
  untilReady,
  type Server,
} from '../lib/server.ts'
import { runWrangler } from '../lib/wrangler.ts'
import {
  migrationsFile,
  settingsFiles,
  stateOf,
  type Cast,
  type Version,
  type Versions,
} from './versions.ts'

/** One state on the disk, which versions of the product serve one after another or together. */
export interface World {
  place: Place
  /** Brings the database to what a version asks for. */
  migrate: (to: Version) => Promise<void>
  /** Serves a cast until `act` is over, and gives what it logged as done and as failed. */
  during: (cast: Cast, act: () => Promise<void>) => Promise<Heard>
  stop: () => Promise<void>
}

export interface Heard {
  /** Messages that were read from the queue and done. */
  messages: number
  /** Messages that the version that read them does not know: production's queue tries them again. */
  unknown: number
  errors: string[]
}

interface LogLine {
  level: string
  kind: string
  what?: string
  messages?: number
}

/** The development server starts anew once it has its second Worker, and drops what is under way. */
const DROPPED = /Network connection lost|disconnected/

function hear(heard: Heard, line: string): void {
  // Errors come in colours; the order of a line's fields is nobody's promise.
  const [text] = /\{.*"level":"\w+".*\}/.exec(line) ?? []
  if (text === undefined) return
  const said = JSON.parse(text) as LogLine
  if (said.kind === 'queue-done') heard.messages += said.messages ?? 0
  const isUnknown = said.kind === 'queue-failed' && said.what === 'malformed'
  if (isUnknown) heard.unknown += 1
  else if (said.level === 'error' && !DROPPED.test(text)) heard.errors.push(text)
}

const VARS = {
  JWT_ACCESS_TTL: '3600',
  RATE_LIMIT_ANONYMOUS: '1000000',
  RATE_LIMIT_ACCOUNT: '1000000',
  RATE_LIMIT_LOGIN: '1000000',
  LOGIN_TRIES_PER_ACCOUNT: '1000000',
  LOGIN_TRIES_PER_IP: '1000000',
}

export async function startWorld(place: Place, folder: string, versions: Versions): Promise<World> {
  const vars = { ...sandboxAsProvider(place), ...VARS }
  const sandbox = startSandbox(place)
  let app: Server | null = null
  const stopApp = async () => {
    if (app !== null) await stopGroup(app)
    app = null
  }
  await untilReady(sandbox, place)
  return {
    place,
    migrate: async (to) => {
      const file = await migrationsFile(folder, to)
      const { code, output } = await runWrangler([
        ...['d1', 'migrations', 'apply', 'DB', '-c', file],
        ...['--local', '--persist-to', stateOf(place)],
      ])
      if (code !== 0) throw new Error(`the database was not migrated:\n${output}`)
    },
    during: async (cast, act) => {
      const files = await settingsFiles(join(folder, 'serving'), versions, cast, vars)
      const args = files.flatMap((file) => ['-c', file])
      const heard: Heard = { messages: 0, unknown: 0, errors: [] }
      app = startServer('app', place, [...args, '--port', String(place.appPort)], {
        onLine: (_, line) => hear(heard, line),
      })
      try {
        await untilReady(app, place)
        await act()
        await settle(place, versions[cast.edge])
        return heard
      } catch (error) {
        throw new Error(`${named(cast)}: ${String(error)}\n${app.lastLines()}`, { cause: error })
      } finally {
        await stopApp()
      }
    },
    stop: async () => {
      await stopApp()
      await stopGroup(sandbox)
    },
  }
}

export const named = ({ edge, objects, queue }: Cast): string =>
  edge === objects ? `${edge} alone` : `edge ${edge}, objects ${objects}, queue ${queue}`

/** Lets queue and cron do what is left. */
async function settle(place: Place, { settings }: Version): Promise<void> {
  await pause(1_500)
  for (const cron of settings.triggers.crons) await fireCron(place.app, cron)
  await pause(300)
}
