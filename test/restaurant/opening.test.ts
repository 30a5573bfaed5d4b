import { describe, expect, it } from 'vitest'
import { WEEKDAYS, type OpeningHours } from '../../src/domain/restaurant/hours.ts'
import { HOUR, MINUTE, openKitchen, POSTPAID, type Kitchen } from '../support/ordering.ts'
import { guest, orderOf, OWNER, STAFF } from '../support/restaurant.ts'
import { connect, typesOf, type Heard } from '../support/sockets.ts'

/** Every day from 11 to 22 in Seoul; the clock starts at noon there. */
const openingHours = Object.fromEntries(
  WEEKDAYS.map((day) => [day, [{ open: '11:00', close: '22:00' }]]),
) as unknown as OpeningHours
const iso = (at: number): string => new Date(at).toISOString()

const tryToOrder = ({ restaurant, item }: Kitchen) =>
  restaurant.execute(guest('late'), orderOf([{ itemId: item.id, quantity: 1 }]))
const versionOf = async ({ restaurant }: Kitchen): Promise<number> =>
  (await restaurant.read(OWNER, { type: 'restaurant' })).menuVersion

/** A guest's socket, as it stands open while the restaurant closes. */
async function guestWatching({ restaurant, place, minsu }: Kitchen) {
  const order = await place()
  const client = await connect(restaurant, minsu, {
    orderId: order.id,
    expiresAt: restaurant.now() + 48 * HOUR,
  })
  await client.heard()
  return client
}
const lastRestaurant = (heard: readonly Heard[]) =>
  heard.findLast(({ type }) => type === 'RESTAURANT_CHANGED')?.restaurant

describe('a restaurant with opening hours', () => {
  it('takes no orders outside them, and says when it will', async () => {
    const kitchen = await openKitchen({ openingHours })
    const opensAt = kitchen.restaurant.now() + 23 * HOUR
    await kitchen.later(10 * HOUR - 1)
    expect(await tryToOrder(kitchen)).toMatchObject({ ok: true })
    await kitchen.later(1)
    expect(await tryToOrder(kitchen)).toEqual({
      ok: false,
      refusal: { kind: 'RESTAURANT_CLOSED', opensAt },
    })
    await kitchen.later(13 * HOUR)
    expect(await tryToOrder(kitchen)).toMatchObject({ ok: true })
  })

  it('tells open menus when it closes and opens, by itself', async () => {
    const kitchen = await openKitchen({ openingHours, ...POSTPAID })
    const opensAt = kitchen.restaurant.now() + 23 * HOUR
    const client = await guestWatching(kitchen)
    const version = await versionOf(kitchen)
    kitchen.restaurant.passes(10 * HOUR)
    await kitchen.restaurant.ringAlarm()
    expect(lastRestaurant(await client.heard())).toMatchObject({
      open: false,
      opens_at: iso(opensAt),
    })
    expect(await versionOf(kitchen)).toBeGreaterThan(version)
    kitchen.restaurant.passes(13 * HOUR)
    await kitchen.restaurant.ringAlarm()
    expect(lastRestaurant(await client.heard())).toMatchObject({ open: true, opens_at: null })
  })

  it('keeps taking care of orders that stand', async () => {
    const kitchen = await openKitchen({
      openingHours,
      ...POSTPAID,
      acceptDeadlineSeconds: 12 * 3600,
    })
    const order = await kitchen.place()
    await kitchen.later(10 * HOUR)
    const accepted = await kitchen.restaurant.execute(STAFF, {
      type: 'accept-order',
      orderId: order.id,
      estimatedTimeMinutes: 10,
      message: null,
      unavailableLines: [],
    })
    expect(accepted.ok).toBe(true)
  })

  it('follows hours that are changed, and hours that are taken away', async () => {
    const kitchen = await openKitchen({ openingHours })
    const { restaurant, agenda } = kitchen
    const [before] = await agenda('opening-changes')
    expect(before).toMatchObject({ due: restaurant.now() + 10 * HOUR })
    const exception = { date: '2026-11-20', hours: [] }
    await restaurant.done(OWNER, {
      type: 'edit-restaurant',
      changes: { openingExceptions: [exception] },
    })
    expect(await tryToOrder(kitchen)).toMatchObject({ refusal: { kind: 'RESTAURANT_CLOSED' } })
    await restaurant.done(OWNER, {
      type: 'edit-restaurant',
      changes: { openingHours: null, openingExceptions: [] },
    })
    expect(await agenda('opening-changes')).toEqual([])
    expect(await tryToOrder(kitchen)).toMatchObject({ ok: true })
  })

  it('refuses hours that overlap, and keeps those that stand', async () => {
    const { restaurant } = await openKitchen({ openingHours })
    const mon = [
      { open: '10:00', close: '12:00' },
      { open: '11:00', close: '13:00' },
    ]
    const changes = { openingHours: { ...openingHours, mon } }
    expect(await restaurant.execute(OWNER, { type: 'edit-restaurant', changes })).toEqual({
      ok: false,
      refusal: {
        kind: 'INVALID',
        errors: [{ field: 'opening_hours.mon.1.open', reason: 'overlaps' }],
      },
    })
    expect((await restaurant.read(OWNER, { type: 'restaurant' })).openingHours).toEqual(
      openingHours,
    )
  })
})

