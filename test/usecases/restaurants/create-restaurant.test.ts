import { describe, expect, it } from 'vitest'
import { SYSTEM } from '../../../src/domain/actor.ts'
import { mintAccountId } from '../../../src/domain/identity/account-id.ts'
import type { RestaurantHandle } from '../../../src/restaurant/restaurant-port.ts'
import type { Deps } from '../../../src/usecases/deps.ts'
import {
  createRestaurant,
  type NewRestaurant,
} from '../../../src/usecases/restaurants/create-restaurant.ts'
import { finishUnfinishedRestaurants } from '../../../src/usecases/restaurants/finish-unfinished-restaurants.ts'
import { identityWorld, newEmail, random } from '../../support/identity.ts'
import { testRestaurants } from '../../support/restaurant.ts'

const MINUTE = 60_000

async function newOwner({ users, now }: Pick<Deps, 'users' | 'now'>): Promise<string> {
  const id = mintAccountId(random)
  const person = { id, email: newEmail(), name: '사장님', passwordHash: '', createdAt: now() }
  await users.insert({ ...person, role: 'OWNER' })
  return id
}

async function platform() {
  const { world, deps } = await identityWorld()
  const fault = { calls: 0, failing: false }
  const faulty = (id: string): RestaurantHandle => ({
    ...testRestaurants(id),
    execute: async (envelope) => {
      fault.calls += 1
      if (fault.failing) throw new Error('the object is away')
      return testRestaurants(id).execute(envelope)
    },
  })
  return { world, fault, deps: { ...deps, restaurants: faulty }, ownerId: await newOwner(deps) }
}

const wanted = (ownerId: string, more: Partial<NewRestaurant> = {}): NewRestaurant => ({
  ownerId,
  settings: { name: '맛있는 치킨집' },
  idempotency: { key: 'k', fingerprint: 'f' },
  ...more,
})

const settingsOf = (deps: Deps, id: string) =>
  deps.restaurants(id).query<'restaurant'>({ query: { type: 'restaurant' }, asker: SYSTEM })

