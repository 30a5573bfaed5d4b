import { describe, expect, it } from 'vitest'
import { member, type Person } from '../support/story-people.ts'
import {
  atTable,
  key,
  openPlace,
  type ListBody,
  type OrderBody,
  type Place,
  type RefundBody,
} from '../support/story-restaurant.ts'

const ACCOUNT = { bank: '신한은행', account_no: '110-123-456789', holder: '김민수' }
type Ordered = { order_id: string }

describe('paying back', () => {
  const refund = (who: Person, order: { order_id: string }, body: unknown, again = key()) =>
    who.post<RefundBody>(`/restaurants/me/orders/${order.order_id}/refunds`, body, { key: again })

  it('pays part of it, then what is left, then no more', async () => {
    const { story, place, guest } = await atTable()
    const { order } = await place.paid(guest)
    const part = await refund(place.owner, order, { amount: 500, reason: '늦어서 죄송' })
    expect(part.status).toBe(202)
    expect(part.body).toMatchObject({ amount: 500, status: 'REQUESTED', order_id: order.order_id })
    await story.settle()
    const rest = await refund(place.owner, order, { reason: '전부' })
    expect(rest.body.amount).toBe(18_000)
    await story.settle()
    const none = await refund(place.owner, order, { reason: '더' })
    expect(none.status).toBe(409)
    expect(none.body.error).toMatchObject({
      reason: 'REFUND_TOO_LARGE',
      details: { refundable: 0 },
    })
    const { body } = await guest.get<OrderBody>(`/orders/${order.order_id}`)
    expect(body).toMatchObject({ payment_status: 'REFUNDED', refunded_amount: 18_500 })
    // Nobody had begun to cook it, and nobody pays for it any more.
    expect(body).toMatchObject({ status: 'REJECTED', end_reason: '전부' })
  })

  it('refuses a wish that it cannot read, instead of paying everything back', async () => {
    const { place, guest } = await atTable()
    const { order } = await place.paid(guest)
    const items = [{ line_id: order.items[0]?.line_id, quantity: 1 }]
    for (const [body, details] of [
      [{ items }, { field: 'items', reason: 'unrecognized_keys' }],
      [{ lines: items, amount: 500 }, { field: 'lines' }],
      [{ lines: [] }, { field: 'lines', reason: 'too_small' }],
      [{ refund_account: { bank: '신한' } }, { field: 'refund_account.account_no' }],
    ] as const) {
      const refused = await refund(place.owner, order, { reason: '식음', ...body })
      expect(refused.status).toBe(400)
      expect(refused.body.error.details).toMatchObject(details)
    }
  })

  it('leaves an order that the kitchen has taken as it is', async () => {
    const { story, place, guest } = await atTable()
    const { order } = await place.paid(guest)
    await place.owner.post(`/restaurants/me/orders/${order.order_id}/accept`, {
      estimated_time_minutes: 10,
    })
    expect((await refund(place.owner, order, { reason: '탔어요' })).status).toBe(202)
    await story.settle()
    const { body } = await guest.get<OrderBody>(`/orders/${order.order_id}`)
    expect(body).toMatchObject({ status: 'ACCEPTED', payment_status: 'REFUNDED' })
  })

  it('happens once under one key', async () => {
    const { story, place, guest } = await atTable()
    const { order, payment } = await place.paid(guest)
    const again = key()
    const body = { amount: 1_000, reason: '쿠폰' }
    const first = await refund(place.owner, order, body, again)
    await story.settle()
    const second = await refund(place.owner, order, body, again)
    expect(second.status).toBe(202)
    expect(second.headers.get('idempotent-replayed')).toBe('true')
    expect(second.body).toEqual(first.body)
    expect(story.toss.sandbox.find(payment.payment_key)?.balanceAmount).toBe(17_500)
    expect((await refund(place.owner, order, { ...body, amount: 2 }, again)).status).toBe(422)
  })

  it('is refused beyond what was captured, unpaid, and without a key', async () => {
    const { place, guest } = await atTable()
    const { order } = await place.paid(guest)
    const unpaid = await place.ordered(guest)
    const tooMuch = await refund(place.owner, order, { amount: 18_501, reason: '!' })
    expect(tooMuch.body.error.details).toEqual({ refundable: 18_500 })
    expect((await refund(place.owner, unpaid, { reason: '!' })).status).toBe(409)
    for (const amount of [0, -1, 0.5])
      expect((await refund(place.owner, order, { amount, reason: '!' })).status).toBe(400)
    const path = `/restaurants/me/orders/${order.order_id}/refunds`
    const keyless = await place.owner.post(path, { reason: '!' }, { key: null })
    expect(keyless.body.error.details?.field).toBe('Idempotency-Key')
  })

  it("is the owner's alone", async () => {
    const { story, place, guest } = await atTable()
    const { order } = await place.paid(guest)
    const other = await openPlace(story)
    expect((await refund(place.staff, order, { reason: '!' })).status).toBe(403)
    expect((await refund(guest, order, { reason: '!' })).status).toBe(403)
    expect((await refund(other.owner, order, { reason: '!' })).status).toBe(404)
  })
})

