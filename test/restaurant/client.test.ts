import { describe, expect, it } from 'vitest'
import { SYSTEM } from '../../src/domain/actor.ts'
import type { CommandEnvelope } from '../../src/domain/commands.ts'
import type { Job } from '../../src/domain/jobs.ts'
import { StorageUnavailableError } from '../../src/domain/unavailable.ts'
import { createRestaurants } from '../../src/restaurant/client.ts'
import { toText } from '../../src/restaurant/wire.ts'
import { newRestaurantId } from '../support/identity.ts'

type Trouble = Partial<Record<'retryable' | 'overloaded', boolean>>

/** Objects that fail as often as they are told, then answer. */
function failing(times: number, trouble: Trouble) {
  const asked: string[] = []
  const started: Job[] = []
  const job: Job = {
    kind: 'look-up',
    restaurantId: 'r',
    paymentId: 'p',
    provider: 'toss',
    providerKey: null,
  }
  const reply = (name: string, value: object) => {
    asked.push(name)
    return asked.length <= times
      ? Promise.reject(Object.assign(new Error('the object is gone'), trouble))
      : Promise.resolve(toText(value))
  }
  const namespace = {
    getByName: (name: string) => ({
      executeText: () => reply(name, { outcome: { ok: true, value: null }, jobs: [job] }),
      queryText: () => reply(name, { ok: true, value: null }),
      reportText: () => reply(name, { outcome: { watermark: 3 }, jobs: [job] }),
    }),
  }
  const restaurants = createRestaurants(
    namespace as never,
    (jobs) => started.push(...jobs),
    () => Promise.resolve(),
  )
  const id = newRestaurantId()
  return { id, asked, started, object: restaurants(id) }
}

const ready = (idempotency: CommandEnvelope['idempotency'] = null): CommandEnvelope => ({
  command: { type: 'ready-order', orderId: 'o' },
  asker: SYSTEM,
  idempotency,
  traceId: null,
})
const KEY = { key: 'k', fingerprint: 'f' }
const question = { query: { type: 'restaurant' }, asker: SYSTEM } as const
const gone: Trouble = { retryable: true }

describe('reaching a restaurant’s object', () => {
  it('names it by the key that any of its ids ends in', async () => {
    const { id, object, asked } = failing(0, {})
    await object.query(question)
    expect(asked).toEqual([id.slice(-12)])
  })

  it('starts the jobs of commands and reports', async () => {
    const { object, started } = failing(0, {})
    expect(await object.execute(ready())).toEqual({ ok: true, value: null })
    expect(started).toHaveLength(1)
    const report = { kind: 'published', epoch: 1, fromSeq: 1, toSeq: 3 } as const
    expect(await object.report(report)).toEqual({ watermark: 3 })
    expect(started).toHaveLength(2)
  })

  it('asks once more where that is harmless and would help', async () => {
    for (const call of [
      (of: ReturnType<typeof failing>) => of.object.query(question),
      (of: ReturnType<typeof failing>) => of.object.execute(ready(KEY)),
      (of: ReturnType<typeof failing>) =>
        of.object.execute({
          ...ready(),
          command: { type: 'end-session', sessionId: 's', forgetAfter: 1 },
        }),
    ]) {
      const once = failing(1, gone)
      expect(await call(once)).toMatchObject({ ok: true })
      expect(once.asked).toHaveLength(2)
      const twice = failing(2, gone)
      await expect(call(twice)).rejects.toBeInstanceOf(StorageUnavailableError)
      expect(twice.asked).toHaveLength(2)
    }
  })

  it('never repeats a command that might take effect twice', async () => {
    const { object, asked } = failing(1, gone)
    await expect(object.execute(ready())).rejects.toBeInstanceOf(StorageUnavailableError)
    expect(asked).toHaveLength(1)
  })

  it('never asks an overloaded object again', async () => {
    const { object, asked } = failing(1, { retryable: true, overloaded: true })
    await expect(object.query(question)).rejects.toBeInstanceOf(StorageUnavailableError)
    expect(asked).toHaveLength(1)
  })

  it('leaves our own mistakes as they are', async () => {
    const { object, asked } = failing(1, {})
    await expect(object.query(question)).rejects.toThrow('the object is gone')
    expect(asked).toHaveLength(1)
  })

  it('tells it which commands are among others of the isolate', async () => {
    const told: boolean[] = []
    const ends: (() => void)[] = []
    const executeText = (_: string, amongOthers: boolean) => {
      told.push(amongOthers)
      const answer = toText({ outcome: { ok: true, value: null }, jobs: [] })
      return new Promise((answered) => ends.push(() => answered(answer)))
    }
    const restaurants = createRestaurants(
      { getByName: () => ({ executeText }) } as never,
      () => undefined,
    )
    const [here, there] = [restaurants(newRestaurantId()), restaurants(newRestaurantId())]
    const running = [here.execute(ready()), here.execute(ready()), there.execute(ready())]
    expect(told).toEqual([false, true, false])
    for (const end of ends.splice(0)) end()
    await Promise.all(running)
    const alone = here.execute(ready())
    expect(told.at(-1)).toBe(false)
    ends[0]?.()
    await alone
  })
})
