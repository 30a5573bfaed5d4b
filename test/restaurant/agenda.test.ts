import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { SYSTEM } from '../../src/domain/actor.ts'
import { defaultSettings } from '../../src/domain/restaurant/settings.ts'
import { migrate, type Migration } from '../../src/restaurant/migrations/migrate.ts'
import { createRestaurant } from '../../src/restaurant/migrations/0001-create-restaurant.ts'
import { clockOf } from '../support/clock.ts'
import { newRestaurantId } from '../support/identity.ts'
import { DAY, HOUR, MINUTE, openKitchen, SECOND, type Kitchen } from '../support/ordering.ts'
import { many } from '../support/paying.ts'
import { guest, openRestaurantObject, OWNER } from '../support/restaurant.ts'

/** Failures are logged; here they are expected. */
const logged = vi.spyOn(console, 'error')
beforeEach(() => void logged.mockReset().mockReturnValue(undefined))
afterAll(() => logged.mockRestore())

/** An entry that nobody can handle, due at once. */
const poison = async ({ tamper, restaurant }: Kitchen, subject = 'poison') => {
  await tamper(
    'INSERT INTO agenda (kind, subject, due, attempt, dead) VALUES (?, ?, ?, 0, 0)',
    'no-such-kind',
    subject,
    restaurant.now(),
  )
  // The object remembers its agenda; what was written behind its back it finds when it wakes.
  await restaurant.evict()
}

describe('the alarm', () => {
  it('rings on a mark, at most a quarter of a second after the first entry is due', async () => {
    const kitchen = await openKitchen()
    await kitchen.place()
    const [first] = (
      await kitchen.tamper('SELECT due FROM agenda WHERE dead = 0 ORDER BY due LIMIT 1')
    ).map(({ due }) => Number(due))
    const at = await kitchen.alarm()
    const late = Number(at) - Date.now() - (Number(first) - kitchen.restaurant.now())
    expect(Number(at) % 250).toBe(0)
    // Between the two readings of the machine's clock some time has passed.
    expect(late).toBeLessThanOrEqual(250)
    expect(late).toBeGreaterThan(-2_000)
  })

  it('leaves nothing due undecided that a command comes upon before it rings', async () => {
    const kitchen = await openKitchen()
    const held = await kitchen.place()
    kitchen.restaurant.passes(15 * MINUTE)
    expect((await kitchen.view(held)).order.status).toBe('EXPIRED')
  })
})

