import { describe, expect, it } from 'vitest'
import type { SecretName } from '../../../src/domain/restaurant/secrets.ts'
import { createAesSecretBox } from '../../../src/providers/aes-secret-box.ts'
import type { AccountKeys } from '../../../src/providers/payment-port.ts'
import type { RestaurantHandle } from '../../../src/restaurant/restaurant-port.ts'
import { unavailable } from '../../../src/providers/unavailable.ts'
import type { LogLine } from '../../../src/runtime.ts'
import { ProviderAccounts } from '../../../src/usecases/payments/provider-accounts.ts'
import { secretContext } from '../../../src/usecases/restaurants/seal-secrets.ts'
import { newRestaurantId, random } from '../../support/identity.ts'

const KEY = { id: 'k1', key: 'A'.repeat(43) }
const NEXT = { id: 'k2', key: 'B'.repeat(42) + 'A' }
const box = createAesSecretBox([KEY], random)

/** Accounts at Toss and Stripe; `used` is what the adapters were made with. */
async function withKeys(own: Partial<Record<SecretName, string>>, secretBox = box) {
  const restaurantId = newRestaurantId()
  const sealed = Object.fromEntries(
    await Promise.all(
      Object.entries(own).map(async ([name, value]) => {
        const context = secretContext(restaurantId, name as SecretName)
        return [name, await box.seal(value, context)] as const
      }),
    ),
  )
  const used: (AccountKeys | null)[] = []
  const logged: LogLine[] = []
  let asked = 0
  const query = () => {
    asked += 1
    return Promise.resolve({ ok: true, value: { restaurantId, sealed } })
  }
  const deps = {
    restaurants: () => ({ query }) as unknown as RestaurantHandle,
    secretBox,
    log: (line: LogLine) => void logged.push(line),
  }
  const made = { ...unavailable }
  const maker = (keys: AccountKeys | null) => {
    used.push(keys)
    return made
  }
  const makers = { toss: maker, stripe: maker, deposit: maker, wallet: maker }
  let now = 0
  const accounts = new ProviderAccounts(makers, unavailable, () => now)
  return {
    used,
    logged,
    made,
    asked: () => asked,
    passes: (ms: number) => (now += ms),
    forget: () => accounts.forget(restaurantId),
    provider: (of: 'toss' | 'stripe' | 'deposit' | 'wallet') =>
      accounts.provider(deps, of, restaurantId),
  }
}

describe("whose account moves a restaurant's money", () => {
  it('is asked for anew where its keys were changed', async () => {
    const world = await withKeys({ 'toss-secret-key': 'test_sk_own' })
    await world.provider('toss')
    world.forget()
    await world.provider('toss')
    expect(world.asked()).toBe(2)
  })

  it('is its own where it has keys, and is asked for again after ten seconds', async () => {
    const world = await withKeys({ 'toss-secret-key': 'test_sk_own' })
    expect(await world.provider('toss')).toBe(world.made)
    await world.provider('toss')
    expect(world.used).toEqual(Array(2).fill({ 'toss-secret-key': 'test_sk_own' }))
    expect(world.asked()).toBe(1)
    world.passes(10_000)
    await world.provider('toss')
    expect(world.asked()).toBe(2)
  })

  it("is the deployment's where it has none", async () => {
    const { provider, used, logged } = await withKeys({})
    await provider('stripe')
    expect([used, logged]).toEqual([[null], []])
  })

  it.each(['toss', 'stripe', 'deposit'] as const)(
    "is nobody else's at %s where its keys do not open",
    async (of) => {
      const own = {
        'toss-secret-key': 'test_sk_own',
        'stripe-secret-key': 'sk_test_own',
        'payaction-api-key': 'own',
      }
      const { provider, used, logged } = await withKeys(own, createAesSecretBox([NEXT], random))
      expect(await provider(of)).toBe(unavailable)
      expect(used).toEqual([])
      expect(logged).toMatchObject([{ kind: 'account-keys-not-opened', provider: of }])
    },
  )

  it('is asked of nobody for points', async () => {
    const { provider, asked } = await withKeys({})
    await provider('wallet')
    expect(asked()).toBe(0)
  })
})
