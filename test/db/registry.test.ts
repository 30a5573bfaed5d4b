import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { RegistryEntry } from '../../src/db/repositories/ports.ts'
import { createRestaurantRegistry } from '../../src/db/repositories/registry.ts'
import { createUserRepository } from '../../src/db/repositories/users.ts'
import { mintAccountId } from '../../src/domain/identity/account-id.ts'
import { defaultSettings } from '../../src/domain/restaurant/settings.ts'
import { newEmail, newRestaurantId, random } from '../support/identity.ts'

const registry = createRestaurantRegistry(env.DB)

async function newOwner(): Promise<string> {
  const id = mintAccountId(random)
  await createUserRepository(env.DB).insert({
    id,
    email: newEmail(),
    name: 'Owner',
    role: 'OWNER',
    passwordHash: 'hash',
    createdAt: 1,
  })
  return id
}

const entryOf = (ownerId: string, changes: Partial<RegistryEntry> = {}): RegistryEntry => {
  const id = newRestaurantId()
  return {
    id,
    key: id.slice(-12),
    ownerId,
    settings: defaultSettings({ name: '맛있는 치킨집' }),
    createdAt: 100,
    initializedAt: null,
    ...changes,
  }
}

describe('registering a restaurant', () => {
  it("writes the restaurant and its owner's membership together", async () => {
    const ownerId = await newOwner()
    const entry = entryOf(ownerId)
    expect(await registry.register(entry, 'key', 'print')).toBe(true)
    expect(await registry.memberships(ownerId)).toEqual([{ restaurantId: entry.id, role: 'OWNER' }])
    expect(await registry.byIdempotencyKey(ownerId, 'key')).toEqual({ entry, fingerprint: 'print' })
  })

  it('is refused when the key exists, and then leaves no membership', async () => {
    const first = entryOf(await newOwner())
    await registry.register(first, null, 'print')
    const rival = await newOwner()
    expect(await registry.register(entryOf(rival, { key: first.key }), null, 'print')).toBe(false)
    expect(await registry.memberships(rival)).toEqual([])
  })

  it('happens once per idempotency key of an owner', async () => {
    const [ownerId, other] = [await newOwner(), await newOwner()]
    const taps = Array.from({ length: 10 }, () =>
      registry.register(entryOf(ownerId), 'tapped', 'print'),
    )
    expect((await Promise.all(taps)).filter(Boolean)).toHaveLength(1)
    expect(await registry.memberships(ownerId)).toHaveLength(1)
    expect(await registry.register(entryOf(other), 'tapped', 'print')).toBe(true)
    expect(await registry.byIdempotencyKey(ownerId, 'unknown')).toBeNull()
  })

  it('counts as done when only the answer was lost', async () => {
    const entry = entryOf(await newOwner())
    await registry.register(entry, 'key', 'print')
    expect(await registry.register(entry, 'key', 'print')).toBe(true)
    expect(await registry.memberships(entry.ownerId)).toHaveLength(1)
  })

  it('lets an owner register several without keys, listed in the order of creation', async () => {
    const ownerId = await newOwner()
    const [late, early] = [entryOf(ownerId, { createdAt: 300 }), entryOf(ownerId)]
    for (const entry of [late, early]) await registry.register(entry, null, 'print')
    const ids = (await registry.memberships(ownerId)).map(({ restaurantId }) => restaurantId)
    expect(ids).toEqual([early.id, late.id])
  })
})

describe('finishing a registration', () => {
  it('lists what was registered before a time and never initialised', async () => {
    const ownerId = await newOwner()
    const [dead, fresh, done] = [
      entryOf(ownerId, { createdAt: 10 }),
      entryOf(ownerId, { createdAt: 60 }),
      entryOf(ownerId, { createdAt: 20 }),
    ]
    for (const entry of [dead, fresh, done]) await registry.register(entry, null, 'print')
    await registry.markInitialized(done.id, 25)
    expect(await registry.unfinished(50, 10)).toEqual([dead])
  })

  it('pages over all initialised restaurants in order', async () => {
    const ownerId = await newOwner()
    const entries = Array.from({ length: 5 }, () => entryOf(ownerId, { initializedAt: 1 }))
    const unfinished = entryOf(ownerId)
    for (const entry of [...entries, unfinished]) await registry.register(entry, null, 'print')
    const seen: string[] = []
    for (let after: string | null = null; ;) {
      const page: readonly string[] = await registry.page(after, 2)
      seen.push(...page)
      after = page.at(-1) ?? null
      if (after === null) break
    }
    expect(seen).toEqual([...seen].sort())
    for (const { id } of entries) expect(seen).toContain(id)
    expect(seen).not.toContain(unfinished.id)
  })
})
