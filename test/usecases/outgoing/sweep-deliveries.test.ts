import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { createDeliveries } from '../../../src/db/repositories/deliveries.ts'
import { createRetryRuns } from '../../../src/db/repositories/retry-runs.ts'
import type { DeliveryState } from '../../../src/domain/outgoing/delivery.ts'
import { sweepDeliveries } from '../../../src/usecases/outgoing/sweep-deliveries.ts'
import { aDelivery, storeDeliveries } from '../../support/administration.ts'

const DAY = 24 * 3600_000
const NOW = Date.UTC(2026, 10, 20, 18, 17)

const deliveries = createDeliveries(env.DB)
const retryRuns = createRetryRuns(env.DB)
const sweep = () => sweepDeliveries({ deliveries, retryRuns, now: () => NOW })

describe('sweeping what was delivered', () => {
  it.each<[DeliveryState, number, boolean]>([
    ['DONE', 7 * DAY, true],
    ['DONE', 7 * DAY + 1, false],
    ['SKIPPED', 7 * DAY, true],
    ['SKIPPED', 7 * DAY + 1, false],
    ['DEAD', 30 * DAY, true],
    ['DEAD', 30 * DAY + 1, false],
    ['PENDING', 60 * DAY, true],
  ])('%s of %i ms ago: kept %s', async (state, ago, kept) => {
    const at = NOW - ago
    const row = aDelivery({ state, createdAt: at - 1, settledAt: state === 'PENDING' ? null : at })
    await storeDeliveries(row)
    await sweep()
    const left = await env.DB.prepare('SELECT id FROM deliveries WHERE id = ?').bind(row.id).first()
    expect(left !== null).toBe(kept)
  })

  it('forgets after seven days what was sent again by a filter', async () => {
    const run = (id: string, ago: number) => ({
      ...{ id, what: 'DELIVERIES' as const, fingerprint: 'f', filter: '{}', userId: null },
      ...{ retried: 3, more: false, retriedAt: NOW - ago },
    })
    const [young, old] = [run(crypto.randomUUID(), 7 * DAY), run(crypto.randomUUID(), 7 * DAY + 1)]
    await retryRuns.insert(young)
    await retryRuns.insert(old)
    expect(await sweep()).toMatchObject({ retries: 1 })
    expect(await retryRuns.byId(young.id)).toEqual(young)
    expect(await retryRuns.byId(old.id)).toBeNull()
  })
})
