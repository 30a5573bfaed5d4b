import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it } from 'vitest'
import { controlledEnv } from '../../sandbox/controlled/bindings.ts'
import {
  clearFaults,
  controlledRuntime,
  controls,
  loadControls,
  setClock,
  setFaults,
  takeCut,
} from '../../sandbox/controlled/controls.ts'
import { remoteCall, withCut } from '../../sandbox/controlled/cut.ts'
import { controlledDatabase } from '../../sandbox/controlled/database.ts'
import { SYSTEM } from '../../src/domain/actor.ts'
import type { Env } from '../../src/env.ts'

afterEach(() => {
  clearFaults()
  controls.offsetMs = null
})

function memoryKv() {
  const kept = new Map<string, string>()
  return {
    get: (key: string) => Promise.resolve(kept.get(key) ?? null),
    put: (key: string, value: string) => Promise.resolve(void kept.set(key, value)),
  } as unknown as KVNamespace
}

describe("the app's clock in development", () => {
  it('is off by what was set, and a new isolate finds it again', async () => {
    const store = memoryKv()
    await setClock(store, 3_600_000)
    controls.offsetMs = null
    await loadControls(store)
    expect(controls.offsetMs).toBe(3_600_000)
    expect(controlledRuntime.now() - Date.now()).toBeGreaterThan(3_599_000)
  })

  it('is not put back by a reading that began before it was set', async () => {
    const store = memoryKv()
    const reading = loadControls(store)
    await setClock(store, 60_000)
    await reading
    expect(controls.offsetMs).toBe(60_000)
  })
})

describe('queue faults', () => {
  function world() {
    const sent: unknown[] = []
    const jobs = {
      sendBatch: (messages: Iterable<{ body: unknown }>) => {
        for (const { body } of messages) sent.push(body)
        return Promise.resolve({})
      },
      metrics: () => Promise.resolve({}),
    }
    const controlled = controlledEnv({ ...env, JOBS: jobs } as unknown as Env)
    const send = (body: string) => controlled.JOBS.send(body as never)
    return { sent, send, jobs: controlled.JOBS }
  }

  it('lose the next messages, then no more', async () => {
    const { sent, send } = world()
    setFaults({ lose_queue_messages: 2 })
    for (const body of ['a', 'b', 'c']) await send(body)
    expect(sent).toEqual(['c'])
  })

  it('send the next messages twice, also out of a batch', async () => {
    const { sent, send, jobs } = world()
    setFaults({ duplicate_queue_messages: 2 })
    await send('a')
    await jobs.sendBatch([{ body: 'b' as never }, { body: 'c' as never }])
    expect(sent).toEqual(['a', 'a', 'b', 'b', 'c'])
  })
})

describe('restaurants under control', () => {
  const asked = () =>
    controlledEnv(env)
      .RESTAURANTS.getByName('0a1b2c3d4e5f')
      .query({
        asker: SYSTEM,
        query: { type: 'restaurant' },
      })
  const NOBODY = { ok: false, refusal: { kind: 'NOT_FOUND', what: 'restaurant' } }

  it('answer as without it', async () => {
    expect(await asked()).toEqual(NOBODY)
    const stub = controlledEnv(env).RESTAURANTS.getByName('0a1b2c3d4e5f')
    expect((await stub.fetch('http://object.test/')).status).toBe(403)
  })

  it('count as remote calls', async () => {
    const answered: unknown[] = []
    const work = async () => {
      answered.push(await asked())
      answered.push(await asked())
      return new Response('all')
    }
    expect((await withCut(2, work)).status).toBe(499)
    expect(answered).toEqual([NOBODY])
  })
})

describe('a database that is down', () => {
  it('fails every way of asking as D1 does, and works again afterwards', async () => {
    const db = controlledDatabase(env.DB)
    const statement = db.prepare('SELECT ? AS n').bind(7)
    const ways = [
      () => statement.first(),
      () => statement.all(),
      () => statement.run(),
      () => statement.raw(),
      () => db.batch([statement]),
      () => db.withSession('first-primary').prepare('SELECT 1').all(),
    ]
    setFaults({ d1_down: true })
    for (const way of ways)
      await expect(way()).rejects.toThrow('D1_ERROR: Network connection lost.')
    setFaults({ d1_down: false })
    for (const way of ways) await way()
    expect(await statement.first('n')).toBe(7)
    expect((await db.batch<{ n: number }>([statement]))[0]?.results).toEqual([{ n: 7 }])
  })
})

describe('a client that is cut off', () => {
  const work = (done: string[]) => async () => {
    for (const step of ['one', 'two', 'three']) {
      await remoteCall(() => Promise.resolve(done.push(`${step} asked`)))
      done.push(`${step} back`)
    }
    return new Response('all')
  }

  it.each([
    [0, []],
    [1, ['one asked']],
    [2, ['one asked', 'one back', 'two asked']],
    [3, ['one asked', 'one back', 'two asked', 'two back', 'three asked']],
  ])('after %i remote calls leaves the rest undone', async (after, expected) => {
    const done: string[] = []
    expect((await withCut(after, work(done))).status).toBe(499)
    expect(done).toEqual(expected)
  })

  it('is served to the end when the work needs fewer calls', async () => {
    const done: string[] = []
    expect(await (await withCut(4, work(done))).text()).toBe('all')
    expect(done).toHaveLength(6)
  })

  it('does not touch other requests at the same time', async () => {
    const [cut, whole] = [[] as string[], [] as string[]]
    const answers = await Promise.all([withCut(1, work(cut)), work(whole)()])
    expect(answers.map(({ status }) => status)).toEqual([499, 200])
    expect([cut.length, whole.length]).toEqual([1, 6])
  })

  it('is the next one whose path matches, as often as said', () => {
    setFaults({ cut_after: 2, cut_times: 2, cut_path: '/api/v1/orders' })
    expect(takeCut('/api/v1/menu')).toBeNull()
    expect(takeCut('/api/v1/orders/1')).toEqual({ after: 2 })
    expect(takeCut('/api/v1/orders')).toEqual({ after: 2 })
    expect(takeCut('/api/v1/orders')).toBeNull()
    setFaults({ cut_after: 0 })
    setFaults({ cut_after: null })
    expect(takeCut('/')).toBeNull()
  })
})
