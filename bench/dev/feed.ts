import { setTimeout as wait } from 'node:timers/promises'
import { compare } from '../compare.ts'
import type { Call, Round } from '../load.ts'
import { middleAndEnd, print } from '../print.ts'
import { openBenchRestaurant } from '../restaurant.ts'
import { takeFromFeed, takeFromFloor, type Partner, type Take } from './feed-consumer.ts'
import { startDevServer } from './server.ts'
import { nth } from './world.ts'

/** Orders, or rows, that lie ready for each round of taking. */
const READY = 400
const AT_ONCE = 10
const STEADY = { times: 100, everyMs: 100 }
const RUSH = { times: 200, everyMs: 50 }
const WITHIN_MS = 60_000

interface Path {
  /** Puts one down; the answer says which. */
  put: () => Call
  take: Take
}

async function put(origin: string, { path, method, headers, body }: Call): Promise<string> {
  const answer = await fetch(`${origin}${path}`, { method, headers, body })
  if (answer.status !== 201) throw new Error(`${path} answered ${answer.status}`)
  const { order_id: orderId, id } = (await answer.json()) as { order_id?: string; id?: string }
  return orderId ?? id ?? ''
}

async function putMany(origin: string, path: Path, count: number): Promise<Set<string>> {
  const ids = new Set<string>()
  const turns = Array.from({ length: count }).keys()
  const work = async () => {
    for (const _ of turns) ids.add(await put(origin, path.put()))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return ids
}

/** Takes until nothing is left, from when it began on `ready`; what a batch took in ms. */
async function taking({ take }: Path, ready: Set<string>): Promise<Round> {
  const left = new Set(ready)
  const times: number[] = []
  let events = 0
  const began = performance.now()
  while (left.size > 0) {
    if (performance.now() - began > WITHIN_MS) throw new Error(`${left.size} were not handed out`)
    const from = performance.now()
    const taken = await take()
    if (taken.events > 0) times.push(performance.now() - from)
    events += taken.events
    for (const id of taken.ids) left.delete(id)
  }
  const perSecond = events / ((performance.now() - began) / 1_000)
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor(times.length * share)] ?? NaN
  return { calls: events, perSecond, p50Ms: at(0.5), p99Ms: at(0.99) }
}

/** From the answer that told of the commit until the answer to the acknowledgement; in ms, sorted. */
async function lags(
  origin: string,
  path: Path,
  { times, everyMs }: { times: number; everyMs: number },
): Promise<number[]> {
  const answered = new Map<string, number>()
  const settled = new Map<string, number>()
  const putting = async () => {
    const calls: Promise<void>[] = []
    const began = performance.now()
    for (let n = 0; n < times; n += 1) {
      // By the clock, whatever was answered meanwhile.
      await wait(Math.max(0, began + n * everyMs - performance.now()))
      calls.push(put(origin, path.put()).then((id) => void answered.set(id, performance.now())))
    }
    await Promise.all(calls)
  }
  const until = performance.now() + times * everyMs + WITHIN_MS
  const consuming = async () => {
    while (settled.size < times) {
      if (performance.now() > until) throw new Error(`${times - settled.size} were not handed out`)
      const { ids } = await path.take()
      for (const id of ids) settled.set(id, performance.now())
    }
  }
  await Promise.all([putting(), consuming()])
  return [...answered]
    .map(([id, at]) => Math.max(0, (settled.get(id) ?? NaN) - at))
    .sort((a, b) => a - b)
}

const say = (what: string, product: readonly number[], floor: readonly number[]): void =>
  console.log(`${what}\n  ${middleAndEnd(product)}   floor ${middleAndEnd(floor)}`)

/** What partners get: how much, and how long after it happened. */
export async function measureFeed(rounds: number): Promise<void> {
  const server = await startDevServer()
  try {
    const { origin } = server
    await fetch(`${origin}/floor/feed/open`, { method: 'POST' })
    const made = await fetch(`${origin}/bench/partner`, { method: 'POST' })
    if (!made.ok) throw new Error(`a partner: ${await made.text()}`)
    const partner = (await made.json()) as Partner
    const restaurants = await Promise.all([1, 2, 3, 4].map(() => openBenchRestaurant(origin, 1)))
    let turn = 0
    const product = (waitS: number): Path => ({
      put: () => nth(restaurants, turn++).order(0),
      take: takeFromFeed(origin, partner, waitS),
    })
    const bareRow: Call = {
      path: '/floor/feed',
      method: 'POST',
      headers: {},
      body: 'x'.repeat(1_500),
    }
    const floor: Path = { put: () => bareRow, take: takeFromFloor(origin) }
    console.log(
      '\nUnder the development server: D1 is an SQLite file of an object in the same workerd, so that no network is in\n' +
        `these figures. ${restaurants.length} restaurants, one consumer. Floor: bare route → one row of D1 of an event's size; its consumer reads up to\n` +
        'a hundred and deletes them, without signatures, leases or order.\n',
    )
    await taking(product(0), await putMany(origin, product(0), 1))
    print(
      `events that lie ready, ${READY} orders a round, taken and acknowledged a hundred at a time; p50 and p99 of a batch`,
      '≥ 0.3',
      await compare(
        rounds,
        async () => taking(floor, await putMany(origin, floor, READY)),
        async () => taking(product(0), await putMany(origin, product(0), READY)),
      ),
    )
    for (const load of [STEADY, RUSH])
      say(
        `from the answer to an order until its event is acknowledged, ${1_000 / load.everyMs} orders a second (aim: p99 ≤ 1.5 s)`,
        await lags(origin, product(25), load),
        await lags(origin, floor, load),
      )
  } finally {
    await server.stop()
  }
}
