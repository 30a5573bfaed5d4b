import { signal } from '@preact/signals'
import type { Outcome, Trouble } from '../lib/outcome.ts'

export const REGRET_MS = 5_000

/** Something done away with, that can still be taken back: nobody has been told yet. */
export interface Regret {
  /** What it is about: while it stands, lists leave that out. */
  key: string
  text: string
  /** Tells the server; `leaving`: the page is going, the call has to outlive it. */
  send: (leaving: boolean) => Promise<Outcome<unknown>>
  done: () => void
  refused: (trouble: Trouble) => void
}

/** What can be taken back now, the oldest first. */
export const regrets = signal<readonly Regret[]>([])
/** Away, or about to be. What is away stays so: lists from before may still name it. */
const away = signal<ReadonlySet<string>>(new Set())
const timers = new Map<string, ReturnType<typeof setTimeout>>()

export const isAway = (key: string): boolean => away.value.has(key)

/** Does away with it in five seconds, unless it is taken back. */
export function doAwayWith(regret: Regret): void {
  away.value = new Set(away.value).add(regret.key)
  regrets.value = [...regrets.value, regret]
  timers.set(
    regret.key,
    setTimeout(() => void send(regret, false), REGRET_MS),
  )
}

export function takeBack(key: string): void {
  forget(key)
  bringBack(key)
}

/** Sends at once whatever could still be taken back. */
export async function sendRegrets(leaving = false): Promise<void> {
  await Promise.all(regrets.value.map((regret) => send(regret, leaving)))
}

function forget(key: string): void {
  clearTimeout(timers.get(key))
  timers.delete(key)
  regrets.value = regrets.value.filter((one) => one.key !== key)
}

function bringBack(key: string): void {
  const left = new Set(away.value)
  left.delete(key)
  away.value = left
}

async function send(regret: Regret, leaving: boolean): Promise<void> {
  forget(regret.key)
  const outcome = await regret.send(leaving)
  if (outcome.ok) {
    regret.done()
    return
  }
  bringBack(regret.key)
  regret.refused(outcome.trouble)
}
