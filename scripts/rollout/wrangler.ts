import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../lib/place.ts'
import { WRANGLER, wranglerEnv } from '../lib/wrangler.ts'
import type { Wrangler } from './deployed.ts'

export const wrangler: Wrangler = async (args) => {
  const folder = await mkdtemp(join(tmpdir(), 'ordersync-rollout-'))
  try {
    const file = join(folder, 'notes')
    const output = await run(args, file)
    return { output, notes: await readFile(file, 'utf8').catch(() => '') }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The scrape token is no business of it. */
function run(args: readonly string[], notes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { METRICS_TOKEN: _, ...env } = wranglerEnv()
    const child = spawn(process.execPath, [WRANGLER, ...args], {
      cwd: ROOT,
      env: { ...env, WRANGLER_OUTPUT_FILE_PATH: notes },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('error', reject)
    const failed = () =>
      new Error(`wrangler ${args.slice(0, 2).join(' ')} failed:\n${output.slice(-2_000)}`)
    child.once('exit', (code) => (code === 0 ? resolve(output) : reject(failed())))
  })
}
