import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SYSTEM, STRANGER, type Asker } from '../../src/domain/actor.ts'
import type { CommandEnvelope, CommandOutcome, Committed } from '../../src/domain/commands.ts'
import { partsOf, taggedText } from '../../src/domain/menu/tagged-text.ts'
import { createRestaurants } from '../../src/restaurant/client.ts'
import { fromText, toText } from '../../src/restaurant/wire.ts'
import { EVERY_WAY, openKitchen, POSTPAID } from '../support/ordering.ts'
import { orderOf } from '../support/restaurant.ts'
import { env } from 'cloudflare:workers'

const MEMBER: Asker = { role: 'CUSTOMER', sessionId: 'm', userId: 'minsu', visit: null }

interface Door {
  execute(envelope: CommandEnvelope<'place-order'>): Promise<Committed<CommandOutcome>>
}

/** What contracts hold. */
const plain = fc.jsonValue().filter((value) => !hasNegativeZero(value))

function hasNegativeZero(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).some(hasNegativeZero)
  return Object.is(value, -0)
}

describe('a call on its way', () => {
  it('comes out as it went in', () => {
    fc.assert(
      fc.property(plain, plain, (value, other) => {
        for (const sent of [
          { ok: true, value },
          { ok: false, refusal: value },
          { value, other },
        ])
          expect(fromText(toText(sent))).toEqual(sent)
      }),
    )
  })

  it.each([
    ['at the counter', POSTPAID, {}],
    ['ahead', EVERY_WAY, {}],
    ['by points', EVERY_WAY, { paymentMethod: 'POINTS' }],
    ['by a deposit', EVERY_WAY, { paymentMethod: 'DEPOSIT' }],
  ] as const)('brings an order paid %s once, to its answer and its event', async (_, how, more) => {
    const kitchen = await openKitchen(how)
    const command = orderOf([{ itemId: kitchen.item.id, quantity: 1 }], more)
    const idempotency = { key: 'k', fingerprint: 'f' }
    const door = kitchen.restaurant.stub() as unknown as Door
    const committed = await door.execute({ command, asker: MEMBER, idempotency, traceId: null })
    const carried = toText(committed)
    expect(fromText(carried)).toEqual(JSON.parse(JSON.stringify(committed)))
    expect(carried.split('"lines":')).toHaveLength(2)
    const again = await kitchen.restaurant.execute(MEMBER, command, idempotency)
    expect(again).toEqual({ ...fromText(carried).outcome, replayed: true })
  })

  it('spares a text that answers the quoting', () => {
    const text = taggedText('tag', '{"name":"치킨\\n"}')
    const sent = toText({ ok: true, value: text })
    expect(sent.endsWith(text)).toBe(true)
    expect(fromText(sent)).toEqual({ ok: true, value: text })
    expect(fromText(toText({ ok: true, value: '' }))).toEqual({ ok: true, value: '' })
  })

  it('brings what the object itself answers', async () => {
    const kitchen = await openKitchen()
    const order = await kitchen.place()
    const through = createRestaurants(env.RESTAURANTS, () => undefined)(order.id)
    for (const query of [
      { type: 'order', orderId: order.id },
      { type: 'menu' },
      { type: 'restaurant' },
      { type: 'events-after', seq: 0, limit: 10 },
      { type: 'menu-text', restaurantId: kitchen.restaurant.id, locale: 'ko', known: [] },
    ] as const)
      expect(await through.query<never>({ query: query as never, asker: SYSTEM })).toEqual(
        await kitchen.restaurant.query<never>(SYSTEM, query as never),
      )
    const nobody = { query: { type: 'order', orderId: order.id }, asker: STRANGER } as const
    expect(await through.query(nobody)).toMatchObject({ ok: false })
  })
})

describe('a text behind its tag', () => {
  it('is found there, line breaks and all, or not sent', () => {
    expect(partsOf(taggedText('a', 'b\nc'))).toEqual({ tag: 'a', text: 'b\nc' })
    expect(partsOf(taggedText('a', ''))).toEqual({ tag: 'a', text: '' })
    expect(partsOf('a')).toEqual({ tag: 'a', text: null })
  })
})
