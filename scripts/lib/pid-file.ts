import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { PID_FILE } from './place.ts'
import { groupLives, isRunning, stopGroup, type GroupRecord } from './process-group.ts'

/** What `npm run dev` notes of itself, for the next one that starts. */
export interface DevRecord {
  self: GroupRecord
  app: string
  groups: readonly GroupRecord[]
}

/** `orphaned`: the servers go on although the command that started them is gone. */
export type Earlier = { kind: 'none' } | { kind: 'running' | 'orphaned'; record: DevRecord }

export async function writeRecord(record: DevRecord): Promise<void> {
  await mkdir(dirname(PID_FILE), { recursive: true })
  await writeFile(PID_FILE, `${JSON.stringify(record, null, 2)}\n`)
}

export const removeRecord = (): Promise<void> => rm(PID_FILE, { force: true })

export async function earlierServer(): Promise<Earlier> {
  const text = await readFile(PID_FILE, 'utf8').catch(() => null)
  const record = text === null ? null : parse(text)
  if (record === null) return { kind: 'none' }
  if (isRunning(record.self)) return { kind: 'running', record }
  return record.groups.some(groupLives) ? { kind: 'orphaned', record } : { kind: 'none' }
}

function parse(text: string): DevRecord | null {
  try {
    return JSON.parse(text) as DevRecord
  } catch {
    // Cut off while it was being written: the ports will tell whether something is left.
    return null
  }
}

const SELF_GRACE_MS = 12_000

/** Ends an earlier server and everything it started. */
export async function stopEarlier({ self, groups }: DevRecord): Promise<void> {
  if (isRunning(self)) {
    process.kill(self.pid, 'SIGTERM')
    const deadline = Date.now() + SELF_GRACE_MS
    while (isRunning(self) && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 100))
  }
  await Promise.all(groups.map((group) => stopGroup(group)))
  await removeRecord()
}
