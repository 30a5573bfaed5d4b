import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { ROOT, type Place } from './place.ts'
import { startGroup, type Group } from './process-group.ts'
import { WRANGLER, wranglerEnv } from './wrangler.ts'

export type ServerName = 'app' | 'sandbox'

export interface ServerOptions {
  /** Sees every line the server writes; the log file has them all. */
  onLine?: (server: ServerName, line: string) => void
  /** Settings over those of wrangler.toml. */
  vars?: Record<string, string>
}

const KEPT_LINES = 25

export interface Server extends Group {
  name: ServerName
  lastLines: () => string
}

/** Starts one under `wrangler dev`, which `args` tell what to serve. */
export function startServer(
  name: ServerName,
  place: Place,
  args: readonly string[],
  { onLine, vars = {} }: ServerOptions,
): Server {
  mkdirSync(place.logs, { recursive: true })
  mkdirSync(place.state, { recursive: true })
  const group = startGroup(
    [
      WRANGLER,
      'dev',
      ...args,
      ...['--ip', '127.0.0.1', '--inspector-port', '0', '--local-protocol', 'http'],
      ...['--persist-to', join(place.state, name), '--show-interactive-dev-session=false'],
      ...Object.entries(vars).flatMap(([key, value]) => ['--var', `${key}:${value}`]),
    ],
    { cwd: ROOT, env: wranglerEnv() },
  )
  const log = createWriteStream(join(place.logs, `${name}.log`), { flags: 'a' })
  const last: string[] = []
  for (const stream of [group.child.stdout, group.child.stderr]) {
    if (stream === null) continue
    createInterface({ input: stream }).on('line', (line) => {
      log.write(`${new Date().toISOString()} ${line}\n`)
      last.push(line)
      if (last.length > KEPT_LINES) last.shift()
      onLine?.(name, line)
    })
  }
  return { ...group, name, lastLines: () => last.join('\n') }
}

/** Lets the app talk to this place's sandbox instead of the provider. */
export const sandboxAsProvider = (place: Place) => ({
  TOSS_API_BASE_URL: `${place.sandbox}/toss`,
  STRIPE_API_BASE_URL: `${place.sandbox}/stripe`,
  STRIPE_JS_URL: `${place.sandbox}/stripe/v3/`,
  PAYACTION_API_BASE_URL: `${place.sandbox}/payaction`,
  NOTIFY_LOCAL_ORIGIN: place.sandbox,
  MAIL_GATEWAY_URL: `${place.sandbox}/mail/send`,
})

const FROM_THE_SHELL =
  /^(?:RATE_LIMIT_[A-Z_]+|CORS_ALLOWED_ORIGINS|EDGE_CACHE_SECONDS|TRUST_CLIENT_IP_HEADER)$/

/** Settings of the edge that the command was started with. */
function settingsFromShell(): Record<string, string> {
  const given = Object.entries(process.env).filter(([name]) => FROM_THE_SHELL.test(name))
  return Object.fromEntries(given.flatMap(([name, value]) => (value ? [[name, value]] : [])))
}

export function startApp(place: Place, options: ServerOptions = {}): Server {
  const args = ['--env', 'development', '--port', String(place.appPort)]
  const vars = { ...settingsFromShell(), ...options.vars }
  return startServer('app', place, args, { ...options, vars })
}

export function startSandbox(place: Place, options: ServerOptions = {}): Server {
  const args = ['-c', join('sandbox', 'wrangler.toml'), '--port', String(place.sandboxPort)]
  const vars = {
    SANDBOX_ORIGIN: place.sandbox,
    APP_URL: place.app,
    WEBHOOK_URL: `${place.app}/api/v1/payments/webhook/toss`,
    ...options.vars,
  }
  return startServer('sandbox', place, args, { ...options, vars })
}

const READY_PATH: Record<ServerName, string> = { app: '/health/ready', sandbox: '/health' }

/** Waits until the server answers; throws with its last words when it ends first or takes too long. */
export async function untilReady(server: Server, place: Place, withinMs = 90_000): Promise<void> {
  const url = place[server.name] + READY_PATH[server.name]
  const deadline = Date.now() + withinMs
  while (Date.now() < deadline) {
    if (server.child.exitCode !== null || server.child.signalCode !== null)
      throw new Error(`the ${server.name} ended while starting:\n${server.lastLines()}`)
    if (await answers(url)) return
    await pause(100)
  }
  throw new Error(`the ${server.name} did not get ready:\n${server.lastLines()}`)
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) })
    await response.body?.cancel()
    return response.ok
  } catch {
    // Not listening yet.
    return false
  }
}
