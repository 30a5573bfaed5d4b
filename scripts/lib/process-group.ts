import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
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
/** `starttime` of proc(5), counted from the field after the command's name. */
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

const ps = (...args: string[]): string =>
  execFileSync('ps', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })

/** When the process started, in the system's own words; null when there is none. */
export function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? null : (fields[START_FIELD] ?? null)
  } catch {
    // No such process, or a system without /proc.
    if (existsSync('/proc/self')) return null
  }
  try {
    return ps('-o', 'lstart=', '-p', String(pid)).trim() || null
  } catch {
    // `ps` answers 1 when there is no such process.
    return null
  }
}

export const isRunning = ({ pid, started }: GroupRecord): boolean => startOf(pid) === started

/**
 * Whether any process of the group is left. A group's number is not given out again while a member
 * lives, so a group without its leader is still the one that was recorded.
 */
export function groupLives({ pid, started }: GroupRecord): boolean {
  const leader = startOf(pid)
  return (leader === null || leader === started) && hasMembers(pid)
}

/** Zombies do not count: in a container whose first process reaps nothing they stay for ever. */
function hasMembers(pid: number): boolean {
  if (!signalGroup(pid, 0)) return false
  return ps('-A', '-o', 'pgid=', '-o', 'stat=')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .some(([group, state]) => Number(group) === pid && state?.startsWith('Z') === false)
}

function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, signal)
    return true
  } catch {
    // No such group: nothing is left to signal.
    return false
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
