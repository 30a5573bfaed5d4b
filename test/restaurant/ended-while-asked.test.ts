import { describe, expect, it } from 'vitest'
import type { Asker } from '../../src/domain/actor.ts'
import type { RestaurantSettings } from '../../src/domain/restaurant/settings.ts'
import { accept, EVERY_WAY, found, openKitchen, POSTPAID, SECOND } from '../support/ordering.ts'
import { REFUSED } from '../support/paying.ts'
import { STAFF } from '../support/restaurant.ts'

const MINSU: Asker = { role: 'CUSTOMER', sessionId: 'phone', userId: 'minsu', visit: null }

/** The card is being asked for its part when the points turn out not to be there. */
async function refusedMeanwhile(settings: Partial<RestaurantSettings>) {
  const kitchen = await openKitchen({ ...EVERY_WAY, ...settings })
  const order = await kitchen.place(MINSU, 1, { pointsAmount: 5_000 })
  const [points] = (await kitchen.view(order)).payments
  kitchen.restaurant.passes(1)
  const card = await kitchen.opened(order, MINSU, 13_000)
  const attempt = await kitchen.claimed(card, MINSU)
  if (settings.paymentPolicy === 'POSTPAID') await kitchen.restaurant.done(STAFF, accept(order.id))
  kitchen.taken('void')
  await kitchen.settle(points!, points!.attemptId ?? '', REFUSED)
  return { ...kitchen, order, card, attempt }
}

const LIVES: [string, Partial<RestaurantSettings>][] = [
  ['an order that ends', {}],
  ['an order that the kitchen has', { ...POSTPAID, paymentMethods: ['CARD', 'POINTS'] }],
]

describe.each(LIVES)('points refused while the card of %s is being asked', (_, settings) => {
  it('ask the provider when the claim is over: before, its answer tells nothing', async () => {
    const { taken, later, card } = await refusedMeanwhile(settings)
    expect(taken('void')).toEqual([])
    await later(29 * SECOND)
    expect(taken('void')).toEqual([])
    await later(2 * SECOND)
    expect(taken('void')).toMatchObject([{ paymentId: card.id }])
  })

  it('lose no money where the claimant never came home', async () => {
    const { later, report, card, order, view, taken } = await refusedMeanwhile(settings)
    taken('void')
    await later(31 * SECOND)
    expect(taken('void')).toMatchObject([{ paymentId: card.id }])
    const outcome = { kind: 'captured', found: found(card, 'CAPTURED') } as const
    await report({ kind: 'voided', paymentId: card.id, outcome })
    const { payments, refunds } = await view(order)
    expect(payments.find(({ id }) => id === card.id)).toMatchObject({ status: 'CAPTURED' })
    const back = settings.paymentPolicy === 'POSTPAID' ? [] : [{ amount: 13_000 }]
    expect(refunds).toMatchObject(back)
  })

  it('ask nothing any more where the claimant came home with the money', async () => {
    const { settle, later, taken, card, attempt, agenda } = await refusedMeanwhile(settings)
    await settle(card, attempt)
    await later(31 * SECOND)
    expect(taken('void')).toEqual([])
    expect(await agenda('void')).toEqual([])
  })
})

describe('a part that comes late, when the whole has been opened anew', () => {
  it('ends what asks for too much: the guest is asked for the rest', async () => {
    const world = await refusedMeanwhile({ ...POSTPAID, paymentMethods: ['CARD', 'POINTS'] })
    const { settle, card, attempt, order, open, opened, view, restaurant, taken } = world
    restaurant.passes(1)
    const whole = await opened(order, MINSU, 18_000)
    await settle(card, attempt)
    expect((await view(order)).order).toMatchObject({
      paymentStatus: 'UNPAID',
      capturedAmount: 13_000,
    })
    expect(taken('void')).toMatchObject([{ paymentId: whole.id }])
    expect(await open(order, MINSU, 5_000)).toMatchObject({
      value: { payment: { amount: 5_000 }, fresh: true },
    })
  })
})