/** An order of 22,500 that the kitchen has accepted: a spicy chicken and two colas. */
async function accepted() {
  const made = await atTable()
  const { place, guest } = made
  const items = [place.spicy, { menu_id: place.cola.id, quantity: 2 }]
  const { order } = await place.paid(guest, { items })
  await place.handle(place.staff, order, 'accept')
  const cola = order.items.find(({ menu_id }) => menu_id === place.cola.id)!
  return { ...made, order, cola }
}

/** A postpaid order of 18,500 that was paid in cash. */
async function paidInCash() {
  const made = await atTable({ payment_policy: 'POSTPAID' })
  const { place, guest } = made
  const order = await place.ordered(guest, { payment_method: 'COUNTER' })
  await place.handle(place.staff, order, 'accept')
  await place.handle(place.staff, order, 'settle', { by: 'CASH' }, key())
  return { ...made, order }
}
const wish = (place: Place, { order_id }: Ordered, body: unknown, who: Person = place.owner) =>
  who.post<RefundBody>(`/restaurants/me/orders/${order_id}/refunds`, body)
const listed = async (who: Person, { order_id }: Ordered): Promise<RefundBody[]> =>
  (await who.get<ListBody<RefundBody>>(`/orders/${order_id}/refunds`)).body.items

describe('paying back portions', () => {
  it('pays what the guest paid for them, and says which they were', async () => {
    const { story, place, guest, order, cola } = await accepted()
    const lines = [{ line_id: cola.line_id, quantity: 1 }]
    const entered = await wish(place, order, { lines, reason: '김빠진 콜라' })
    expect(entered.status).toBe(202)
    expect(entered.body).toMatchObject({ amount: 2_000, lines, further: [] })
    await story.settle()
    expect(await listed(guest, order)).toMatchObject([{ amount: 2_000, status: 'DONE', lines }])
    const { body } = await guest.get<OrderBody>(`/orders/${order.order_id}`)
    expect(body.refunded_amount).toBe(2_000)
    expect(body.items.map(({ refunded_quantity }) => refunded_quantity)).toEqual([0, 1])
  })

  it('pays no portion back twice', async () => {
    const { place, order, cola } = await accepted()
    const both = { lines: [{ line_id: cola.line_id, quantity: 2 }], reason: '김빠짐' }
    expect((await wish(place, order, both)).status).toBe(202)
    const again = await wish(place, order, both)
    expect(again.status).toBe(400)
    expect(again.body.error.details).toMatchObject({
      errors: [{ field: 'lines.0.quantity', reason: 'too_big' }],
    })
    const unknown = [{ line_id: order.order_id, quantity: 1 }]
    const refused = await wish(place, order, { lines: unknown, reason: '?' })
    expect(refused.body.error.reason).toBe('unknown_line')
  })
})

