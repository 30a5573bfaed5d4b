import { describe, expect, it } from 'vitest'
import type { z } from '@hono/zod-openapi'
import { idOfOrderCode, orderCodeOf } from '../../src/domain/payment/order-code.ts'
import type { depositSchema } from '../../src/http/schemas/deposits.ts'
import type { Delivery } from '../../sandbox/payaction/app.ts'
import { MALL } from '../sandbox/payaction-world.ts'
import type { Person } from '../support/story-people.ts'
import {
  openPlace,
  placeWith,
  type ListBody,
  type OrderBody,
  type PaymentStatusBody,
  type Place,
  type PlacedBody,
} from '../support/story-restaurant.ts'
import { MINUTE, SECOND, type Story } from '../support/story.ts'

type DepositBody = z.output<typeof depositSchema>

const ACCOUNT = { bank: '신한은행', account_no: '110-123-456789', holder: '맛있는 치킨집' }
const TAKES_DEPOSITS = { payment_methods: ['CARD', 'DEPOSIT'], deposit_account: ACCOUNT }
const OWN_MALL = { mall_id: 'own-mall', api_key: 'own-api-key', webhook_key: 'own-webhook-key' }
const HEADERS = { 'x-mall-id': MALL.mallId, 'x-webhook-key': MALL.webhookKey }
const OWN_HEADERS = { 'x-mall-id': OWN_MALL.mall_id, 'x-webhook-key': OWN_MALL.webhook_key }

async function depositPlace(settings: Record<string, unknown> = {}) {
  const { story, place } = await placeWith({ ...TAKES_DEPOSITS, ...settings })
  return { story, place, guest: await place.guest() }
}

const ordered = async (place: Place, who: Person, more: Record<string, unknown> = {}) => {
  const { status, body } = await who.post<PlacedBody>(`/tables/${place.tables.a1.id}/orders`, {
    items: [place.spicy],
    payment_method: 'DEPOSIT',
    payer_name: ' 김민수 ',
    ...more,
  })
  expect(status).toBe(201)
  return body
}
const orderOf = async (who: Person, { order_id }: { order_id: string }) =>
  (await who.get<OrderBody>(`/orders/${order_id}`)).body
const paymentOf = async (who: Person, { order_id }: { order_id: string }) =>
  (await who.get<PaymentStatusBody>(`/orders/${order_id}/payment-status`)).body.payments[0]!
const deposits = async ({ owner }: Place, query = '') =>
  (await owner.get<ListBody<DepositBody>>(`/restaurants/me/deposits${query}`)).body.items
const transfer = { name: '김민수', amount: 18_500, feed: null }
const matched = (paymentId: string): Delivery => ({
  restaurantId: null,
  headers: HEADERS,
  body: {
    order_number: orderCodeOf(paymentId),
    order_status: '매칭완료',
    processing_date: '2026-11-20T12:00:00+09:00',
  },
})
const logged = ({ world }: Story) =>
  world.logged.filter(({ kind }) => kind === 'deposit-news-not-taken').map(({ reason }) => reason)

