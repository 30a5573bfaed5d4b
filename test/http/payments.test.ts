import { describe, expect, it } from 'vitest'
import { member, stranger } from '../support/story-people.ts'
import {
  atTable,
  clickPay,
  initiation,
  key,
  openPlace,
  type ConfirmedBody,
  type InitiatedBody,
  type OrderBody,
  type PaymentStatusBody,
} from '../support/story-restaurant.ts'
import { gate } from '../support/gate.ts'
import { MINUTE, SECOND } from '../support/story.ts'
import { BASE_URL } from '../sandbox/world.ts'

const elsewhere = '00000000-0000-8000-8000-0123456789ab'

describe('initiating a payment', () => {
  it("leads to the provider's page and keeps the order for as long as that lasts", async () => {
    const { story, place, guest } = await atTable()
    const order = await place.ordered(guest)
    const opened = await guest.post<InitiatedBody>('/payments/initiate', initiation(order))
    expect(opened.status).toBe(200)
    expect(opened.body).toMatchObject({
      order_id: order.order_id,
      amount: 18_500,
      currency: 'KRW',
      expires_at: '2026-11-20T03:40:00.000Z',
    })
    expect(opened.body.payment_url).toBe(
      `${BASE_URL}/v1/payments/${opened.body.payment_key}/checkout`,
    )
    const atProvider = story.toss.sandbox.find(opened.body.payment_key)
    expect(atProvider).toMatchObject({
      orderId: opened.body.payment_id,
      orderName: '주문 #A001',
      totalAmount: 18_500,
      successUrl: 'http://ordersync.test/payment/success',
    })
    const { body } = await guest.get<OrderBody>(`/orders/${order.order_id}`)
    expect(body).toMatchObject({
      payment_status: 'PENDING',
      expires_at: '2026-11-20T03:40:00.000Z',
    })
  })

  it('extends the hold once and not again', async () => {
    const { story, place, guest } = await atTable()
    const order = await place.ordered(guest)
    const first = await place.initiated(guest, order)
    story.toss.sandbox.click(first.payment_key, 'fail')
    await story.settle()
    await story.passes(10 * MINUTE)
    const second = await place.initiated(guest, order)
    expect(second.payment_id).not.toBe(first.payment_id)
    expect(second.expires_at).toBe(first.expires_at)
  })

  it('answers the payment that is open already, under any key', async () => {
    const { story, place, guest } = await atTable()
    const order = await place.ordered(guest)
    const again = key()
    const open = (under: string) =>
      guest.post<InitiatedBody>('/payments/initiate', initiation(order), { key: under })
    const first = await open(again)
    const replay = await open(again)
    expect(replay.headers.get('idempotent-replayed')).toBe('true')
    expect(replay.body).toEqual(first.body)
    const other = await open(key())
    expect(other.headers.get('idempotent-replayed')).toBeNull()
    expect(other.body).toEqual(first.body)
    expect(story.toss.sandbox.payments(10)).toHaveLength(1)
  })

  it('opens one payment for fifty taps at once', async () => {
    const { story, place, guest } = await atTable()
    const order = await place.ordered(guest)
    const again = key()
    const replies = await Promise.all(
      Array.from({ length: 50 }, () =>
        guest.post('/payments/initiate', initiation(order), { key: again }),
      ),
    )
    expect(story.toss.sandbox.payments(100)).toHaveLength(1)
    const statuses = new Set(replies.map(({ status }) => status))
    expect(statuses.has(200)).toBe(true)
    const waiting = replies.filter(({ status }) => status !== 200)
    for (const { status, headers, body } of waiting) {
      expect(status).toBe(409)
      expect(body.error.reason).toBe('IDEMPOTENCY_IN_PROGRESS')
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    }
  })

  it('refuses another amount or method than the order has', async () => {
    const { place, guest } = await atTable()
    const order = await place.ordered(guest)
    const cheap = await guest.post('/payments/initiate', { ...initiation(order), amount: 100 })
    expect(cheap.status).toBe(400)
    expect(cheap.body.error).toMatchObject({
      code: 'VALIDATION_ERROR',
      reason: 'amount_mismatch',
      details: { field: 'amount', expected: 18_500, given: 100 },
    })
    const counter = await guest.post('/payments/initiate', {
      ...initiation(order),
      payment_method: 'COUNTER',
    })
    expect(counter.body.error).toMatchObject({
      reason: 'PAYMENT_METHOD_NOT_ACCEPTED',
      details: { accepted: ['CARD'] },
    })
    for (const amount of [0, -18_500, 18_500.5, '18500'])
      expect(
        (await guest.post('/payments/initiate', { ...initiation(order), amount })).status,
      ).toBe(400)
  })

  it('is not for what is paid at the counter', async () => {
    const { place, guest } = await atTable({ payment_policy: 'POSTPAID' })
    const order = await place.ordered(guest, { payment_method: 'COUNTER' })
    const byCard = { ...initiation(order), payment_method: 'CARD' }
    const { status, body } = await guest.post('/payments/initiate', byCard)
    expect(status).toBe(409)
    expect(body.error).toMatchObject({
      reason: 'PAYMENT_METHOD_NOT_ACCEPTED',
      details: { accepted: ['COUNTER'] },
    })
  })

  it('follows a postpaid order to its end', async () => {
    const { story, place, guest } = await atTable({ payment_policy: 'POSTPAID' })
    const order = await place.ordered(guest)
    for (const verb of ['accept', 'ready', 'complete']) await place.handle(place.staff, order, verb)
    const payment = await place.initiated(guest, order)
    const { confirmation } = clickPay(story, payment)
    const paid = await guest.post<ConfirmedBody>('/payments/confirm', confirmation)
    expect(paid.body).toMatchObject({ order_status: 'COMPLETED', order_payment_status: 'PAID' })
    const { body } = await guest.get<OrderBody>(`/orders/${order.order_id}`)
    expect(body.allowed_actions).toEqual([])
  })

  it('needs a key, and refuses one that was used for another', async () => {
    const { place, guest } = await atTable()
    const order = await place.ordered(guest)
    const keyless = await guest.post('/payments/initiate', initiation(order), { key: null })
    expect(keyless.status).toBe(400)
    const again = key()
    await guest.post('/payments/initiate', initiation(order), { key: again })
    const other = await place.ordered(guest)
    const reused = await guest.post('/payments/initiate', initiation(other), { key: again })
    expect(reused.status).toBe(422)
  })

  it("is not for another's order", async () => {
    const { story, place, guest } = await atTable()
    const other = await openPlace(story)
    const order = await place.ordered(guest)
    for (const who of [await place.guest(), await member(story), other.owner])
      expect((await who.post('/payments/initiate', initiation(order))).status).toBe(404)
    const partner = await member(story, 'EXTERNAL')
    expect((await partner.post('/payments/initiate', initiation(order))).status).toBe(403)
    const nobody = await stranger(story).post('/payments/initiate', initiation(order))
    expect(nobody.status).toBe(401)
    const unknown = await guest.post('/payments/initiate', {
      ...initiation(order),
      order_id: elsewhere,
    })
    expect(unknown.status).toBe(404)
  })

  it('is refused once the order has ended or is paid', async () => {
    const { place, guest } = await atTable()
    const order = await place.ordered(guest)
    await guest.post(`/orders/${order.order_id}/cancel`)
    const ended = await guest.post('/payments/initiate', initiation(order))
    expect(ended.status).toBe(409)
    expect(ended.body.error.details).toMatchObject({ status: 'CANCELLED', event: 'pay' })
    const paid = await place.paid(guest)
    const twice = await guest.post('/payments/initiate', initiation(paid.order))
    expect(twice.status).toBe(409)
    expect(twice.body.error.details).toMatchObject({ payment_status: 'PAID', event: 'pay' })
  })

  it.each([
    ['fails', { operation: 'open', fail_status: 503 }],
    ['answers nonsense', { operation: 'open', nonsense: 'html' }],
    ['breaks off', { operation: 'open', fail_after: 'drop' }],
    ['fails after it has opened', { operation: 'open', fail_after: 500 }],
  ])('can be repeated when the provider %s', async (_, fault) => {
    const { story, place, guest } = await atTable()
    const order = await place.ordered(guest)
    story.toss.fault({ ...fault, times: 1 })
    const again = key()
    const open = () =>
      guest.post<InitiatedBody>('/payments/initiate', initiation(order), { key: again })
    const first = await open()
    expect(first.status).toBe(502)
    expect(first.body.error.code).toBe('PAYMENT_PROVIDER_ERROR')
    expect(Number(first.headers.get('retry-after'))).toBeGreaterThan(0)
    const second = await open()
    expect(second.status).toBe(200)
    expect(story.toss.sandbox.payments(10)).toHaveLength(1)
    expect(story.toss.sandbox.find(second.body.payment_key)).not.toBeNull()
  })

  it("is refused in the provider's place, and may be begun anew", async () => {
    const { story, place, guest } = await atTable()
    const order = await place.ordered(guest)
    story.toss.fault({ operation: 'open', reject: 'INVALID_STOPPED_CARD', times: 1 })
    const refused = await guest.post('/payments/initiate', initiation(order))
    expect(refused.status).toBe(409)
    expect(refused.body.error).toMatchObject({
      reason: 'PAYMENT_REFUSED',
      details: { provider_code: 'INVALID_STOPPED_CARD' },
    })
    expect((await guest.post('/payments/initiate', initiation(order))).status).toBe(200)
  })
})