describe('paying back what no machine can', () => {
  it('is due from the start, until staff say how they did it', async () => {
    const { place, guest, order } = await paidInCash()
    const { body: due } = await wish(place, order, { amount: 3_000, reason: '늦어서' })
    expect(due).toMatchObject({ status: 'DUE', amount: 3_000, done_at: null })
    expect(due.explanation).toMatch(/by hand/)
    const shown = await guest.get<OrderBody>(`/orders/${order.order_id}`)
    expect(shown.body).toMatchObject({ payment_status: 'REFUND_DUE', refund_due_amount: 3_000 })

    const record = (body: unknown, id = due.id, who: Person = place.owner) =>
      who.post<RefundBody>(`/restaurants/me/orders/${order.order_id}/refunds/${id}/record`, body)
    const done = await record({ method: 'CASH', note: '영수증 12' })
    expect(done.body).toMatchObject({
      status: 'DONE',
      explanation: null,
      proof: { method: 'CASH', note: '영수증 12', recorded_by: place.owner.userId },
    })
    const after = await guest.get<OrderBody>(`/orders/${order.order_id}`)
    expect(after.body).toMatchObject({
      payment_status: 'PARTIALLY_REFUNDED',
      refunded_amount: 3_000,
      refund_due_amount: 0,
    })
    const twice = await record({ method: 'CASH', note: '또' })
    expect([twice.status, twice.body.error.reason]).toEqual([409, 'REFUND_STATE'])
    expect((await record({ method: 'CASH', note: '?' }, order.order_id)).status).toBe(404)
    expect((await record({ method: 'GIFT', note: '?' })).status).toBe(400)
    expect((await record({ method: 'CASH', note: '?' }, due.id, place.staff)).status).toBe(403)
  })

  it('shows the proof to staff alone', async () => {
    const { place, guest, order } = await paidInCash()
    const { body: due } = await wish(place, order, { reason: '탔어요' })
    const path = `/restaurants/me/orders/${order.order_id}/refunds/${due.id}/record`
    await place.owner.post(path, { method: 'TRANSFER', note: '신한 14:02' })
    expect(await listed(guest, order)).toMatchObject([{ status: 'DONE', proof: null }])
    expect(await listed(place.staff, order)).toMatchObject([{ proof: { note: '신한 14:02' } }])
  })

  it('is not tried by a machine that there is not', async () => {
    const { place, order } = await paidInCash()
    const { body: due } = await wish(place, order, { reason: '탔어요' })
    const path = `/restaurants/me/orders/${order.order_id}/refunds/${due.id}/retry`
    const refused = await place.owner.post(path, {})
    expect([refused.status, refused.body.error.reason]).toEqual([409, 'REFUND_STATE'])
  })
})

describe('where the money goes back to', () => {
  it('is asked for with money from a virtual account alone', async () => {
    const { place, order } = await accepted()
    const refused = await wish(place, order, { reason: '식음', refund_account: ACCOUNT })
    expect(refused.status).toBe(400)
    expect(refused.body.error.details).toMatchObject({
      errors: [{ field: 'refund_account', reason: 'not_needed' }],
    })
    expect(await listed(place.owner, order)).toEqual([])
  })
})

describe('a member whose money goes back', () => {
  it('is told by e-mail, once', async () => {
    const { story, place } = await atTable()
    const minsu = await member(story)
    const { order } = await place.paid(minsu)
    await wish(place, order, { amount: 500, reason: '늦어서' })
    await story.settle()
    await story.passes(60_000)
    const mails = story.mails().filter(({ text }) => text.includes(order.order_number))
    expect(mails).toHaveLength(1)
    expect(mails[0]?.text).toContain('₩500')
  })
})