describe('an order paid by a deposit', () => {
  it('tells the guest where to transfer to, and is the kitchen’s once PayAction has seen it', async () => {
    const { story, place, guest } = await depositPlace()
    const order = await ordered(place, guest)
    const until = new Date(story.world.now + 120 * MINUTE).toISOString()
    expect(order).toMatchObject({
      payment_status: 'UNPAID',
      payment_required: true,
      expires_at: until,
      redirect_url:
        'supertoss://send?amount=18500&bank=%EC%8B%A0%ED%95%9C&accountNo=110123456789&origin=qr',
      deposit: { ...ACCOUNT, payer_name: '김민수', amount: 18_500, expires_at: until },
    })
    const page = await (await story.ask(order.payment_url ?? '')).text()
    expect(page).toContain(ACCOUNT.account_no)
    expect(page).toContain('supertoss://send?amount=18500')
    const [watched, ...others] = story.payAction.store.orders(10)
    expect(others).toEqual([])
    expect(watched).toMatchObject({ name: '김민수', amount: 18_500, mallId: MALL.mallId })
    expect(await paymentOf(guest, order)).toMatchObject({ status: 'WAITING_FOR_DEPOSIT' })

    story.payAction.sandbox.transfer(transfer)
    await story.settle()
    expect(await orderOf(guest, order)).toMatchObject({ status: 'PENDING', payment_status: 'PAID' })
    const accepted = await place.handle(place.staff, order, 'accept')
    expect(accepted.body.status).toBe('ACCEPTED')
  })

  it('is registered later where PayAction was away, and matched as ever', async () => {
    const { story, place, guest } = await depositPlace()
    story.payAction.fault({ operation: 'order', fail_status: 503, times: 1 })
    const order = await ordered(place, guest)
    expect(story.payAction.store.orders(10)).toEqual([])
    await story.passes(15 * SECOND)
    story.payAction.sandbox.transfer(transfer)
    await story.settle()
    expect((await orderOf(guest, order)).payment_status).toBe('PAID')
  })

  it.each([
    ['comes twice', { twice: true }],
    ['comes late', { late_webhook_ms: 20 * SECOND }],
  ])('is paid once where the webhook %s', async (_, fault) => {
    const { story, place, guest } = await depositPlace()
    const order = await ordered(place, guest)
    story.payAction.fault(fault)
    story.payAction.sandbox.transfer(transfer)
    await story.settle()
    await story.passes(30 * SECOND)
    expect(await orderOf(guest, order)).toMatchObject({
      payment_status: 'PAID',
      captured_amount: 18_500,
    })
  })

  it('is paid by the word of staff where the webhook is lost, for its sum alone', async () => {
    const { story, place, guest } = await depositPlace()
    const order = await ordered(place, guest)
    story.payAction.fault({ lose_webhook: true })
    story.payAction.sandbox.transfer(transfer)
    await story.settle()
    const path = `/restaurants/me/orders/${order.order_id}/deposit-received`
    const wrong = await place.staff.post(path, { amount: 18_000 })
    expect([wrong.status, wrong.body.error.reason]).toEqual([400, 'amount_mismatch'])
    const told = await place.staff.post<OrderBody>(path, { amount: 18_500 })
    expect(told.body.payment_status).toBe('PAID')
    expect((await place.staff.post<OrderBody>(path, { amount: 18_500 })).body).toEqual(told.body)
    const card = await place.ordered(guest)
    const none = `/restaurants/me/orders/${card.order_id}/deposit-received`
    expect((await place.staff.post(none, { amount: 18_500 })).status).toBe(404)
  })

  it('owes the money back where it came after the order had ended, until staff say how', async () => {
    const { story, place, guest } = await depositPlace()
    const order = await ordered(place, guest)
    await guest.post(`/orders/${order.order_id}/cancel`)
    expect(story.payAction.store.orders(1)).toMatchObject([{ state: 'CANCELLED' }])
    story.payAction.sandbox.tellMatched(story.payAction.store.orders(1)[0]!.number)
    await story.settle()
    expect(await orderOf(guest, order)).toMatchObject({
      status: 'CANCELLED',
      payment_status: 'REFUND_DUE',
      refund_due_amount: 18_500,
    })
  })

  it('is none where the restaurant has no account, and none without one in its settings', async () => {
    const { place } = await placeWith()
    const guest = await place.guest()
    const refused = await place.place(guest, { payment_method: 'DEPOSIT' })
    expect(refused.body.error.reason).toBe('PAYMENT_METHOD_NOT_ACCEPTED')
    const change = { payment_methods: ['DEPOSIT'] }
    const { body } = await place.owner.patch('/restaurants/me', change)
    expect(body.error.reason).toBe('deposit_needs_account')
    const window = { ...TAKES_DEPOSITS, deposit_window_seconds: 300 }
    const edited = await place.owner.patch<typeof window>('/restaurants/me', window)
    expect(edited.body).toMatchObject(window)
  })

  it.each([51, 0])('takes no name of %i characters', async (length) => {
    const { place, guest } = await depositPlace()
    const payer_name = '김'.repeat(length)
    const { status } = await place.place(guest, { payment_method: 'DEPOSIT', payer_name })
    expect(status).toBe(400)
  })
})

