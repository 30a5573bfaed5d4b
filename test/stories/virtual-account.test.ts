import { describe, expect, it, vi } from 'vitest'
import { gate } from '../support/gate.ts'
import {
  atTable,
  type ListBody,
  type OrderBody,
  type PaymentStatusBody,
  type RefundBody,
} from '../support/story-restaurant.ts'
import { MINUTE, SECOND } from '../support/story.ts'

/** Many requests each, on machines that may be busy. */
vi.setConfig({ testTimeout: 60_000 })

const GUEST_ACCOUNT = { bank: '국민은행', account_no: '110-234-567890', holder: '김손님' }

/** A guest who pays over an account, and has been issued one. */
async function withAccount(settings: Record<string, unknown> = {}) {
  const world = await atTable({ payment_methods: ['VIRTUAL_ACCOUNT'], ...settings })
  const { story, place, guest } = world
  const told = await place.authenticated(guest, { payment_method: 'VIRTUAL_ACCOUNT' })
  await guest.post('/payments/confirm', told.confirmation)
  await story.settle()
  const { payment_key: paymentKey } = told.payment
  const path = `/orders/${told.order.order_id}`
  return {
    ...world,
    ...told,
    paymentKey,
    atProvider: () => story.toss.sandbox.find(paymentKey),
    transferred: () => story.toss.sandbox.desk.act(paymentKey, 'deposit'),
    orderNow: async () => (await place.staff.get<OrderBody>(path)).body,
    money: async () => (await place.staff.get<PaymentStatusBody>(`${path}/payment-status`)).body,
    refunds: async () =>
      (await place.staff.get<ListBody<RefundBody>>(`${path}/refunds`)).body.items,
  }
}

describe('an order paid over a virtual account', () => {
  it('is the kitchen’s as soon as the callback has come', async () => {
    const { story, place, transferred, orderNow, order } = await withAccount()
    expect(await orderNow()).toMatchObject({ status: 'PENDING', payment_status: 'PENDING' })
    expect((await place.handle(place.staff, order, 'accept')).status).toBe(409)
    await story.passes(70 * MINUTE)
    transferred()
    await story.settle()
    expect(await orderNow()).toMatchObject({ payment_status: 'PAID', rings: true })
    expect((await place.handle(place.staff, order, 'accept')).status).toBe(200)
  })

  it.each([
    ['twice', { twice: true }],
    ['late', { late_webhook_ms: 90_000 }],
    ['late and with an older state after the newest', { stale_webhook: true }],
  ])('is paid once when callbacks come %s', async (_, fault) => {
    const { story, transferred, money } = await withAccount()
    story.toss.fault(fault)
    transferred()
    await story.settle()
    await story.passes(2 * MINUTE)
    await story.passes(5 * MINUTE)
    expect(await money()).toMatchObject({
      payment_status: 'PAID',
      captured_amount: 18_500,
      payments: [{ status: 'COMPLETED' }],
    })
  })

  it('is paid though no callback ever comes, before its time is over', async () => {
    const { story, transferred, orderNow } = await withAccount()
    story.toss.fault({ lose_webhook: true })
    for (let n = 0; n < 11; n += 1) await story.passes(10 * MINUTE)
    transferred()
    for (let n = 0; n < 4; n += 1) await story.passes(150 * SECOND)
    expect(await orderNow()).toMatchObject({ status: 'PENDING', payment_status: 'PAID' })
  })
})

