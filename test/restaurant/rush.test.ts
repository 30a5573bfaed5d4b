import { runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import type { CommandEnvelope, CommandOutcome, Committed } from '../../src/domain/commands.ts'
import type { RestaurantObject } from '../../src/restaurant/restaurant-object.ts'
import { fromText, toText } from '../../src/restaurant/wire.ts'
import { openKitchen, POSTPAID, type Kitchen } from '../support/ordering.ts'
import { guest, orderOf } from '../support/restaurant.ts'

type Placed = CommandOutcome<'place-order'>

const PORTIONS = 20

/** All of them at once, as calls that know of each other. */
const rush = (kitchen: Kitchen, envelopes: readonly CommandEnvelope<'place-order'>[]) =>
  runInDurableObject(kitchen.restaurant.stub(), (object: RestaurantObject) =>
    Promise.all(
      envelopes.map(async (envelope) => {
        const text = await object.executeText(toText<CommandEnvelope>(envelope), true)
        return (fromText(text) as Committed<Placed>).outcome
      }),
    ),
  )

const placing = (
  kitchen: Kitchen,
  number: number,
  { quantity = 1, body = 'f' } = {},
): CommandEnvelope<'place-order'> => ({
  command: orderOf([{ itemId: kitchen.item.id, quantity }]),
  asker: guest(`guest-${number}`),
  idempotency: { key: `k-${number}`, fingerprint: body },
  traceId: null,
})

const numbersOf = (outcomes: readonly Placed[]) =>
  outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value.order.number] : []))

describe('orders of a rush, which share their commits', () => {
  it('are each decided alone, in the order in which they came: the last portion goes once', async () => {
    const kitchen = await openKitchen(POSTPAID, PORTIONS)
    const outcomes = await rush(
      kitchen,
      Array.from({ length: 30 }, (_, number) => placing(kitchen, number)),
    )
    expect(outcomes.map(({ ok }) => ok)).toEqual(
      Array.from({ length: 30 }, (_, number) => number < PORTIONS),
    )
    expect(new Set(numbersOf(outcomes)).size).toBe(PORTIONS)
    const rows = await kitchen.restaurant.rows('SELECT number FROM orders ORDER BY number')
    expect(rows.map(({ number }) => number)).toEqual(numbersOf(outcomes))
    expect(await kitchen.restaurant.rows('SELECT level - reserved AS free FROM stock')).toEqual([
      { free: 0 },
    ])
    expect(
      await kitchen.restaurant.rows("SELECT seq FROM events WHERE type = 'NEW_ORDER'"),
    ).toHaveLength(PORTIONS)
  })

  it('are there once however often they were sent, and keep to what their key was for', async () => {
    const kitchen = await openKitchen(POSTPAID, PORTIONS)
    const [first, again, other] = await rush(kitchen, [
      placing(kitchen, 1),
      placing(kitchen, 1),
      placing(kitchen, 1, { body: 'another' }),
    ])
    expect(first).toMatchObject({ ok: true, replayed: false })
    expect(again).toEqual({ ...first, replayed: true })
    expect(other).toEqual({ ok: false, refusal: { kind: 'IDEMPOTENCY_KEY_REUSED' } })
    expect(await kitchen.restaurant.rows('SELECT id FROM orders')).toHaveLength(1)
  })

  it('leave nothing of one that fails, and everything of the others', async () => {
    const kitchen = await openKitchen(POSTPAID, PORTIONS)
    // Something that nobody has foreseen, in the middle of the second one's writes.
    await kitchen.restaurant.rows(
      `CREATE TRIGGER broken BEFORE INSERT ON orders WHEN new.idempotency_key = 'k-2'
        BEGIN SELECT RAISE(ABORT, 'broken'); END`,
    )
    const outcomes = await runInDurableObject(
      kitchen.restaurant.stub(),
      (object: RestaurantObject) =>
        Promise.allSettled(
          [1, 2, 3].map(async (number) => {
            const envelope = toText<CommandEnvelope>(placing(kitchen, number, { quantity: 2 }))
            return (fromText(await object.executeText(envelope, true)) as Committed<Placed>).outcome
          }),
        ),
    )
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    await kitchen.restaurant.rows('DROP TRIGGER broken')
    await kitchen.restaurant.evict()
    expect(
      await kitchen.restaurant.rows('SELECT idempotency_key AS key FROM orders ORDER BY number'),
    ).toEqual([{ key: 'k-1' }, { key: 'k-3' }])
    expect(await kitchen.restaurant.rows('SELECT reserved FROM stock')).toEqual([{ reserved: 4 }])
    const [retried] = await rush(kitchen, [placing(kitchen, 2, { quantity: 2 })])
    expect(retried).toMatchObject({ ok: true, replayed: false })
  })

  it('wait for nobody where they are alone', async () => {
    const kitchen = await openKitchen(POSTPAID, PORTIONS)
    const text = await runInDurableObject(kitchen.restaurant.stub(), (object: RestaurantObject) =>
      object.executeText(toText<CommandEnvelope>(placing(kitchen, 1))),
    )
    expect(fromText(text)).toMatchObject({ outcome: { ok: true } })
  })
})
