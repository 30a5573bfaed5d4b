import { runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import { SYSTEM, type Asker } from '../../src/domain/actor.ts'
import { noteEndedMemberships } from '../../src/restaurant/migrations/0002-note-ended-memberships.ts'
import { migrate } from '../../src/restaurant/migrations/migrate.ts'
import { createStore } from '../../src/restaurant/store/store.ts'
import { guest, openRestaurantObject, OWNER, STAFF } from '../support/restaurant.ts'
import { connect, dining, refusalOf, upgrade } from '../support/sockets.ts'

const CHANGED = { kind: 'UNAUTHENTICATED', reason: 'MEMBERSHIP_CHANGED' }
const HOUR = 3600_000
const DAY = 24 * HOUR

const ended = (version: number, forgetAfter = Number.MAX_SAFE_INTEGER) =>
  ({ type: 'end-membership', userId: STAFF.userId ?? '', version, forgetAfter }) as const
const rehired: Asker = { ...STAFF, membershipVersion: 3 }

describe('the end of a membership', () => {
  it('refuses the next command, question and socket of every token that names it', async () => {
    const restaurant = await dining()
    await restaurant.soldOut(true)
    await restaurant.done(SYSTEM, ended(2))
    const toggled = await restaurant.execute(STAFF, {
      type: 'mark-sold-out',
      itemId: restaurant.item.id,
      soldOut: false,
      until: null,
    })
    expect(toggled).toEqual({ ok: false, refusal: CHANGED })
    expect(await restaurant.query(STAFF, { type: 'tables' })).toEqual({
      ok: false,
      refusal: CHANGED,
    })
    expect(refusalOf(await upgrade(restaurant, STAFF))).toEqual(CHANGED)
  })

  it('closes the open board mid-shift, and nobody else’s', async () => {
    const restaurant = await dining()
    const [board, owners] = [await connect(restaurant, STAFF), await connect(restaurant, OWNER)]
    await owners.heard()
    await restaurant.done(SYSTEM, ended(2))
    expect(await board.closed).toEqual({ code: 4004, reason: 'MEMBERSHIP_CHANGED' })
    expect(await owners.heard()).toEqual([])
    expect((await restaurant.query(OWNER, { type: 'tables' })).ok).toBe(true)
  })

  it('lets those in whom a newer token names, and leaves their sockets alone', async () => {
    const restaurant = await dining()
    await restaurant.done(SYSTEM, ended(3))
    expect((await restaurant.query(rehired, { type: 'tables' })).ok).toBe(true)
    const board = await connect(restaurant, rehired)
    await board.heard()
    // The older dismissal is told once more, late.
    await restaurant.done(SYSTEM, ended(2))
    expect(await board.heard()).toEqual([])
    expect((await restaurant.query(rehired, { type: 'tables' })).ok).toBe(true)
    expect((await restaurant.query(STAFF, { type: 'tables' })).ok).toBe(false)
  })

  it('is no concern of the same person as a customer', async () => {
    const restaurant = await dining()
    await restaurant.done(SYSTEM, ended(2))
    const customer: Asker = { ...guest('s'), role: 'CUSTOMER', userId: STAFF.userId }
    const order = await restaurant.place(customer)
    expect((await restaurant.query(customer, { type: 'order', orderId: order.id })).ok).toBe(true)
  })

  it('is forgotten once no token from before can live', async () => {
    const restaurant = await openRestaurantObject()
    await restaurant.done(SYSTEM, ended(2, restaurant.now() + HOUR))
    restaurant.passes(2 * DAY)
    await restaurant.ringAlarm()
    expect(await restaurant.rows('SELECT * FROM ended_memberships')).toEqual([])
  })
})

describe('an object from before memberships could end', () => {
  it('is brought up to date, with everything it held', async () => {
    const restaurant = await openRestaurantObject()
    await runInDurableObject(restaurant.stub(), (_, { storage }) => {
      storage.sql.exec('DROP TABLE ended_memberships')
      storage.sql.exec('DELETE FROM migrations WHERE name = ?', noteEndedMemberships.name)
      migrate(storage.sql, 1)
      expect(createStore(storage).sessions.membershipFrom('anyone')).toBeNull()
      expect(createStore(storage).restaurant.get().id).toBe(restaurant.id)
    })
  })
})
