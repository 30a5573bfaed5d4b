import { describe, expect, it } from 'vitest'
import { SYSTEM, type Asker } from '../../src/domain/actor.ts'
import { setLimits } from '../support/limits.ts'
import { guest, openRestaurantObject, OWNER, STAFF } from '../support/restaurant.ts'

const VISIT_LIMIT = 20
const ACCOUNT_LIMIT = 40

async function withTable() {
  const restaurant = await openRestaurantObject()
  const table = await restaurant.done(OWNER, { type: 'create-table', name: 'A1' })
  const { visitId } = await restaurant.done(OWNER, { type: 'open-table', tableId: table.id })
  const visit = { visitId, tableId: table.id }
  const ask = (asker: Asker) =>
    restaurant.query(asker, { type: 'own-orders', limit: 1, beforeId: null })
  const askOften = async (asker: Asker, times: number): Promise<number> => {
    const answers = await Promise.all(Array.from({ length: times }, () => ask(asker)))
    return answers.filter(({ ok }) => !ok).length
  }
  setLimits(restaurant.key, { RATE_LIMIT_VISIT: VISIT_LIMIT, RATE_LIMIT_ACCOUNT: ACCOUNT_LIMIT })
  await restaurant.evict()
  return { restaurant, visit, ask, askOften }
}

describe('limits inside a restaurant', () => {
  it('count the guests of a visit together, and say exactly when the next call passes', async () => {
    const { restaurant, visit, ask, askOften } = await withTable()
    expect(await askOften(guest('one', visit), VISIT_LIMIT)).toBe(0)
    const refused = await ask(guest('another', visit))
    if (refused.ok || refused.refusal.kind !== 'RATE_LIMITED') throw new Error('was let through')
    const waitMs = refused.refusal.retryAfterSeconds * 1_000
    restaurant.passes(waitMs - 1)
    expect((await ask(guest('one', visit))).ok).toBe(false)
    restaurant.passes(1)
    expect((await ask(guest('one', visit))).ok).toBe(true)
  })

  it('refuse commands as they refuse questions, and write nothing', async () => {
    const { restaurant, visit, askOften } = await withTable()
    await askOften(guest('one', visit), VISIT_LIMIT)
    const jobs = restaurant.jobs.length
    const outcome = await restaurant.execute(guest('one', visit), {
      type: 'cancel-order',
      orderId: visit.tableId,
      reason: null,
    })
    expect(outcome).toMatchObject({ ok: false, refusal: { kind: 'RATE_LIMITED' } })
    expect(restaurant.jobs).toHaveLength(jobs)
  })

  it('leave other visits, the staff and the agenda alone', async () => {
    const { restaurant, visit, ask, askOften } = await withTable()
    await askOften(guest('one', visit), VISIT_LIMIT + 10)
    expect((await ask(STAFF)).ok).toBe(true)
    expect(await restaurant.query(SYSTEM, { type: 'restaurant' })).toMatchObject({ ok: true })
    const other = await restaurant.done(OWNER, { type: 'create-table', name: 'A2' })
    const opened = await restaurant.done(OWNER, { type: 'open-table', tableId: other.id })
    const there = { visitId: opened.visitId, tableId: other.id }
    expect((await ask(guest('two', there))).ok).toBe(true)
  })

  it('count a member by account, at a table too', async () => {
    const { visit, ask, askOften } = await withTable()
    const member: Asker = { role: 'CUSTOMER', sessionId: 'phone', userId: 'kim', visit }
    expect(await askOften(member, ACCOUNT_LIMIT)).toBe(0)
    expect((await ask({ ...member, sessionId: 'laptop', visit: null })).ok).toBe(false)
    expect((await ask(guest('one', visit))).ok).toBe(true)
  })

  it('do not count strangers, whom the edge has counted by address', async () => {
    const { restaurant } = await withTable()
    const stranger = guest('stranger')
    for (let call = 0; call <= ACCOUNT_LIMIT; call += 1)
      expect(await restaurant.query(stranger, { type: 'restaurant' })).toMatchObject({ ok: true })
  })
})
