import { describe, expect, it, vi } from 'vitest'
import { SYSTEM } from '../../src/domain/actor.ts'
import { testRestaurants } from '../support/restaurant.ts'
import { atStripeTable } from '../support/stripe-orders.ts'
import { MINUTE, SECOND } from '../support/story.ts'

vi.setConfig({ testTimeout: 60_000 })

describe('paying with Stripe', () => {
  it('is settled by the webhook alone when the browser is gone', async () => {
    const { paid, orderNow } = await atStripeTable()
    const { order } = await paid()
    expect(await orderNow(order)).toMatchObject({ payment_status: 'PAID', status: 'PENDING' })
  })

  it('is settled by the agenda alone when no webhook ever comes', async () => {
    const { story, opened, orderNow } = await atStripeTable()
    const { order, intent } = await opened()
    story.stripe.fault({ operation: 'webhook', lose_webhook: true })
    story.stripe.sandbox.pay(intent.payment_intent_id)
    await story.passesUntilQuiet()
    const { status, payment_status } = await orderNow(order)
    // Paid, and then nobody accepted it in time.
    expect([status, payment_status]).toEqual(['REJECTED', 'REFUNDED'])
  })

  it('fails with one card and succeeds with the next', async () => {
    const { story, opened, orderNow, paymentsOf } = await atStripeTable()
    const { order, intent } = await opened()
    story.stripe.sandbox.pay(intent.payment_intent_id, 'pm_card_visa_chargeDeclined')
    await story.settle()
    expect(await paymentsOf(order)).toMatchObject([{ status: 'PENDING' }])
    await story.passes(3 * SECOND)
    story.stripe.sandbox.pay(intent.payment_intent_id)
    await story.settle()
    await story.passes(3 * SECOND)
    expect((await orderNow(order)).payment_status).toBe('PAID')
    expect(await paymentsOf(order)).toHaveLength(1)
  })

  it('hears of the same payment many times, in any order, and takes it once', async () => {
    const { story, opened, orderNow, paymentsOf } = await atStripeTable()
    const { order, intent } = await opened()
    story.stripe.fault({ operation: 'webhook', twice: true })
    story.stripe.sandbox.pay(intent.payment_intent_id, 'pm_card_visa_chargeDeclined')
    story.stripe.sandbox.pay(intent.payment_intent_id)
    story.stripe.world.webhooks.reverse()
    await story.settle()
    await story.passes(3 * SECOND)
    expect(await orderNow(order)).toMatchObject({ payment_status: 'PAID', total_amount: 18_500 })
    expect(await paymentsOf(order)).toMatchObject([{ status: 'COMPLETED', amount: 18_500 }])
  })

  it('is confirmed by the browser before the webhook, to the same end', async () => {
    const { story, guest, opened, orderNow } = await atStripeTable()
    const { order, intent } = await opened()
    story.stripe.sandbox.pay(intent.payment_intent_id)
    const confirmation = {
      paymentKey: intent.payment_intent_id,
      orderId: order.order_id,
      amount: intent.amount,
    }
    const confirmed = await guest.post('/payments/confirm', confirmation)
    expect([confirmed.status, confirmed.body]).toMatchObject([200, { payment_status: 'COMPLETED' }])
    await story.settle()
    expect((await orderNow(order)).payment_status).toBe('PAID')
  })

  it('goes through 3-D Secure', async () => {
    const { story, opened, orderNow } = await atStripeTable()
    const { order, intent } = await opened()
    const { payment_intent_id: id } = intent
    story.stripe.sandbox.pay(id, 'pm_card_authenticationRequired')
    await story.settle()
    expect((await orderNow(order)).payment_status).toBe('PENDING')
    await story.passes(3 * SECOND)
    story.stripe.sandbox.authenticate(id, true)
    await story.settle()
    expect((await orderNow(order)).payment_status).toBe('PAID')
  })
})

describe('an order that ends before it is paid', () => {
  it('has its intent cancelled', async () => {
    const { story, opened, orderNow } = await atStripeTable()
    const { order, intent } = await opened()
    await story.passes(60 * MINUTE)
    expect((await orderNow(order)).status).toBe('EXPIRED')
    expect(story.stripe.sandbox.intent(intent.payment_intent_id)?.status).toBe('canceled')
  })

  it('pays back by itself what came in the same moment', async () => {
    const { story, guest, opened, orderNow } = await atStripeTable()
    const { order, intent } = await opened()
    story.stripe.fault({ operation: 'webhook', lose_webhook: true })
    story.stripe.sandbox.pay(intent.payment_intent_id)
    await guest.post(`/orders/${order.order_id}/cancel`)
    await story.passesUntilQuiet()
    expect((await orderNow(order)).status).toBe('CANCELLED')
    const [refund, ...more] = story.stripe.sandbox.refunds(intent.payment_intent_id)
    expect([refund?.amount, refund?.status, more]).toEqual([18_500, 'succeeded', []])
  })

  it('pays back what the bank was still processing when it ends', async () => {
    const { story, opened } = await atStripeTable()
    const { intent } = await opened()
    const { payment_intent_id: id } = intent
    story.stripe.sandbox.pay(id, 'pm_usBankAccount')
    await story.settle()
    await story.passesUntilQuiet()
    expect(story.stripe.sandbox.intent(id)?.status).toBe('processing')
    story.stripe.sandbox.process(id, 'succeeds')
    await story.settle()
    await story.passesUntilQuiet()
    expect(story.stripe.sandbox.refunds(id)).toMatchObject([{ amount: 18_500 }])
  })
})

