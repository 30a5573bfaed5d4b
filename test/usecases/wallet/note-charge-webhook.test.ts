import { describe, expect, it } from 'vitest'
import type { LookupOutcome } from '../../../src/domain/payment/outcomes.ts'
import { newCharge } from '../../../src/domain/wallet/charge.ts'
import type { Deps } from '../../../src/usecases/deps.ts'
import { noteChargeWebhook } from '../../../src/usecases/wallet/note-charge-webhook.ts'
import { random } from '../../support/identity.ts'
import { many } from '../../support/paying.ts'
import { accountWith, charges, givePoints, NOW, platformId } from '../../support/wallets.ts'

const SILENT: LookupOutcome = { kind: 'unknown', detail: 'time-out' }

/** A charge that is open at the provider, and who takes webhooks about it. */
async function openCharge(providerKey: string | null = 'tviva_1') {
  const userId = await accountWith(0)
  const wish = {
    userId,
    method: 'CARD',
    amount: 5_000,
    askedBy: userId,
    restaurantId: null,
  } as const
  const fresh = newCharge(wish, { id: platformId(), now: NOW })
  const status = 'READY' as const
  const charge = { ...fresh, payment: { ...fresh.payment, status, leaseUntil: null, providerKey } }
  await charges.insert(charge, { idempotencyKey: 'k', fingerprint: 'f' }, platformId())
  const world = { now: NOW, asked: 0 }
  const behind: Promise<unknown>[] = []
  const lookUp = () => {
    world.asked += 1
    return Promise.resolve(SILENT)
  }
  const deps = {
    charges,
    provider: () => Promise.resolve({ lookUp }),
    now: () => world.now,
    random,
    log: () => undefined,
    toTheEnd: (work: () => Promise<unknown>) => void behind.push(work()),
  } as unknown as Deps
  /** With what it left to be done behind its answer. */
  const note = async (key: string | null, paymentId = charge.id) => {
    const noted = await noteChargeWebhook(deps, { paymentId, providerKey: key })
    await Promise.all(behind)
    return noted
  }
  const waits = async (now: number) =>
    (await charges.waiting(now, 1_000)).some(({ state }) => state.id === charge.id)
  return { world, note, waits }
}

describe('webhooks about a charge', () => {
  it('cost one look-up in two seconds, however many there are', async () => {
    const { world, note } = await openCharge()
    for (const second of [0, 1]) {
      world.now = NOW + second * 1_000
      expect(await Promise.all(many(20).map(() => note('tviva_1')))).not.toContain(false)
    }
    expect(world.asked).toBe(1)
    world.now = NOW + 2_000
    await note('tviva_1')
    expect(world.asked).toBe(2)
  })

  it('that come too soon have the cron ask when their time has come', async () => {
    const { world, note, waits } = await openCharge()
    await note('tviva_1')
    expect(await waits(NOW + 10_000)).toBe(false)
    world.now = NOW + 1_000
    await note('tviva_1')
    expect([await waits(NOW + 2_900), await waits(NOW + 3_000)]).toEqual([false, true])
  })

  it.each([['tviva_2'], [null]])('with the key %s are about none of ours', async (key) => {
    const { world, note, waits } = await openCharge()
    expect(await note(key)).toBe(false)
    expect([world.asked, await waits(NOW)]).toEqual([0, false])
  })

  it('are taken for a charge whose key is not known yet', async () => {
    const { world, note } = await openCharge(null)
    expect(await note('tviva_1')).toBe(true)
    expect(world.asked).toBe(1)
  })

  it('are nothing to a charge without a provider, or to none', async () => {
    const { world, note } = await openCharge()
    const byCash = await givePoints(await accountWith(0), 1_000)
    expect([await note('tviva_1', byCash), await note('tviva_1', platformId())]).toEqual([
      false,
      false,
    ])
    expect(world.asked).toBe(0)
  })
})
