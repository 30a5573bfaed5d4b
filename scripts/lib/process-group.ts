import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/** A process that leads a group of its own, with what tells it from a later one of the same number. */
export interface GroupRecord {
  pid: number
  started: string
}

export interface Group extends GroupRecord {
  child: ChildProcess
  /** The exit code of the leader (128 + n for a signal). */
  ended: Promise<number>
}

const SIGNAL_CODE = 128 + 9
/** `starttime`, counted from the field after the command's name. */
const START_FIELD = 19

/**
 * Starts a command as leader of a new group: killing wrangler alone leaves workerd serving and
 * holding the port.
 */
export function startGroup(
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Group {
  const child = spawn(process.execPath, args, {
    ...options,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const { pid } = child
  if (pid === undefined) throw new Error(`could not start ${args.join(' ')}`)
  const ended = new Promise<number>((resolve) =>
    child.once('exit', (code) => resolve(code ?? SIGNAL_CODE)),
  )
  return { child, pid, ended, started: startOf(pid) ?? '' }
}

interface ProcessRow {
  pid: number
  group: number
  started: string
}

/** Every process that is not a zombie; in a container whose first process reaps nothing those stay. */
const listProcesses = (): ProcessRow[] => (existsSync('/proc/self/stat') ? fromProc() : fromPs())

function fromProc(): ProcessRow[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      // proc(5): state, parent, group, …; the command's name before them may hold spaces.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const [state, , group = ''] = fields
      const started = fields[START_FIELD] ?? ''
      return state === 'Z' ? [] : [{ pid: Number(name), group: Number(group), started }]
    } catch {
      // Ended while the list was read.
      return []
    }
  })
}

function fromPs(): ProcessRow[] {
  const columns = ['-A', '-o', 'pid=', '-o', 'pgid=', '-o', 'stat=', '-o', 'lstart=']
  return execFileSync('ps', columns, { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const [pid = '', group = '', state = 'Z', ...started] = line.trim().split(/\s+/)
      if (state.startsWith('Z')) return []
      return [{ pid: Number(pid), group: Number(group), started: started.join(' ') }]
    })
}

/** When the process started, in the system's own words; null when there is none. */
export const startOf = (pid: number): string | null =>
  listProcesses().find((row) => row.pid === pid)?.started ?? null

export const isRunning = ({ pid, started }: GroupRecord): boolean => startOf(pid) === started

/**
 * Whether any process of the group is left. A group's number is not given out again while a member
 * lives, so a group without its leader is still the one that was recorded.
 */
export function groupLives({ pid, started }: GroupRecord): boolean {
  const leader = startOf(pid)
  return (leader === null || leader === started) && hasMembers(pid)
}

const hasMembers = (pid: number): boolean => listProcesses().some(({ group }) => group === pid)

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // No such group: nothing is left to signal.
  }
}

/** SIGKILL to everything in the group, as a machine that dies. */
export async function killGroup(group: GroupRecord): Promise<void> {
  if (!groupLives(group)) return
  signalGroup(group.pid, 'SIGKILL')
  await gone(group, 5_000)
}

/** Asks the group to end and kills what is left of it after the grace. */
export async function stopGroup(group: GroupRecord, graceMs = 4_000): Promise<void> {
  if (!groupLives(group)) return
  signalGroup(group.pid, 'SIGTERM')
  if (!(await gone(group, graceMs))) await killGroup(group)
}

async function gone(group: GroupRecord, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs
  while (Date.now() < deadline) {
    if (!hasMembers(group.pid)) return true
    await pause(50)
  }
  return false
}
