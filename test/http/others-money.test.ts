import { describe, expect, it } from 'vitest'
import { MALL } from '../sandbox/payaction-world.ts'
import { member } from '../support/story-people.ts'
import {
  expectStatus,
  key,
  openPlace,
  placeWith,
  type ListBody,
  type OrderBody,
  type PaymentStatusBody,
  type RefundBody,
} from '../support/story-restaurant.ts'

const ACCOUNT = { bank: '신한은행', account_no: '110-123-456789', holder: '맛있는 치킨집' }
const EVERY_WAY = {
  payment_policy: 'POSTPAID',
  payment_methods: ['CARD', 'DEPOSIT', 'COUNTER'],
  deposit_account: ACCOUNT,
}

/** A restaurant with money in every state that somebody may decide about. */
async function withMoney() {
  const { story, place } = await placeWith(EVERY_WAY)
  const guest = await place.guest()
  const board = '/restaurants/me/orders'
  const unpaid = await place.ordered(guest)
  const waiting = await place.ordered(guest, { payment_method: 'DEPOSIT', payer_name: '김민수' })
  const paid = await place.ordered(guest, { payment_method: 'COUNTER' })
  expectStatus(await place.staff.post(`${board}/${paid.order_id}/settle`, { by: 'CASH' }), 200)
  const refund = expectStatus(
    await place.owner.post<RefundBody>(`${board}/${paid.order_id}/refunds`, {
      amount: 500,
      reason: '식음',
    }),
    202,
  )
  await story.ask(`/api/v1/payments/webhook/payaction/${place.id}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-mall-id': MALL.mallId,
      'x-webhook-key': MALL.webhookKey,
    },
    body: JSON.stringify({
      transaction_type: 'deposited',
      transaction_name: '모르는 사람',
      amount: 18_500,
    }),
  })
  const found = await place.owner.get<ListBody<{ id: string }>>('/restaurants/me/deposits')
  const [deposit] = found.body.items
  const at = (order: { order_id: string }) => `${board}/${order.order_id}`
  const decisions: Record<string, [string, unknown]> = {
    settle: [`${at(unpaid)}/settle`, { by: 'CASH' }],
    'say that a deposit is in': [`${at(waiting)}/deposit-received`, { amount: 18_500 }],
    refund: [`${at(paid)}/refunds`, { amount: 500, reason: '식음' }],
    'record a refund': [`${at(paid)}/refunds/${refund.id}/record`, { method: 'CASH', note: '1' }],
    'retry a refund': [`${at(paid)}/refunds/${refund.id}/retry`, {}],
    'assign a deposit': [
      `/restaurants/me/deposits/${deposit!.id}/assign`,
      { order_id: unpaid.order_id },
    ],
    'return a deposit': [
      `/restaurants/me/deposits/${deposit!.id}/return`,
      { method: 'CASH', note: '1' },
    ],
  }
  const orders = [unpaid, waiting, paid]
  const books = async () => ({
    orders: await Promise.all(
      orders.map(async ({ order_id: id }) => ({
        money: (await guest.get<PaymentStatusBody>(`/orders/${id}/payment-status`)).body,
        refunds: (await guest.get<ListBody<unknown>>(`/orders/${id}/refunds`)).body.items,
      })),
    ),
    deposits: (await place.owner.get<ListBody<unknown>>('/restaurants/me/deposits')).body.items,
  })
  return { story, place, guest, unpaid, decisions, orders, books }
}

describe("a restaurant's money", () => {
  it('is as unknown to the owner of another one as if it were not there', async () => {
    const { story, decisions, books } = await withMoney()
    const other = await openPlace(story, EVERY_WAY)
    const before = await books()
    for (const [what, [path, body]] of Object.entries(decisions))
      expect([what, (await other.owner.post(path, body)).status]).toEqual([what, 404])
    expect(await books()).toEqual(before)
  })

  it('is decided about by nobody who does not work there', async () => {
    const { story, decisions, books, guest } = await withMoney()
    const before = await books()
    const roles = ['CUSTOMER', 'SUPPORT', 'INVENTORY', 'MARKETING', 'ADMIN'] as const
    const people = [guest, ...(await Promise.all(roles.map((role) => member(story, role))))]
    for (const who of people)
      for (const [what, [path, body]] of Object.entries(decisions))
        expect([what, (await who.post(path, body)).status]).toEqual([what, 403])
    expect(await books()).toEqual(before)
  })

  it('of a guest is as unknown to the next one', async () => {
    const { place, unpaid, orders, books } = await withMoney()
    const next = await place.guest()
    const before = await books()
    const { order_id: id, total_amount: amount } = unpaid
    const opening = { order_id: id, amount, payment_method: 'CARD' }
    expect((await next.post('/payments/initiate', opening)).status).toBe(404)
    for (const { order_id } of orders) {
      for (const part of ['', '/payment-status', '/refunds'])
        expect((await next.get(`/orders/${order_id}${part}`)).status).toBe(404)
      const shown = { orderId: order_id, paymentKey: 'CASH', amount }
      expect((await next.post('/payments/confirm', shown)).status).toBe(404)
    }
    expect(await books()).toEqual(before)
  })
})

describe('a decision about money', () => {
  it('under one key is taken once, answered the same, and refused with another body', async () => {
    const { place, decisions } = await withMoney()
    const others: Record<string, unknown> = {
      'say that a deposit is in': { amount: 18_501 },
      refund: { amount: 501, reason: '식음' },
      'record a refund': { method: 'CASH', note: '2' },
      'assign a deposit': { order_id: place.id },
    }
    for (const [what, different] of Object.entries(others)) {
      const [path, body] = decisions[what]!
      const again = key()
      const first = await place.owner.post<OrderBody>(path, body, { key: again })
      const second = await place.owner.post<OrderBody>(path, body, { key: again })
      expect([what, second.status]).toEqual([what, first.status])
      expect(first.status).toBeLessThan(300)
      expect(second.body).toEqual(first.body)
      expect(second.headers.get('idempotent-replayed')).toBe('true')
      const other = await place.owner.post<OrderBody>(path, different, { key: again })
      expect([what, other.status]).toEqual([what, 422])
    }
  })

  it('needs a key where money goes back or is taken in hand', async () => {
    const { place, decisions, books } = await withMoney()
    const before = await books()
    for (const what of ['settle', 'refund', 'record a refund', 'retry a refund'] as const) {
      const [path, body] = decisions[what]!
      expect([what, (await place.owner.post(path, body, { key: null })).status]).toEqual([
        what,
        400,
      ])
    }
    expect(await books()).toEqual(before)
  })
})