describe('confirming a payment', () => {
  it('takes the money, once, and says the same to whoever asks again', async () => {
    const { story, place, guest } = await atTable()
    const { order, payment, confirmation } = await place.authenticated(guest)
    const first = await guest.post<ConfirmedBody>('/payments/confirm', confirmation, { key: null })
    expect(first.status).toBe(200)
    expect(first.body).toEqual({
      success: true,
      order_id: order.order_id,
      order_number: 'A001',
      amount: 18_500,
      payment_status: 'COMPLETED',
      account: null,
      order_payment_status: 'PAID',
      order_status: 'PENDING',
    })
    const again = await guest.post<ConfirmedBody>('/payments/confirm', confirmation)
    expect(again.body).toEqual(first.body)
    expect(story.toss.sandbox.find(payment.payment_key)?.status).toBe('DONE')
    const { body } = await guest.get<PaymentStatusBody>(`/orders/${order.order_id}/payment-status`)
    expect(body).toMatchObject({
      payment_status: 'PAID',
      captured_amount: 18_500,
      payments: [{ payment_id: payment.payment_id, status: 'COMPLETED', amount: 18_500 }],
    })
  })

  it("takes the order's id for the payment's", async () => {
    const { place, guest } = await atTable()
    const { order, confirmation } = await place.authenticated(guest)
    const byOrder = { ...confirmation, orderId: order.order_id }
    expect((await guest.post('/payments/confirm', byOrder)).status).toBe(200)
  })

  it('believes nothing of the address bar', async () => {
    const { story, place, guest } = await atTable()
    const { payment, confirmation } = await place.authenticated(guest)
    const cheap = await guest.post('/payments/confirm', { ...confirmation, amount: 100 })
    expect(cheap.status).toBe(400)
    expect(cheap.body.error.details).toMatchObject({ expected: 18_500, given: 100 })
    const otherKey = { ...confirmation, paymentKey: `${payment.payment_key}x` }
    expect((await guest.post('/payments/confirm', otherKey)).status).toBe(404)
    const otherOrder = { ...confirmation, orderId: elsewhere }
    expect((await guest.post('/payments/confirm', otherOrder)).status).toBe(404)
    expect(story.toss.sandbox.find(payment.payment_key)?.status).toBe('IN_PROGRESS')
  })

  it("cannot pay one order with another's payment", async () => {
    const { place, guest } = await atTable()
    const cheap = await place.authenticated(guest, {
      items: [{ menu_id: place.cola.id, quantity: 1 }],
    })
    const dear = await place.authenticated(guest)
    const mixed = { ...dear.confirmation, paymentKey: cheap.payment.payment_key }
    expect((await guest.post('/payments/confirm', mixed)).status).toBe(404)
    const { body } = await guest.get<OrderBody>(`/orders/${dear.order.order_id}`)
    expect(body.payment_status).toBe('PENDING')
  })

  it("is not for another's payment", async () => {
    const { story, place, guest } = await atTable()
    const other = await openPlace(story)
    const { confirmation } = await place.authenticated(guest)
    for (const who of [await place.guest(), await member(story), other.owner])
      expect((await who.post('/payments/confirm', confirmation)).status).toBe(404)
    expect((await stranger(story).post('/payments/confirm', confirmation)).status).toBe(401)
  })

  it('waits for the guest to authenticate', async () => {
    const { place, guest } = await atTable()
    const order = await place.ordered(guest)
    const payment = await place.initiated(guest, order)
    const early = await guest.post('/payments/confirm', {
      paymentKey: payment.payment_key,
      orderId: payment.payment_id,
      amount: payment.amount,
    })
    expect(early.status).toBe(409)
    expect(early.body.error.reason).toBe('PAYMENT_NOT_AUTHENTICATED')
  })

  it('tells a declined card, and another payment may be begun', async () => {
    const { story, place, guest } = await atTable()
    const { order, confirmation } = await place.authenticated(guest)
    story.toss.fault({ operation: 'confirm', reject: 'REJECT_CARD_COMPANY', times: 1 })
    const declined = await guest.post('/payments/confirm', confirmation)
    expect(declined.status).toBe(409)
    expect(declined.body.error).toMatchObject({
      reason: 'PAYMENT_REFUSED',
      message: 'This card cannot be used for the payment. Try another card.',
      details: { provider_code: 'REJECT_CARD_COMPANY', guidance: 'TRY_ANOTHER_CARD' },
    })
    const repeated = await guest.post('/payments/confirm', confirmation)
    expect(repeated.status).toBe(409)
    expect(repeated.body.error).toMatchObject({
      reason: 'PAYMENT_NOT_OPEN',
      details: { status: 'FAILED' },
    })
    await story.settle()
    const { body } = await guest.get<OrderBody>(`/orders/${order.order_id}`)
    expect(body).toMatchObject({ payment_status: 'UNPAID', status: 'PENDING' })
    expect(body.allowed_actions).toContain('pay')
    // Ids of one millisecond have no order.
    story.clockOnly(1)
    expect((await guest.post('/payments/initiate', initiation(order))).status).toBe(200)
    const status = await guest.get<PaymentStatusBody>(`/orders/${order.order_id}/payment-status`)
    expect(status.body.attempts).toBe(2)
    expect(status.body.payments).toMatchObject([
      {
        status: 'FAILED',
        failure: { code: 'REJECT_CARD_COMPANY', guidance: 'TRY_ANOTHER_CARD' },
      },
      { status: 'PENDING', failure: null },
    ])
    const names = story.toss.sandbox.payments(10).map(({ orderId }) => orderId)
    expect(new Set(names).size).toBe(2)
  })

  it('answers 409 CAPTURING while another confirm is at work', async () => {
    const { story, place, guest } = await atTable()
    const { order, confirmation } = await place.authenticated(guest)
    const door = gate()
    story.toss.fault({ operation: 'confirm', slow_ms: 1_000, times: 1 })
    story.toss.world.wait = door.pass
    const first = guest.post<ConfirmedBody>('/payments/confirm', confirmation)
    await door.reached
    const second = await guest.post('/payments/confirm', confirmation)
    expect(second.status).toBe(409)
    expect(second.body.error.reason).toBe('CAPTURING')
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0)
    const cancel = await guest.post(`/orders/${order.order_id}/cancel`)
    expect(cancel.body.error.reason).toBe('CAPTURING')
    expect((await guest.post('/payments/initiate', initiation(order))).body.error.reason).toBe(
      'CAPTURING',
    )
    door.open()
    expect((await first).status).toBe(200)
    expect((await guest.post('/payments/confirm', confirmation)).status).toBe(200)
  })

  it.each([
    ['fails before it took the money', { fail_status: 503 }],
    ['fails after it took the money', { fail_after: 500 }],
    ['breaks off after it took the money', { fail_after: 'drop' }],
    ['answers nonsense after it took the money', { nonsense: 'wrong_types' }],
    ['answers half an answer', { nonsense: 'truncated' }],
  ])('is found out by asking when the provider %s', async (_, fault) => {
    const { story, place, guest } = await atTable()
    const { order, confirmation, payment } = await place.authenticated(guest)
    story.toss.fault({ operation: 'confirm', ...fault, times: 1 })
    story.toss.fault({ lose_webhook: true })
    const unclear = await guest.post('/payments/confirm', confirmation)
    expect(unclear.status).toBe(502)
    expect(unclear.body.error.code).toBe('PAYMENT_PROVIDER_ERROR')
    const wait = Number(unclear.headers.get('retry-after'))
    expect(wait).toBeGreaterThan(0)
    await story.passes(wait * SECOND)
    await story.passes(40 * SECOND)
    const again = await guest.post<ConfirmedBody>('/payments/confirm', confirmation)
    expect(again.status).toBe(200)
    expect(story.toss.sandbox.find(payment.payment_key)).toMatchObject({
      status: 'DONE',
      balanceAmount: 18_500,
    })
    const { body } = await guest.get<OrderBody>(`/orders/${order.order_id}`)
    expect(body.payment_status).toBe('PAID')
  })
})
