import { describe, expect, it } from 'vitest'
import { SYSTEM } from '../../src/domain/actor.ts'
import { cancel, found, providerKeyOf, type Kitchen } from '../support/ordering.ts'
import { eventsOf, many, withOpenPayment } from '../support/paying.ts'

describe('a webhook', () => {
  const note = ({ restaurant }: Kitchen, paymentId: string, providerKey: string | null = null) =>
    restaurant.execute(SYSTEM, { type: 'note-webhook', paymentId, providerKey })

  it('has the payment looked up at once', async () => {
    const { kitchen, payment, taken } = await withOpenPayment()
    taken('look-up')
    await note(kitchen, payment.id, providerKeyOf(payment.id))
    expect(taken('look-up')).toMatchObject([{ paymentId: payment.id }])
  })

  it('settles once, though it comes three times and late', async () => {
    const { kitchen, payment, taken, lookedUp, now, later, everything } = await withOpenPayment()
    await Promise.all(many(3).map(() => note(kitchen, payment.id)))
    for (const _ of taken('look-up')) await lookedUp(payment, found(payment, 'CAPTURED'))
    expect(await now()).toMatchObject({ paymentStatus: 'PAID' })
    expect(await eventsOf(kitchen, 'PAYMENT_COMPLETED')).toHaveLength(1)
    await note(kitchen, payment.id)
    // Perhaps somebody paid back at the provider's own desk: it is asked once more.
    await later(2_000)
    expect(taken('look-up')).toHaveLength(1)
    const before = await everything()
    await lookedUp(payment, found(payment, 'CAPTURED'))
    expect(await everything()).toEqual({
      ...before,
      agenda: before['agenda']?.filter((row) => (row as { kind: string }).kind !== 'look-up'),
    })
  })

  it('comes forty times and has the provider asked once, and once more a little later', async () => {
    const { kitchen, payment, taken, later } = await withOpenPayment()
    taken('look-up')
    for (const _ of many(40)) await note(kitchen, payment.id)
    expect(taken('look-up')).toHaveLength(1)
    await later(1_900)
    expect(taken('look-up')).toEqual([])
    await later(200)
    expect(taken('look-up')).toHaveLength(1)
  })

  it.each(['CAPTURED', 'OPEN'] as const)(
    'comes a hundred times in two seconds and has a payment found %s asked about twice at most',
    async (state) => {
      const { kitchen, payment, taken, lookedUp, later } = await withOpenPayment()
      taken('look-up')
      let lookUps = 0
      for (const _ of many(100)) {
        await note(kitchen, payment.id)
        for (const _ of taken('look-up')) {
          lookUps += 1
          await lookedUp(payment, found(payment, state))
        }
        await later(20)
      }
      expect(lookUps).toBeGreaterThanOrEqual(1)
      expect(lookUps).toBeLessThanOrEqual(2)
    },
  )

  it('about an ended payment is asked about all the same', async () => {
    const { restaurant, kitchen, minsu, order, payment, taken, later } = await withOpenPayment()
    await restaurant.done(minsu, cancel(order.id))
    taken('look-up')
    await note(kitchen, payment.id)
    await later(2_000)
    expect(taken('look-up')).toHaveLength(1)
  })

  it.each([
    ['an unknown payment', 'no', null],
    ['another key', null, 'key-of-another'],
  ])('about %s is refused', async (_, id, providerKey) => {
    const { kitchen, payment, everything } = await withOpenPayment()
    const before = await everything()
    expect(await note(kitchen, id ?? payment.id, providerKey)).toMatchObject({
      refusal: { kind: 'NOT_FOUND' },
    })
    expect(await everything()).toEqual(before)
  })
})
