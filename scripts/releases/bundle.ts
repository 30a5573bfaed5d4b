import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { WRANGLER, wranglerEnv } from '../lib/wrangler.ts'

/** Bundles a checkout's development entry, small and without the names of files. */
export async function bundle(checkout: string, into: string): Promise<string> {
  const args = ['deploy', '--env', 'development', '--dry-run', '--minify', '--outdir', into]
  await run(checkout, args)
  const made = (await readdir(into)).filter((name) => /\.(?:js|mjs|sql|wasm|txt)$/.test(name))
  const [only = '', second] = made
  if (second !== undefined || !only.endsWith('.js'))
    throw new Error(`one script was expected of the bundle, not ${made.join(', ')}`)
  const text = await readFile(join(into, only), 'utf8')
  return text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n')
}

function run(cwd: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [WRANGLER, ...args], {
      cwd,
      env: wranglerEnv(),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.once('error', reject)
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`wrangler could not bundle:\n${said}`)),
    )
  })
}
