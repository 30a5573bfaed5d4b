import { describe, expect, it } from 'vitest'
import { STRANGER } from '../../src/domain/actor.ts'
import { orderCodeOf } from '../../src/domain/payment/order-code.ts'
import { withDeposits } from '../support/deposits.ts'
import { EVERY_WAY, openKitchen, POSTPAID, providerKeyOf } from '../support/ordering.ts'
import { withMoney } from '../support/paying.ts'
import { STAFF, type TestRestaurant } from '../support/restaurant.ts'

/** A browser without a token, back from where it says it paid. */
const backFrom = (restaurant: TestRestaurant, id: string, providerKey: string) =>
  restaurant.execute(STRANGER, {
    type: 'claim-capture',
    id,
    providerKey,
    amount: 18_000,
    viaLink: true,
  })

describe('a browser that shows a key of the payment', () => {
  it("is let in by the provider's, which nobody else knows", async () => {
    const { restaurant, payment } = await withMoney()
    const told = await backFrom(restaurant, payment.id, providerKeyOf(payment.id))
    expect(told).toMatchObject({ ok: true, value: { claimed: false } })
  })

  it("is not let in by a deposit's, which follows from its id", async () => {
    const { restaurant, kitchen, place, paymentOf } = await withDeposits()
    const { id: paymentId } = await paymentOf(await place())
    const providerKey = orderCodeOf(paymentId)
    const outcome = { kind: 'opened', providerKey, checkoutUrl: null } as const
    await kitchen.report({ kind: 'registered', paymentId, outcome })
    expect(await backFrom(restaurant, paymentId, providerKey)).toMatchObject({
      refusal: { kind: 'NOT_FOUND' },
    })
  })

  it('is not let in by how staff took the money', async () => {
    const { restaurant, place } = await openKitchen({ ...EVERY_WAY, ...POSTPAID })
    const { id: orderId } = await place()
    const money = { orderId, amount: null, by: 'CASH', note: null } as const
    await restaurant.done(STAFF, { type: 'settle-order', ...money })
    expect(await backFrom(restaurant, orderId, 'CASH')).toMatchObject({
      refusal: { kind: 'NOT_FOUND' },
    })
  })
})