describe('an entry of the agenda that fails', () => {
  it('holds up no other, and none of the command that found it', async () => {
    const kitchen = await openKitchen()
    const held = await kitchen.place()
    await poison(kitchen)
    kitchen.restaurant.passes(15 * MINUTE)
    expect((await kitchen.place(guest('jiyoung'))).number).toBe('A002')
    expect((await kitchen.view(held)).order.status).toBe('EXPIRED')
  })

  it('comes back later and later, with its reason beside it', async () => {
    const kitchen = await openKitchen()
    await poison(kitchen)
    for (const [attempt, pause] of [1, 2, 4, 8, 16].entries()) {
      await kitchen.later(attempt === 0 ? 0 : (pause / 2) * SECOND)
      await kitchen.restaurant.ringAlarm()
      expect(await kitchen.agenda('no-such-kind')).toMatchObject([
        { attempt: attempt + 1, due: kitchen.restaurant.now() + pause * SECOND, dead: 0 },
      ])
    }
    const [entry] = await kitchen.tamper(
      "SELECT last_error FROM agenda WHERE kind = 'no-such-kind'",
    )
    expect(entry?.['last_error']).toContain('no handler')
  })

  it('is buried after twenty times and kept; the others go on', async () => {
    const kitchen = await openKitchen()
    await poison(kitchen)
    await kitchen.tamper("UPDATE agenda SET attempt = 18 WHERE kind = 'no-such-kind'")
    await kitchen.restaurant.evict()
    for (const _ of many(5)) {
      kitchen.restaurant.passes(2 * HOUR)
      await kitchen.restaurant.ringAlarm()
    }
    expect(await kitchen.agenda('no-such-kind')).toMatchObject([{ attempt: 20, dead: 1 }])
    expect(logged.mock.calls.at(-1)?.[0]).toContain('"what":"buried"')
    const held = await kitchen.place()
    await kitchen.later(15 * MINUTE)
    expect((await kitchen.view(held)).order.status).toBe('EXPIRED')
  })

  it('takes what it half wrote and announced back with it', async () => {
    const kitchen = await openKitchen()
    const broken = await kitchen.place()
    const sound = await kitchen.place(guest('jiyoung'))
    await kitchen.tamper(`CREATE TRIGGER broken BEFORE INSERT ON events
      WHEN NEW.subject LIKE '%${broken.id}%' BEGIN SELECT RAISE(ABORT, 'broken'); END`)
    await kitchen.later(15 * MINUTE)
    expect((await kitchen.view(broken)).order.status).toBe('PENDING')
    expect((await kitchen.view(sound)).order.status).toBe('EXPIRED')
    expect(await kitchen.stock()).toEqual({ level: 100, reserved: 1 })
    const seqs = (await kitchen.restaurant.events()).map(({ seq }) => seq)
    expect(seqs).toEqual(seqs.map((_, n) => n + 1))

    await kitchen.tamper('DROP TRIGGER broken')
    await kitchen.later(SECOND)
    expect((await kitchen.view(broken)).order.status).toBe('EXPIRED')
    expect(await kitchen.stock()).toEqual({ level: 100, reserved: 0 })
  })
})

describe('publishing that was buried', () => {
  it('is taken up again by the next event', async () => {
    const kitchen = await openKitchen()
    await kitchen.tamper("UPDATE agenda SET dead = 1 WHERE kind = 'publish'")
    await kitchen.restaurant.evict()
    await kitchen.place()
    expect(await kitchen.agenda('publish')).toMatchObject([
      { dead: 0, due: kitchen.restaurant.now() + 2 * SECOND },
    ])
  })
})

describe('the alarm', () => {
  const armedIn = async ({ alarm }: Kitchen) => (await alarm())! - Date.now()
  const settled = async (kitchen: Kitchen) => {
    const seq = (await kitchen.restaurant.events()).length
    await kitchen.report({ kind: 'published', epoch: 1, fromSeq: 1, toSeq: seq })
    await kitchen.later(2 * SECOND)
  }

  it('is set to what falls due first', async () => {
    const kitchen = await openKitchen()
    await settled(kitchen)
    await kitchen.place()
    await settled(kitchen)
    expect(await armedIn(kitchen)).toBeGreaterThan(14 * MINUTE)
    expect(await armedIn(kitchen)).toBeLessThan(15 * MINUTE)
  })

  it('is set again after an eviction and after it rang', async () => {
    const kitchen = await openKitchen()
    await settled(kitchen)
    await kitchen.restaurant.evict()
    await kitchen.restaurant.ringAlarm()
    expect(await armedIn(kitchen)).toBeGreaterThan(23 * HOUR)
  })

  it('rings on when the object cannot even begin', async () => {
    const kitchen = await openKitchen()
    await kitchen.place()
    await kitchen.tamper('ALTER TABLE agenda RENAME TO misplaced')
    kitchen.restaurant.passes(15 * MINUTE)
    await kitchen.restaurant.ringAlarm()
    expect(await armedIn(kitchen)).toBeGreaterThan(20 * SECOND)
    await kitchen.tamper('ALTER TABLE misplaced RENAME TO agenda')
    await kitchen.restaurant.ringAlarm()
    expect(await kitchen.restaurant.rows('SELECT status FROM orders')).toEqual([
      { status: 'EXPIRED' },
    ])
  })
})

