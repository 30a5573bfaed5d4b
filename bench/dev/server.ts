// The development server, for what plain workerd does not have: D1 and queues.
import { createWriteStream, mkdirSync, rmSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { DEV_FOLDER, ROOT } from '../../scripts/lib/place.ts'
import { twoFreePorts } from '../../scripts/lib/ports.ts'
import { startGroup, stopGroup } from '../../scripts/lib/process-group.ts'
import { WRANGLER, wranglerEnv } from '../../scripts/lib/wrangler.ts'
import { newSigningKey, type BenchServer } from '../runtime.ts'

const folder = join(DEV_FOLDER, 'bench-dev')
const CONFIG = ['-c', join('bench', 'dev', 'wrangler.toml')]
const STATE = ['--persist-to', join(folder, 'state')]
const START_MS = 60_000

const env = (): NodeJS.ProcessEnv => ({
  ...wranglerEnv(),
  WRANGLER_LOG_PATH: join(folder, 'logs'),
  WRANGLER_REGISTRY_PATH: join(folder, 'registry'),
})

function wrangler(args: readonly string[]) {
  const group = startGroup([WRANGLER, ...args, ...CONFIG, ...STATE], { cwd: ROOT, env: env() })
  const log = createWriteStream(join(folder, 'server.log'), { flags: 'a' })
  group.child.stdout?.pipe(log, { end: false })
  group.child.stderr?.pipe(log, { end: false })
  return group
}

export type DevServer = Omit<BenchServer, 'stop' | 'cpuMs' | 'floor'> & { stop(): Promise<void> }

/** Starts on fresh storage and ports of its own, and waits until it answers. */
export async function startDevServer(): Promise<DevServer> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const trouble = (what: string) => new Error(`${what}; see ${join(folder, 'server.log')}`)
  const migrating = wrangler(['d1', 'migrations', 'apply', 'DB', '--local'])
  if ((await migrating.ended) !== 0) throw trouble('migrations were not applied')
  const [port] = await twoFreePorts()
  const signingKey = newSigningKey()
  const secrets = {
    JWT_KEYS: JSON.stringify([signingKey]),
    LINK_SECRET: randomBytes(32).toString('hex'),
    ENCRYPTION_KEYS: JSON.stringify([{ id: 'bench', key: randomBytes(32).toString('base64url') }]),
  }
  const group = wrangler([
    ...['dev', '--ip', '127.0.0.1', '--port', String(port), '--inspector-port', '0'],
    ...['--local-protocol', 'http', '--show-interactive-dev-session=false'],
    ...Object.entries(secrets).flatMap(([name, value]) => ['--var', `${name}:${value}`]),
  ])
  const atOnce = () => {
    try {
      process.kill(-group.pid, 'SIGKILL')
    } catch {
      // It has ended before.
    }
  }
  process.on('exit', atOnce)
  // The group is not the terminal's: only an exit of our own ends it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => process.exit(1))
  const origin = `http://127.0.0.1:${port}`
  const deadline = Date.now() + START_MS
  while (Date.now() < deadline && group.child.exitCode === null) {
    const answered = await fetch(`${origin}/health/ready`).catch(() => null)
    await answered?.body?.cancel()
    if (answered?.ok === true) return { origin, signingKey, stop: () => stopGroup(group) }
    await pause(100)
  }
  atOnce()
  throw trouble('the development server did not start')
}
