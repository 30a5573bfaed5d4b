import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { DEV_FOLDER, ROOT } from './place.ts'

const BIN = join(ROOT, 'node_modules', '.bin')

export const WRANGLER = join(ROOT, 'node_modules', 'wrangler', 'bin', 'wrangler.js')

/** Wrangler's environment: our Node first, no calls home, everything it writes inside `.dev/`. */
export const wranglerEnv = (): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: [BIN, process.env['PATH'] ?? ''].join(delimiter),
  CI: '1',
  NO_COLOR: '1',
  FORCE_COLOR: '0',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_LOG_PATH: join(DEV_FOLDER, 'logs', 'wrangler'),
  WRANGLER_REGISTRY_PATH: join(DEV_FOLDER, 'registry'),
})

/** Runs wrangler to its end; `inherit` shows what it says. */
export function runWrangler(
  args: readonly string[],
  stdio: 'inherit' | 'pipe' = 'pipe',
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [WRANGLER, ...args], {
      cwd: ROOT,
      env: wranglerEnv(),
      stdio: ['ignore', stdio, stdio],
    })
    let output = ''
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('error', reject)
    child.once('exit', (code) => resolve({ code: code ?? 1, output }))
  })
}

const localDatabase = (state: string) => [
  '--local',
  '--env',
  'development',
  '--persist-to',
  join(state, 'app'),
]

/** One statement on the local platform database. */
export async function executeLocally(state: string, sql: string): Promise<void> {
  const { code, output } = await runWrangler([
    ...['d1', 'execute', 'DB', '--yes', '--command', sql],
    ...localDatabase(state),
  ])
  if (code !== 0) throw new Error(`wrangler d1 execute failed:\n${output}`)
}

export async function applyMigrations(state: string): Promise<void> {
  const { code, output } = await runWrangler([
    ...['d1', 'migrations', 'apply', 'DB'],
    ...localDatabase(state),
  ])
  if (code !== 0) throw new Error(`wrangler d1 migrations apply failed:\n${output}`)
}