describe('a pause', () => {
  it('ends by itself, and open menus hear of both', async () => {
    const kitchen = await openKitchen(POSTPAID)
    const { restaurant } = kitchen
    const client = await guestWatching(kitchen)
    const until = restaurant.now() + 30 * MINUTE
    await restaurant.done(STAFF, { type: 'pause-restaurant', until })
    expect(lastRestaurant(await client.heard())).toMatchObject({
      open: false,
      opens_at: iso(until),
    })
    expect(await tryToOrder(kitchen)).toEqual({
      ok: false,
      refusal: { kind: 'RESTAURANT_CLOSED', opensAt: until },
    })
    restaurant.passes(30 * MINUTE)
    await restaurant.ringAlarm()
    expect(lastRestaurant(await client.heard())).toMatchObject({ open: true })
    expect(await restaurant.read(OWNER, { type: 'restaurant' })).toMatchObject({
      paused: false,
      pausedUntil: null,
      pauseReason: null,
    })
  })

  it('is over at its end even when the alarm is late', async () => {
    const kitchen = await openKitchen()
    await kitchen.restaurant.done(STAFF, {
      type: 'pause-restaurant',
      until: kitchen.restaurant.now() + MINUTE,
    })
    kitchen.restaurant.passes(MINUTE)
    expect(await tryToOrder(kitchen)).toMatchObject({ ok: true })
  })

  it('without an end lasts until somebody resumes, and said again changes nothing', async () => {
    const kitchen = await openKitchen()
    const { restaurant } = kitchen
    const pause = { type: 'pause-restaurant', until: null } as const
    await restaurant.done(STAFF, pause)
    const events = await restaurant.events()
    await restaurant.done(STAFF, pause)
    expect(await restaurant.events()).toEqual(events)
    await kitchen.later(72 * HOUR)
    expect(await tryToOrder(kitchen)).toMatchObject({ refusal: { opensAt: null } })
    await restaurant.done(STAFF, { type: 'resume-restaurant' })
    await restaurant.done(STAFF, { type: 'resume-restaurant' })
    expect(await tryToOrder(kitchen)).toMatchObject({ ok: true })
  })

  it('set among the settings has no end, whatever one before it had', async () => {
    const { restaurant } = await openKitchen()
    await restaurant.done(STAFF, { type: 'pause-restaurant', until: restaurant.now() + MINUTE })
    await restaurant.done(OWNER, { type: 'edit-restaurant', changes: { paused: true } })
    expect(await restaurant.read(OWNER, { type: 'restaurant' })).toMatchObject({
      pausedUntil: null,
    })
    await restaurant.done(OWNER, { type: 'edit-restaurant', changes: { paused: false } })
    expect(await restaurant.read(OWNER, { type: 'restaurant' })).toMatchObject({
      pauseReason: null,
    })
  })
})

describe('a busy kitchen', () => {
  it('takes orders, says on the menu how much longer they take, and ends by itself', async () => {
    const kitchen = await openKitchen()
    const { restaurant } = kitchen
    const until = restaurant.now() + HOUR
    await restaurant.done(STAFF, { type: 'mark-busy', delayMinutes: 25, until })
    expect(await tryToOrder(kitchen)).toMatchObject({ ok: true })
    const menu = () => restaurant.read(guest('reader'), { type: 'menu' })
    expect((await menu()).opening).toMatchObject({ open: true, busyDelayMinutes: 25 })
    await kitchen.later(HOUR)
    expect((await menu()).opening.busyDelayMinutes).toBe(0)
    expect((await restaurant.read(OWNER, { type: 'restaurant' })).busy).toBeNull()
    const types = typesOf((await restaurant.events()) as unknown as Heard[])
    expect(types.filter((type) => type === 'RESTAURANT_CHANGED')).toHaveLength(3)
  })
})

describe('a restaurant from before there were hours', () => {
  it('is open, and reads as a new one', async () => {
    const kitchen = await openKitchen()
    const [row] = await kitchen.tamper('SELECT settings FROM restaurant')
    const {
      openingHours: _h,
      openingExceptions: _e,
      pausedUntil: _p,
      busy: _b,
      ...old
    } = JSON.parse(row?.settings as string) as Record<string, unknown>
    await kitchen.tamper('UPDATE restaurant SET settings = ?', JSON.stringify(old))
    await kitchen.restaurant.evict()
    expect(await kitchen.restaurant.read(OWNER, { type: 'restaurant' })).toMatchObject({
      openingHours: null,
      openingExceptions: [],
      busy: null,
    })
    expect(await tryToOrder(kitchen)).toMatchObject({ ok: true })
  })
})
