import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApi } from '../../scripts/lib/api.ts'
import { login } from '../../scripts/lib/account.ts'
import { OWNER } from '../../scripts/lib/demo-data.ts'
import { twoFreePorts } from '../../scripts/lib/ports.ts'
import { startGroup, stopGroup } from '../../scripts/lib/process-group.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const LIMITS = ['ANONYMOUS', 'VISIT', 'ACCOUNT', 'LOGIN', 'GUEST_TOKEN']

interface TableJson {
  name: string
  qr_url: string
}

/** The development server as `npm run dev` starts it, on ports and data of its own. */
export async function startWorld() {
  const folder = await mkdtemp(join(tmpdir(), 'ordersync-pages-'))
  const [port, sandboxPort] = await twoFreePorts()
  const server = startGroup(['scripts/dev.ts'], {
    cwd: ROOT,
    env: {
      ...process.env,
      DEV_FOLDER: folder,
      PORT: String(port),
      SANDBOX_PORT: String(sandboxPort),
      ...Object.fromEntries(LIMITS.map((limit) => [`RATE_LIMIT_${limit}`, '1000000'])),
    },
  })
  const stop = async () => {
    await stopGroup(server, 10_000)
    await rm(folder, { recursive: true, force: true })
  }
  let said = ''
  await new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk.toString()
      if (/^Ready in/m.test(said)) resolve()
    }
    server.child.stdout?.on('data', listen)
    server.child.stderr?.on('data', listen)
    void server.ended.then(() => {
      reject(new Error(`the server ended before it was ready:\n${said}`))
    })
  }).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  const origin = `http://127.0.0.1:${port}`
  const api = createApi(origin)
  const { access_token: token } = await login(api, OWNER)
  const { items: tables } = await api.ask<{ items: readonly TableJson[] }>('GET', '/tables', {
    token,
  })
  const tableUrl = (name: string): string => {
    const table = tables.find((one) => one.name === name)
    if (table === undefined) throw new Error(`no table ${name}`)
    return table.qr_url
  }
  const sandbox = `http://127.0.0.1:${sandboxPort}`
  return { origin, sandbox, api, token, tableUrl, stop }
}
export type World = Awaited<ReturnType<typeof startWorld>>