describe('jobs', () => {
  it('are handed out again when their lease is over without a report', async () => {
    const kitchen = await openKitchen()
    kitchen.taken('publish')
    for (const wait of [2, 15, 30, 60]) {
      await kitchen.later(wait * SECOND)
      expect(kitchen.taken('publish')).toHaveLength(1)
      await kitchen.later(0)
      expect(kitchen.taken('publish')).toEqual([])
    }
  })

  it('of publishing follow each other at once when more is owed than one carries', async () => {
    const kitchen = await openKitchen()
    for (const n of many(70)) await kitchen.place(guest(`guest-${n}`))
    kitchen.taken('publish')
    await kitchen.later(2 * SECOND)
    let last = 0
    for (let job = kitchen.taken('publish')[0]; job; job = kitchen.taken('publish')[0]) {
      const seqs = job.events.map(({ seq }) => seq)
      expect(seqs[0]).toBe(last + 1)
      last = seqs.at(-1)!
      await kitchen.report({ kind: 'published', epoch: 1, fromSeq: seqs[0]!, toSeq: last })
    }
    expect(last).toBe((await kitchen.restaurant.events()).length)
  })
})

describe('housekeeping', () => {
  const confirm = async (kitchen: Kitchen, toSeq: number) => {
    await kitchen.report({ kind: 'published', epoch: 1, fromSeq: 1, toSeq })
    await kitchen.later(MINUTE)
  }
  const seqs = async (kitchen: Kitchen) =>
    (await kitchen.restaurant.rows('SELECT seq FROM events')).map(({ seq }) => seq)

  it('forgets old events that every consumer has had, but never the newest', async () => {
    const kitchen = await openKitchen()
    await kitchen.place()
    const newest = (await seqs(kitchen)).length
    await confirm(kitchen, newest)
    await kitchen.later(6 * DAY)
    expect((await seqs(kitchen)).length).toBeGreaterThanOrEqual(newest)
    await confirm(kitchen, newest + 1)
    for (const _ of many(9)) await kitchen.later(DAY)
    expect(await seqs(kitchen)).toEqual([newest + 1])
    await kitchen.place(guest('jiyoung'))
    expect(await seqs(kitchen)).toEqual([newest + 1, newest + 2])
  })

  it('keeps what the projection has not confirmed', async () => {
    const kitchen = await openKitchen()
    await kitchen.place()
    await confirm(kitchen, 2)
    for (const _ of many(9)) await kitchen.later(DAY)
    expect((await seqs(kitchen))[0]).toBe(3)
  })

  it('comes every day, and forgets ended sessions and old answers, not the keys of orders', async () => {
    const kitchen = await openKitchen()
    const { restaurant } = kitchen
    await restaurant.done(SYSTEM, {
      type: 'end-session',
      sessionId: 'gone',
      forgetAfter: restaurant.now() + HOUR,
    })
    const table = { type: 'create-table', name: 'A1' } as const
    await restaurant.execute(OWNER, table, { key: 'k', fingerprint: 'f' })
    for (const _ of many(5)) await kitchen.later(DAY)
    expect(await restaurant.rows('SELECT * FROM ended_sessions')).toEqual([])
    expect(await restaurant.rows('SELECT * FROM idempotency')).toHaveLength(1)
    for (const _ of many(87)) await kitchen.later(DAY)
    expect(await restaurant.rows('SELECT * FROM idempotency')).toEqual([])
    expect(await kitchen.agenda('housekeeping')).toMatchObject([{ due: restaurant.now() + DAY }])
  })
})

