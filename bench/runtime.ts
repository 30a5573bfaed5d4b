// Plain `workerd serve`: the development server would hide what is to be seen.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { SigningJwk } from '../src/providers/jose-tokens.ts'
import type { CpuMeter } from './compare.ts'
import { PROVIDER_SETTINGS } from './provider-settings.ts'

const root = join(import.meta.dirname, '..')
const folder = join(root, '.dev', 'bench')
const BIN = join(root, 'node_modules', '.bin')
const PORT = 8799
const FLOOR_PORT = 8798

const text = (value: string) => JSON.stringify(value)

function writeConfig(signingKey: object): string {
  const settings: Record<string, string> = {
    ENVIRONMENT: 'development',
    JWT_KEYS: JSON.stringify([signingKey]),
    LINK_SECRET: randomBytes(32).toString('hex'),
    ENCRYPTION_KEYS: JSON.stringify([{ id: 'bench', key: randomBytes(32).toString('base64url') }]),
    ...PROVIDER_SETTINGS,
    // One caller stands for all guests of a town, and for all that providers send.
    RATE_LIMIT_ANONYMOUS: '1000000000',
    RATE_LIMIT_VISIT: '1000000000',
    RATE_LIMIT_ACCOUNT: '1000000000',
    RATE_LIMIT_WEBHOOK: '1000000000',
    RATE_LIMIT_COUPON_CLAIM: '1000000000',
  }
  const bindings = Object.entries(settings).map(
    ([name, value]) => `(name = ${text(name)}, text = ${text(value)})`,
  )
  const config = join(folder, 'config.capnp')
  writeFileSync(
    config,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "floor", worker = .floor),
    (name = "disk", disk = (path = ${text(join(folder, 'objects'))}, writable = true)),
  ],
  sockets = [
    (name = "http", address = "127.0.0.1:${PORT}", http = (), service = "main"),
    (name = "floor", address = "127.0.0.1:${FLOOR_PORT}", http = (), service = "floor"),
  ],
);
const main :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "bundle/index.js")],
  compatibilityDate = "2026-09-15",
  compatibilityFlags = ["enable_request_signal"],
  durableObjectNamespaces = [
    (className = "RestaurantObject", uniqueKey = "restaurants", enableSql = true),
    (className = "MetricsObject", uniqueKey = "metrics", enableSql = true),
  ],
  durableObjectStorage = (localDisk = "disk"),
  bindings = [
    (name = "RESTAURANTS", durableObjectNamespace = "RestaurantObject"),
    (name = "METRICS", durableObjectNamespace = "MetricsObject"),
    ${bindings.join(',\n    ')},
  ],
);
const floor :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "floor/floor.js")],
  compatibilityDate = "2026-09-15",
  compatibilityFlags = ["enable_request_signal"],
  durableObjectNamespaces = [
    (className = "FloorObject", uniqueKey = "floors", enableSql = true),
  ],
  durableObjectStorage = (localDisk = "disk"),
  bindings = [(name = "FLOORS", durableObjectNamespace = "FloorObject")],
);
`,
  )
  return config
}

export interface BenchServer {
  origin: string
  /** Where the floor answers. */
  floor: string
  /** Signs the tokens of this run, for callers who would need D1 to log in. */
  signingKey: SigningJwk
  /** Processor time that it has taken so far; null where the machine does not tell. */
  cpuMs: CpuMeter | null
  stop(): void
}

export function newSigningKey(): SigningJwk {
  const { privateKey } = generateKeyPairSync('ed25519')
  return { ...privateKey.export({ format: 'jwk' }), kid: 'bench' } as SigningJwk
}

/** Linux tells it by thread, in nanoseconds. */
function meterOf(pid: number | undefined): CpuMeter | null {
  const tasks = `/proc/${pid ?? 0}/task`
  if (!existsSync(tasks)) return null
  const threadNs = (thread: string): number => {
    try {
      return Number(readFileSync(join(tasks, thread, 'schedstat'), 'utf8').split(' ')[0])
    } catch {
      // It has ended since it was listed.
      return 0
    }
  }
  return () => readdirSync(tasks).reduce((sum, thread) => sum + threadNs(thread), 0) / 1e6
}

function bundle(script: string, name: string): void {
  const wish = ['deploy', join('bench', script), '--dry-run', '-c', 'bench/wrangler.toml']
  execFileSync(join(BIN, 'wrangler'), [...wish, '--outdir', join(folder, name)], {
    cwd: root,
    stdio: 'pipe',
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
  })
}

/** Bundles, starts workerd on fresh storage and waits until it answers. */
export async function startBenchServer(): Promise<BenchServer> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'objects'), { recursive: true })
  bundle('worker/index.ts', 'bundle')
  bundle('worker/floor.ts', 'floor')
  const signingKey = newSigningKey()
  const child: ChildProcess = spawn(join(BIN, 'workerd'), ['serve', writeConfig(signingKey)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const stop = () => void child.kill('SIGKILL')
  process.on('exit', stop)
  const origin = `http://127.0.0.1:${PORT}`
  const floor = `http://127.0.0.1:${FLOOR_PORT}`
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (child.exitCode !== null) break
    const answered = await fetch(`${origin}/health/live`).catch(() => null)
    if (answered?.ok === true) return { origin, floor, signingKey, cpuMs: meterOf(child.pid), stop }
    await pause(100)
  }
  stop()
  throw new Error('workerd did not start')
}
