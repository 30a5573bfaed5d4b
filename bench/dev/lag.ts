import { setTimeout as wait } from 'node:timers/promises'
import type { Call } from '../load.ts'

/** Longer than this would be a fault, not a lag. */
const WITHIN_MS = 30_000

export interface Path {
  /** Whose rows the answers' ids are looked for in. */
  of: 'product' | 'floor'
  next: () => Call
}

async function send(origin: string, { path, method, headers, body }: Call): Promise<string> {
  const answer = await fetch(`${origin}${path}`, { method, headers, body })
  if (answer.status !== 201) throw new Error(`${path} answered ${answer.status}`)
  const { order_id: orderId, id } = (await answer.json()) as { order_id?: string; id?: string }
  return orderId ?? id ?? ''
}

/** One question for all of them: many would be a load of their own. */
async function present(
  origin: string,
  of: Path['of'],
  ids: readonly string[],
): Promise<readonly string[]> {
  const answer = await fetch(`${origin}/bench/present?of=${of}`, {
    method: 'POST',
    body: JSON.stringify(ids),
  })
  if (!answer.ok) throw new Error(`looking into D1: ${await answer.text()}`)
  return (await answer.json()) as string[]
}

const tooLate = ({ of }: Path) => new Error(`D1 did not get what the ${of} answered`)

/** From the answer until D1 has the row, in ms. */
async function lagOf(origin: string, path: Path): Promise<number> {
  const id = await send(origin, path.next())
  const answered = performance.now()
  while ((await present(origin, path.of, [id])).length === 0)
    if (performance.now() - answered > WITHIN_MS) throw tooLate(path)
  return performance.now() - answered
}

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b)

/** Paths take turns, one call at a time; each one's lags, sorted. */
export async function lagsInTurn(
  origin: string,
  paths: readonly Path[],
  times: number,
): Promise<number[][]> {
  const lags: number[][] = paths.map(() => [])
  for (let n = 0; n < times; n += 1)
    for (const [at, path] of paths.entries()) lags[at]?.push(await lagOf(origin, path))
  return lags.map(sorted)
}

/** A call `everyMs`, whether or not the earlier ones have been seen; looks come `lookEveryMs` apart. */
export async function lagsAtOnce(
  origin: string,
  path: Path,
  { times, everyMs, lookEveryMs }: { times: number; everyMs: number; lookEveryMs: number },
): Promise<number[]> {
  const answered = new Map<string, number>()
  const lags: number[] = []
  const one = async () => {
    const id = await send(origin, path.next())
    answered.set(id, performance.now())
  }
  const sending = async () => {
    const calls: Promise<void>[] = []
    for (let n = 0; n < times; n += 1) {
      calls.push(one())
      await wait(everyMs)
    }
    await Promise.all(calls)
  }
  const until = performance.now() + times * everyMs + WITHIN_MS
  const looking = async () => {
    while (lags.length < times) {
      if (performance.now() > until) throw tooLate(path)
      await wait(lookEveryMs)
      if (answered.size === 0) continue
      const there = await present(origin, path.of, [...answered.keys()])
      for (const id of there) {
        lags.push(performance.now() - (answered.get(id) ?? NaN))
        answered.delete(id)
      }
    }
  }
  await Promise.all([sending(), looking()])
  return sorted(lags)
}

/** What looking alone takes: the row is there already. */
export async function lookingAlone(origin: string, path: Path, times: number): Promise<number[]> {
  const id = await send(origin, path.next())
  const took: number[] = []
  for (let n = 0; n < times; n += 1) {
    const began = performance.now()
    await present(origin, path.of, [id])
    took.push(performance.now() - began)
  }
  return sorted(took)
}