describe('opening a restaurant', () => {
  it('sets up its object, and the owner works there', async () => {
    const { deps, ownerId } = await platform()
    const created = await createRestaurant(deps, wanted(ownerId))
    if (!created.ok) throw new Error(created.refusal.kind)
    const { id } = created.value
    expect(await deps.registry.memberships(ownerId)).toEqual([{ restaurantId: id, role: 'OWNER' }])
    expect(await settingsOf(deps, id)).toMatchObject({
      value: { id, name: '맛있는 치킨집', timezone: 'Asia/Seoul', paymentPolicy: 'PREPAID' },
    })
  })

  it('opens one for a key, and says the same again after it was renamed', async () => {
    const { deps, ownerId } = await platform()
    const first = await createRestaurant(deps, wanted(ownerId))
    if (!first.ok) throw new Error(first.refusal.kind)
    await deps.restaurants(first.value.id).execute<'edit-restaurant'>({
      command: { type: 'edit-restaurant', changes: { name: '새 이름' } },
      asker: SYSTEM,
      idempotency: null,
      traceId: null,
    })
    expect(await createRestaurant(deps, wanted(ownerId))).toEqual({ ...first, replayed: true })
    expect(await deps.registry.memberships(ownerId)).toHaveLength(1)
    expect(await settingsOf(deps, first.value.id)).toMatchObject({ value: { name: '새 이름' } })
  })

  it('opens one when the same request comes fifty times at once', async () => {
    const { deps, ownerId } = await platform()
    const all = await Promise.all(
      Array.from({ length: 50 }, () => createRestaurant(deps, wanted(ownerId))),
    )
    const ids = new Set(all.map((created) => created.ok && created.value.id))
    expect(ids.size).toBe(1)
    expect(ids.has(false)).toBe(false)
    expect(await deps.registry.memberships(ownerId)).toHaveLength(1)
  })

  it('refuses the key for another body', async () => {
    const { deps, ownerId } = await platform()
    await createRestaurant(deps, wanted(ownerId))
    const other = wanted(ownerId, { idempotency: { key: 'k', fingerprint: 'g' } })
    expect(await createRestaurant(deps, other)).toEqual({
      ok: false,
      refusal: { kind: 'IDEMPOTENCY_KEY_REUSED' },
    })
  })

  it('opens as many as are asked for without a key', async () => {
    const { deps, ownerId } = await platform()
    for (let count = 1; count <= 2; count += 1)
      await createRestaurant(deps, wanted(ownerId, { idempotency: null }))
    expect(await deps.registry.memberships(ownerId)).toHaveLength(2)
  })

  it('mints again when another restaurant has the key', async () => {
    const { deps, ownerId } = await platform()
    const bytes = (start: number) => (length: number) => new Uint8Array(length).fill(start)
    const minting = (starts: number[]): Deps => {
      let call = 0
      // An id takes three draws.
      return { ...deps, random: (length) => bytes(starts[Math.floor(call++ / 3)] ?? 0)(length) }
    }
    const one = await createRestaurant(minting([7]), wanted(ownerId, { idempotency: null }))
    const two = await createRestaurant(minting([7, 9]), wanted(await newOwner(deps)))
    expect([one, two].map((made) => made.ok && made.value.id.slice(-12))).toEqual([
      '070707070707',
      '090909090909',
    ])
  })

  it('refuses settings that make no sense before anything is written', async () => {
    const { deps, ownerId, fault } = await platform()
    const wrong = wanted(ownerId, { settings: { name: 'x', timezone: 'Mars' } })
    expect(await createRestaurant(deps, wrong)).toEqual({
      ok: false,
      refusal: { kind: 'INVALID', errors: [{ field: 'timezone', reason: 'unknown_timezone' }] },
    })
    expect(fault.calls).toBe(0)
    expect(await deps.registry.memberships(ownerId)).toEqual([])
  })
})

describe('a creation that died half-way', () => {
  it('is finished by the same request', async () => {
    const { deps, ownerId, fault } = await platform()
    fault.failing = true
    await expect(createRestaurant(deps, wanted(ownerId))).rejects.toThrow('away')
    fault.failing = false
    const created = await createRestaurant(deps, wanted(ownerId))
    if (!created.ok) throw new Error(created.refusal.kind)
    expect(await settingsOf(deps, created.value.id)).toMatchObject({ ok: true })
    expect(await deps.registry.memberships(ownerId)).toHaveLength(1)
  })

  it('is finished by cron once it is over a minute old', async () => {
    const { world, deps, ownerId, fault } = await platform()
    fault.failing = true
    await expect(createRestaurant(deps, wanted(ownerId))).rejects.toThrow('away')
    fault.failing = false
    const [{ restaurantId } = { restaurantId: '' }] = await deps.registry.memberships(ownerId)
    world.now += MINUTE
    await finishUnfinishedRestaurants(deps)
    expect(await settingsOf(deps, restaurantId)).toMatchObject({ ok: false })
    world.now += 1
    expect((await finishUnfinishedRestaurants(deps)).finished).toBeGreaterThan(0)
    expect(await settingsOf(deps, restaurantId)).toMatchObject({ ok: true })
    expect(await finishUnfinishedRestaurants(deps)).toEqual({ finished: 0 })
  })

  it('does not hold up the others, and the log names it', async () => {
    const { world, deps, ownerId, fault } = await platform()
    fault.failing = true
    await expect(createRestaurant(deps, wanted(ownerId))).rejects.toThrow('away')
    world.now += 2 * MINUTE
    expect(await finishUnfinishedRestaurants(deps)).toEqual({ finished: 0 })
    expect(world.logged).toContainEqual(
      expect.objectContaining({ kind: 'restaurant-unfinished', level: 'error' }),
    )
    fault.failing = false
    await finishUnfinishedRestaurants(deps)
  })
})