describe("PayAction's webhook", () => {
  const unpaid = async () => {
    const world = await depositPlace()
    const order = await ordered(world.place, world.guest)
    const { payment_id: paymentId } = await paymentOf(world.guest, order)
    const status = async () => (await orderOf(world.guest, order)).payment_status
    return { ...world, order, paymentId, status }
  }

  it('is answered with exactly one field', async () => {
    const { story, paymentId } = await unpaid()
    const response = await story.depositWebhook(matched(paymentId))
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('{"status":"success"}')
  })

  it.each<[string, Record<string, string>]>([
    ['no keys', {}],
    ['no mall', { 'x-webhook-key': MALL.webhookKey }],
    ['no webhook key', { 'x-mall-id': MALL.mallId }],
    ['a wrong key', { ...HEADERS, 'x-webhook-key': 'guessed' }],
    ['another mall', { ...HEADERS, 'x-mall-id': 'other' }],
    ['keys that nobody has', OWN_HEADERS],
  ])('is refused with %s', async (_, headers) => {
    const { story, paymentId, place, status } = await unpaid()
    for (const restaurantId of [null, place.id]) {
      const delivery = { ...matched(paymentId), restaurantId, headers }
      expect((await story.depositWebhook(delivery)).status).toBe(401)
    }
    expect(await status()).toBe('PENDING')
  })

  it.each<[string, Delivery['body']]>([
    ['NOT_OUR_NUMBER', { order_number: '20261120-0001', order_status: '매칭완료' }],
    ['ORDER_STATUS', { order_number: 'A'.repeat(22), order_status: '매칭대기' }],
    ['NO_RESTAURANT', { transaction_type: 'deposited', transaction_name: '김', amount: 5 }],
    ['TRANSACTION_TYPE', { transaction_type: 'withdrawn', transaction_name: '김', amount: 5 }],
    ['UNREADABLE', { hello: 1 }],
  ])('is taken and noted in the log where a repeat would not help: %s', async (reason, body) => {
    const { story, status } = await unpaid()
    const response = await story.depositWebhook({ restaurantId: null, headers: HEADERS, body })
    expect(await response.text()).toBe('{"status":"success"}')
    expect(logged(story)).toEqual([reason])
    expect(await status()).toBe('PENDING')
  })

  it('is recorded where the money is for something that nobody knows', async () => {
    const { story, place, paymentId } = await unpaid()
    const stray = idOfOrderCode(orderCodeOf(paymentId.replace(/^.{8}/, '00000000'))) ?? ''
    for (let n = 0; n < 2; n += 1)
      expect((await story.depositWebhook(matched(stray))).status).toBe(200)
    expect(logged(story)).toEqual(['ORPHAN', 'ORPHAN'])
    expect(await deposits(place)).toMatchObject([
      { status: 'UNMATCHED', amount: null, payer_name: `PayAction ${orderCodeOf(stray)}` },
    ])
  })

  it('of a restaurant that does not exist is taken and leaves nothing', async () => {
    const { story, paymentId } = await unpaid()
    const nowhere = paymentId.replace(/.{12}$/, 'a1b2c3d4e5f6')
    expect((await story.depositWebhook(matched(nowhere))).status).toBe(200)
    expect(logged(story)).toEqual(['ORPHAN'])
  })

  it('must be JSON of a decent size', async () => {
    const { story } = await unpaid()
    const send = (body: string) =>
      story.ask('/api/v1/payments/webhook/payaction', {
        method: 'POST',
        body,
        headers: { ...HEADERS, 'content-type': 'application/json' },
      })
    expect((await send('{')).status).toBe(400)
    expect((await send(JSON.stringify('x'.repeat(300_000)))).status).toBe(413)
  })
})