describe('an object that is no restaurant', () => {
  const tablesOf = (stub: DurableObjectStub) =>
    runInDurableObject(stub, (_, state) =>
      state.storage.sql
        .exec("SELECT name FROM sqlite_master WHERE name NOT GLOB '_cf_*'")
        .toArray(),
    )
  const nowhere = () => {
    const id = newRestaurantId()
    return { id, stub: env.RESTAURANTS.getByName(id.slice(-12)) }
  }
  const settings = defaultSettings({ name: '맛있는 치킨집' })
  const asked = async (stub: ReturnType<typeof nowhere>['stub'], command: object) =>
    await stub.execute({ command, asker: OWNER, idempotency: null, traceId: null } as never)

  it('creates nothing, whatever is sent to it', async () => {
    const { stub } = nowhere()
    for (const command of [
      { type: 'accept-order', orderId: 'x' },
      { type: 'edit-restaurant', changes: { name: 'mine' } },
      { type: 'end-session', sessionId: 's', forgetAfter: 1 },
    ])
      expect(await asked(stub, command)).toMatchObject({
        outcome: { ok: false, refusal: { kind: 'NOT_FOUND' } },
      })
    expect(
      await stub.query({ query: { type: 'restaurant' }, asker: OWNER } as never),
    ).toMatchObject({
      ok: false,
      refusal: { kind: 'NOT_FOUND' },
    })
    const report = { kind: 'looked-up', paymentId: 'x', outcome: { kind: 'missing' } } as const
    expect(await stub.report(report)).toEqual({ outcome: {}, jobs: [] })
    expect(await tablesOf(stub)).toEqual([])
  })

  it('stays nothing when its making fails, and can be made afterwards', async () => {
    const { id, stub } = nowhere()
    const wrong = { type: 'initialize', id: newRestaurantId(), settings }
    await expect(asked(stub, wrong)).rejects.toThrow('does not live in the object')
    expect(await tablesOf(stub)).toEqual([])
    expect(await asked(stub, { type: 'accept-order', orderId: 'x' })).toMatchObject({
      outcome: { refusal: { kind: 'NOT_FOUND', what: 'restaurant' } },
    })
    expect(await asked(stub, { type: 'initialize', id, settings })).toMatchObject({
      outcome: { ok: true, value: { id } },
    })
  })

  it('becomes one once: the second making answers what stands', async () => {
    const { id, stub } = nowhere()
    const first = await asked(stub, { type: 'initialize', id, settings })
    const renamed = { ...settings, name: 'another' }
    const second = await asked(stub, { type: 'initialize', id, settings: renamed })
    expect(second).toMatchObject({ outcome: { ok: true, value: { name: '맛있는 치킨집' } } })
    expect(first).toMatchObject({ outcome: { ok: true } })
  })
})

describe("the object's own migrations", () => {
  const later: Migration = {
    name: '0002-of-a-later-release',
    statements: ['ALTER TABLE items ADD COLUMN later TEXT', 'CREATE TABLE later (id TEXT) STRICT'],
  }
  const schemaAfter = async (steps: readonly (readonly Migration[])[]) => {
    const stub = env.RESTAURANTS.getByName(newRestaurantId().slice(-12))
    return runInDurableObject(stub, (_, { storage }) => {
      for (const migrations of steps)
        storage.transactionSync(() => migrate(storage.sql, clockOf(undefined), migrations))
      return storage.sql
        .exec("SELECT name, sql FROM sqlite_master WHERE name NOT GLOB '_cf_*' ORDER BY name")
        .toArray()
    })
  }

  it('make the same tables in one go and release by release', async () => {
    const fresh = await schemaAfter([[createRestaurant, later]])
    const upgraded = await schemaAfter([
      [createRestaurant],
      [createRestaurant],
      [createRestaurant, later],
    ])
    expect(upgraded).toEqual(fresh)
    expect(fresh.map(({ name }) => name)).toContain('later')
  })

  it('keep what stands in the tables', async () => {
    const restaurant = await openRestaurantObject()
    const { name } = await restaurant.done(OWNER, { type: 'create-table', name: 'A1' })
    await runInDurableObject(restaurant.stub(), (_, { storage }) =>
      storage.transactionSync(() => migrate(storage.sql, 0, [createRestaurant, later])),
    )
    await restaurant.evict()
    expect(await restaurant.read(OWNER, { type: 'tables' })).toMatchObject([{ name }])
  })
})
