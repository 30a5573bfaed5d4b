import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { Crowd } from '../../src/domain/metrics/crowd.ts'
import { CrowdTeller } from '../../src/restaurant/crowd-teller.ts'
import type { LogLine } from '../../src/runtime.ts'

/** An object whose pauses end when the test says so. */
function object({ keeper = true, pauses = true } = {}) {
  const world = {
    now: 1_000_000,
    guests: 0,
    told: [] as Crowd[],
    pauses: [] as { ms: number; end: () => void }[],
    left: [] as Promise<unknown>[],
    logged: [] as LogLine[],
    answer: () => Promise.resolve(),
  }
  const keep = (crowd: Crowd) => {
    world.told.push(crowd)
    return world.answer()
  }
  const teller = new CrowdTeller({
    env: { METRICS: keeper ? { getByName: () => ({ crowd: keep }) } : undefined },
    waitUntil: (work) => void world.left.push(work),
    now: () => world.now,
    pause: pauses ? (ms) => new Promise((end) => void world.pauses.push({ ms, end })) : undefined,
    log: (line) => void world.logged.push(line),
    crowd: () => ({ key: 'key', staff: 1, guests: world.guests, at: world.now }),
  })
  const arrive = () => {
    world.guests += 1
    teller.changed()
  }
  const passes = async (ms: number) => {
    world.now += ms
    for (const pause of world.pauses.splice(0)) pause.end()
    await Promise.all(world.left.splice(0))
  }
  const told = () => world.told.map(({ guests }) => guests)
  return { world, teller, arrive, passes, told }
}

describe('telling how many sockets are open', () => {
  it('happens at once, and then twice a minute at most, ending with how it is', async () => {
    const { world, arrive, passes, told } = object()
    arrive()
    expect(told()).toEqual([1])
    for (let n = 0; n < 50; n += 1) arrive()
    expect(told()).toEqual([1])
    expect(world.pauses.map(({ ms }) => ms)).toEqual([30_000])
    arrive()
    await passes(30_000)
    expect(told()).toEqual([1, 52])
    await passes(30_000)
    expect(told()).toEqual([1, 52])
    arrive()
    expect(told()).toEqual([1, 52, 53])
  })

  it('waits no longer than is left of the time', () => {
    const { world, arrive } = object()
    arrive()
    world.now += 20_000
    arrive()
    expect(world.pauses.map(({ ms }) => ms)).toEqual([10_000])
  })

  it('goes on after a clock was moved back, and after nobody listened', async () => {
    const { world, arrive, passes, told } = object()
    world.answer = () => Promise.reject(new Error('away'))
    arrive()
    await passes(0)
    expect(world.logged).toMatchObject([{ kind: 'crowd-not-told' }])
    world.answer = () => Promise.resolve()
    world.now -= 3_600_000
    arrive()
    expect(told()).toEqual([1, 2])
  })

  it('reaches the platform’s figures', async () => {
    const left: Promise<unknown>[] = []
    const now = Date.now()
    const teller = new CrowdTeller({
      env,
      waitUntil: (work) => void left.push(work),
      now: () => now,
      log: ({ kind }) => expect.unreachable(kind),
      crowd: () => ({ key: 'key', staff: 2, guests: 5, at: now }),
    })
    teller.changed()
    await Promise.all(left)
    const { gauges } = await env.METRICS.getByName('platform').read(now)
    expect(gauges.map(({ name, labels, value }) => [name, labels['of'], value])).toEqual([
      ['sockets_open', 'staff', 2],
      ['sockets_open', 'guests', 5],
      ['restaurants_listening', undefined, 1],
    ])
  })

  it('is nothing where nobody keeps it', () => {
    const { world, arrive } = object({ keeper: false })
    arrive()
    expect(world.left).toEqual([])
  })
})
