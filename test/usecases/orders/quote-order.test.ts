import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { createAttemptRepository } from '../../../src/db/repositories/attempts.ts'
import { quoteOrder } from '../../../src/usecases/orders/quote-order.ts'
import { identityWorld, newNetwork } from '../../support/identity.ts'
import { openRestaurantObject, testRestaurants, withItem } from '../../support/restaurant.ts'
import { anAsker } from '../../support/orders.ts'

const TRIES = { perAccount: 3, perNetwork: 5, windowSeconds: 3600 }

async function open() {
  const { deps, world } = await identityWorld()
  const restaurant = await openRestaurantObject()
  const { item } = await withItem(restaurant)
  const lines = [{ itemId: item.id, quantity: 1, options: [] }]
  const network = newNetwork()
  const ask = async (couponCodes: readonly string[], who = 'minsu', from = network) => {
    const query = { type: 'quote-order', lines, couponCodes, atTable: null, locale: 'ko' } as const
    const asker = anAsker('GUEST', { sessionId: `${who}-${restaurant.key}` })
    const quoted = await quoteOrder(
      {
        attempts: createAttemptRepository(env.DB),
        settings: { ...deps.settings, couponTries: TRIES },
        now: () => world.now,
        log: (line) => {
          deps.log(line)
        },
        restaurants: testRestaurants,
      },
      restaurant.id,
      { query, asker, network: from },
    )
    return quoted.ok ? 'quoted' : quoted.refusal
  }
  return { ask, world }
}

describe('guessing codes by asking what an order would come to', () => {
  it('ends after a few that there are not, and goes on when the window is over', async () => {
    const { ask, world } = await open()
    for (let n = 0; n < 3; n += 1) expect(await ask([`GUESS-${n}`])).toBe('quoted')
    const refused = { kind: 'RATE_LIMITED', retryAfterSeconds: 3600 }
    expect(await ask(['GUESS-3'])).toEqual(refused)
    expect(await ask(['GUESS-3'], 'jiyoung')).toBe('quoted')
    world.now += 3_600_000
    expect(await ask(['GUESS-4'])).toBe('quoted')
  })

  it('is counted by network, too', async () => {
    const { ask } = await open()
    for (let n = 0; n < 5; n += 1) expect(await ask([`GUESS-${n}`], `guest-${n}`)).toBe('quoted')
    expect(await ask(['GUESS-5'], 'another')).toMatchObject({ kind: 'RATE_LIMITED' })
    expect(await ask(['GUESS-5'], 'another', newNetwork())).toBe('quoted')
  })

  it('keeps nobody from asking without codes', async () => {
    const { ask } = await open()
    for (let n = 0; n < 4; n += 1) await ask([`GUESS-${n}`])
    expect(await ask([])).toBe('quoted')
  })
})
