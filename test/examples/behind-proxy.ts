import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import type { Served } from './served.ts'

const LISTENING = '0A'

/** Ports that processes of the group listen on; none where the machine does not tell. */
function portsOf(group: number): number[] {
  const inodes = new Set<string>()
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? ''
      if (Number(afterName.split(' ')[2]) !== group) continue
      for (const file of readdirSync(`/proc/${pid}/fd`))
        inodes.add(/^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${file}`))?.[1] ?? '')
    } catch {
      // It has ended, or the file was closed, since it was listed.
    }
  }
  const rows = readFileSync('/proc/net/tcp', 'utf8').split('\n').slice(1)
  return rows.flatMap((row) => {
    const [, local, , state, , , , , , inode] = row.trim().split(/\s+/)
    const isTheirs = state === LISTENING && inodes.has(inode ?? '')
    return isTheirs ? [parseInt(local?.split(':')[1] ?? '', 16)] : []
  })
}

/**
 * Where the development server's Worker is reached without the proxy in front of it, which lets calls
 * run on whose callers have gone.
 */
export async function behindTheProxy({ group, origin }: Served): Promise<string> {
  for (const port of portsOf(group)) {
    const candidate = `http://127.0.0.1:${port}`
    if (candidate === origin) continue
    const signal = AbortSignal.timeout(2_000)
    const answer = await fetch(`${candidate}/health/ready`, { signal }).catch(() => null)
    if (answer?.ok && (await answer.text()).includes('"status"')) return candidate
  }
  throw new Error(`nothing behind ${origin}`)
}