describe('a restaurant with a mall of its own', () => {
  async function twoPlaces() {
    const world = await depositPlace({ provider_keys: { payaction: OWN_MALL } })
    const neighbour = await openPlace(world.story, TAKES_DEPOSITS)
    return { ...world, neighbour, neighboursGuest: await neighbour.guest() }
  }

  it('has its deposits watched by that one', async () => {
    const { story, place, guest } = await twoPlaces()
    const order = await ordered(place, guest)
    expect(story.payAction.store.orders(1)).toMatchObject([{ mallId: OWN_MALL.mall_id }])
    const { payment_id } = await paymentOf(guest, order)
    for (const restaurantId of [null, place.id]) {
      const told = { ...matched(payment_id), restaurantId, headers: OWN_HEADERS }
      expect((await story.depositWebhook(told)).status).toBe(200)
    }
    expect((await orderOf(guest, order)).payment_status).toBe('PAID')
  })

  it("cannot tell of a neighbour's deposit", async () => {
    const { story, place, neighbour, neighboursGuest } = await twoPlaces()
    const order = await ordered(neighbour, neighboursGuest)
    const { payment_id } = await paymentOf(neighboursGuest, order)
    const told = { ...matched(payment_id), headers: OWN_HEADERS }
    expect((await story.depositWebhook(told)).status).toBe(401)
    expect((await story.depositWebhook({ ...told, restaurantId: neighbour.id })).status).toBe(401)
    // Its own address it may use, but not for another's order.
    expect((await story.depositWebhook({ ...told, restaurantId: place.id })).status).toBe(200)
    expect(logged(story)).toEqual(['OF_ANOTHER_RESTAURANT'])
    expect((await orderOf(neighboursGuest, order)).payment_status).toBe('PENDING')
  })
})

describe("the feed of a restaurant's account", () => {
  it('pays what it fits, and leaves the rest to staff', async () => {
    const { story, place, guest } = await depositPlace({ provider_keys: { payaction: OWN_MALL } })
    const feed = (name: string, amount: number, traceId?: string) =>
      story.depositWebhook({
        restaurantId: place.id,
        headers: { ...OWN_HEADERS, ...(traceId !== undefined && { 'x-trace-id': traceId }) },
        body: { transaction_type: 'deposited', transaction_name: name, amount },
      })
    const first = await ordered(place, guest)
    await feed('김 민 수', 18_500, 'one')
    await feed('김 민 수', 18_500, 'one')
    expect((await orderOf(guest, first)).payment_status).toBe('PAID')
    expect(await deposits(place)).toMatchObject([{ status: 'MATCHED', amount: 18_500 }])

    const second = await ordered(place, guest, { payer_name: '이영희' })
    await feed('이영희 남편', 18_500)
    // Word for word the same, without a mark of its own: the same delivery.
    await feed('이영희 남편', 18_500)
    const [waiting, ...others] = await deposits(place, '?status=UNMATCHED')
    expect(others).toEqual([])
    expect(waiting).toMatchObject({ payer_name: '이영희 남편', candidates: [second.order_id] })

    const path = `/restaurants/me/deposits/${waiting!.id}`
    const assigned = await place.staff.post<DepositBody>(`${path}/assign`, {
      order_id: second.order_id,
    })
    expect(assigned).toMatchObject({ status: 200, body: { status: 'ASSIGNED' } })
    expect((await orderOf(guest, second)).payment_status).toBe('PAID')
    const back = { method: 'TRANSFER', note: '신한 1120-1' }
    const tooLate = await place.staff.post(`${path}/return`, back)
    expect(tooLate.body.error.reason).toBe('DEPOSIT_STATE')

    await feed('모르는 사람', 3_000)
    const [unknown] = await deposits(place, '?status=UNMATCHED')
    const returned = await place.staff.post<DepositBody>(
      `/restaurants/me/deposits/${unknown!.id}/return`,
      back,
    )
    expect(returned.body).toMatchObject({ status: 'RETURNED', proof: back })
    expect(await deposits(place, '?limit=2')).toHaveLength(2)
  })

  it('is for those who work there', async () => {
    const { story, place, guest } = await depositPlace()
    expect((await guest.get('/restaurants/me/deposits')).status).toBe(403)
    const neighbour = await openPlace(story, TAKES_DEPOSITS)
    const seen = await neighbour.staff.get<ListBody<DepositBody>>('/restaurants/me/deposits')
    expect(seen.body.items).toEqual([])
    const order = await ordered(place, guest)
    const path = `/restaurants/me/orders/${order.order_id}/deposit-received`
    expect((await neighbour.staff.post(path, { amount: 18_500 })).status).toBe(404)
    expect((await guest.post(path, { amount: 18_500 })).status).toBe(403)
  })
})