describe('refunding at Stripe', () => {
  it('pays back a part, once', async () => {
    const { story, paid, refund, orderNow } = await atStripeTable()
    const { order, intent } = await paid()
    await refund(order, 500)
    await story.settle()
    await story.passesUntilQuiet()
    expect(story.stripe.sandbox.refunds(intent.payment_intent_id).at(-1)).toMatchObject({
      amount: 500,
      metadata: { payment_id: intent.payment_id },
    })
    const made = story.stripe.sandbox.refunds(intent.payment_intent_id)
    expect(made.filter(({ amount }) => amount === 500)).toHaveLength(1)
    expect((await orderNow(order)).refunded_amount).toBeGreaterThanOrEqual(500)
  })

  it('waits for one that is pending', async () => {
    const { story, paid, refund, refundsOf } = await atStripeTable()
    const { order, intent } = await paid('pm_card_pendingRefund')
    await refund(order, 500)
    await story.settle()
    expect(await refundsOf(order)).toMatchObject([{ status: 'REQUESTED' }])
    const [pending] = story.stripe.sandbox.refunds(intent.payment_intent_id)
    story.stripe.sandbox.endRefund(pending?.id ?? '', 'succeeded')
    await story.settle()
    await story.passes(3 * SECOND)
    expect(await refundsOf(order)).toMatchObject([{ status: 'DONE' }])
  })

  it('is owed again when one that was done fails later', async () => {
    const { story, paid, refund, refundsOf, orderNow } = await atStripeTable()
    const { order, intent } = await paid('pm_card_refundFail')
    await refund(order, 500)
    await story.settle()
    expect(await refundsOf(order)).toMatchObject([{ status: 'DONE' }])
    await story.passes(3 * SECOND)
    const [done] = story.stripe.sandbox.refunds(intent.payment_intent_id)
    story.stripe.sandbox.endRefund(done?.id ?? '', 'failed')
    await story.settle()
    await story.passes(3 * SECOND)
    expect(await refundsOf(order)).toMatchObject([{ status: 'DUE', amount: 500 }])
    expect(await orderNow(order)).toMatchObject({ payment_status: 'REFUND_DUE' })
  })

  it('knows of what was paid back in its own dashboard', async () => {
    const { story, paid, refundsOf, orderNow } = await atStripeTable()
    const { order, intent } = await paid()
    await story.passes(3 * SECOND)
    story.stripe.sandbox.deskRefund(intent.payment_intent_id, 2_000)
    await story.settle()
    await story.passes(3 * SECOND)
    expect(await refundsOf(order)).toMatchObject([{ status: 'DONE', amount: 2_000 }])
    expect(await orderNow(order)).toMatchObject({
      payment_status: 'PARTIALLY_REFUNDED',
      refunded_amount: 2_000,
    })
  })

  it('counts once what the dashboard paid back before anybody told of the money', async () => {
    const { story, opened, orderNow } = await atStripeTable()
    const { order, intent } = await opened()
    story.stripe.fault({ operation: 'webhook', lose_webhook: true, times: 4 })
    story.stripe.sandbox.pay(intent.payment_intent_id)
    story.stripe.sandbox.deskRefund(intent.payment_intent_id, 2_000)
    story.stripe.sandbox.resend(intent.payment_intent_id)
    await story.settle()
    expect(await orderNow(order)).toMatchObject({
      payment_status: 'PARTIALLY_REFUNDED',
      refunded_amount: 2_000,
    })
  })
})

describe('a dispute', () => {
  it('marks the payment, and takes the mark away when it is won', async () => {
    const { story, paid } = await atStripeTable()
    const { intent } = await paid()
    const { payment_id: paymentId, payment_intent_id: intentId } = intent
    const isDisputed = async (): Promise<boolean> => {
      const found = await testRestaurants(paymentId).query<'payment'>({
        query: { type: 'payment', paymentId },
        asker: SYSTEM,
      })
      return found.ok && found.value.payment.disputed
    }
    expect(await isDisputed()).toBe(false)
    await story.passes(3 * SECOND)
    const raised = story.stripe.sandbox.dispute(intentId)
    await story.settle()
    await story.passes(3 * SECOND)
    expect(await isDisputed()).toBe(true)
    story.stripe.sandbox.endDispute(raised?.id ?? '', 'won')
    await story.settle()
    await story.passes(3 * SECOND)
    expect(await isDisputed()).toBe(false)
  })
})