describe('an order whose account nobody paid in time', () => {
  it('ends, and the bank takes no more money for it', async () => {
    const { story, transferred, orderNow, atProvider } = await withAccount()
    await story.passes(121 * MINUTE)
    await story.settle()
    expect(await orderNow()).toMatchObject({ status: 'EXPIRED', payment_status: 'UNPAID' })
    expect(atProvider()).toMatchObject({ status: 'CANCELED', approvedAt: null })
    expect(transferred().kind).toBe('over')
  })

  it('owes back what came before the account could be closed, and pays it to the guest', async () => {
    const { story, place, order, transferred, orderNow, money, refunds, atProvider } =
      await withAccount()
    story.toss.fault({ operation: 'cancel', fail_status: 503 })
    await story.passes(121 * MINUTE)
    await story.settle()
    expect(transferred().kind).toBe('done')
    await story.settle()
    await story.passes(MINUTE)
    expect(await orderNow()).toMatchObject({
      status: 'EXPIRED',
      payment_status: 'REFUND_DUE',
      refund_due_amount: 18_500,
    })
    const [refund] = await refunds()
    expect(refund).toMatchObject({ amount: 18_500, status: 'DUE' })

    story.toss.faults.clear()
    const retried = await place.owner.post(
      `/restaurants/me/orders/${order.order_id}/refunds/${refund?.id ?? ''}/retry`,
      { refund_account: GUEST_ACCOUNT },
    )
    expect(retried.status).toBe(202)
    await story.passes(MINUTE)
    expect(await money()).toMatchObject({ payment_status: 'REFUNDED', refunded_amount: 18_500 })
    expect(atProvider()).toMatchObject({ status: 'CANCELED', balanceAmount: 0 })
    expect(JSON.stringify([await money(), await refunds()])).not.toContain('110-234')
  })

  it('closes an account that was issued when all was over', async () => {
    const world = await atTable({ payment_methods: ['VIRTUAL_ACCOUNT'] })
    const { story, place, guest } = world
    const { order, confirmation, payment } = await place.authenticated(guest, {
      payment_method: 'VIRTUAL_ACCOUNT',
    })
    const door = gate()
    story.toss.fault({ operation: 'confirm', slow_ms: 60_000, times: 1 })
    story.toss.world.wait = door.pass
    const slow = guest.post('/payments/confirm', confirmation)
    await door.reached
    await story.passes(31 * SECOND)
    expect((await guest.post(`/orders/${order.order_id}/cancel`)).status).toBe(200)
    await story.settle()
    door.open()
    const late = await slow
    expect(late.status).toBe(409)
    expect(late.body.error.reason).toBe('PAYMENT_NOT_OPEN')
    await story.settle()
    await story.passes(MINUTE)
    expect(story.toss.sandbox.find(payment.payment_key)?.status).toBe('CANCELED')
  })
})

describe('a deposit that the bank takes back', () => {
  it('is shown to people, and never makes the order unpaid again', async () => {
    const { story, transferred, paymentKey, orderNow, money } = await withAccount()
    await story.passes(MINUTE)
    transferred()
    await story.settle()
    expect(await orderNow()).toMatchObject({ payment_status: 'PAID' })
    story.toss.sandbox.desk.act(paymentKey, 'bounce')
    await story.settle()
    // A look-up may be older than the money it follows: one more makes sure.
    await story.passes(5 * MINUTE)
    expect(await orderNow()).toMatchObject({ status: 'PENDING', payment_status: 'PAID' })
    expect(await money()).toMatchObject({ payments: [{ status: 'COMPLETED', disputed: true }] })
  })
})

describe("a refund at the provider's own desk", () => {
  it('shows here, and is not paid back again', async () => {
    const { story, place, guest } = await atTable()
    const { order, payment } = await place.paid(guest)
    await story.settle()
    story.toss.sandbox.desk.refund(payment.payment_key, 5_000)
    await story.settle()
    await story.passes(5 * SECOND)
    const path = `/orders/${order.order_id}`
    const partly = await place.staff.get<PaymentStatusBody>(`${path}/payment-status`)
    expect(partly.body).toMatchObject({
      payment_status: 'PARTIALLY_REFUNDED',
      refunded_amount: 5_000,
    })
    await place.handle(place.staff, order, 'reject', { reason: '마감' })
    await story.passesUntilQuiet()
    const whole = await place.staff.get<PaymentStatusBody>(`${path}/payment-status`)
    expect(whole.body).toMatchObject({ payment_status: 'REFUNDED', refunded_amount: 18_500 })
    expect(story.toss.sandbox.find(payment.payment_key)).toMatchObject({
      balanceAmount: 0,
      cancels: [{ cancelAmount: 5_000 }, { cancelAmount: 13_500 }],
    })
  })
})
