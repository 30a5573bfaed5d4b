import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import type { z } from '@hono/zod-openapi'
import type { adminOrder, listedOrder } from '../../src/http/schemas/admin-orders.ts'
import { member, type Person, type Reply } from '../support/story-people.ts'
import {
  atTable,
  openPlace,
  placeWith,
  type ListBody,
  type OrderBody,
} from '../support/story-restaurant.ts'

vi.setConfig({ testTimeout: 60_000 })

type AdminOrder = z.output<typeof adminOrder>
type Listed = z.output<typeof listedOrder>

interface Line {
  action: string
  actorId: string | null
  reason: string | null
  changes: Record<string, { from: unknown; to: unknown }>
}

const REASON = '매장 정전으로 조치합니다'

const linesOn = async (orderId: string): Promise<Line[]> => {
  const { results } = await env.DB.prepare(
    'SELECT action, actor_id AS actorId, reason, changes FROM audit_entries WHERE subject_id = ? ORDER BY rowid',
  )
    .bind(orderId)
    .all<Omit<Line, 'changes'> & { changes: string }>()
  return results.map((line) => ({ ...line, changes: JSON.parse(line.changes) as Line['changes'] }))
}
const change = (who: Person, { order_id }: { order_id: string }, body: object, key?: string) =>
  who.put<AdminOrder>(
    `/admin/orders/${order_id}`,
    { reason: REASON, ...body },
    key === undefined ? {} : { key },
  )
const refusalOf = ({ status, body }: Reply<unknown>) => [status, body.error.reason]

describe("an administrator with a restaurant's order", () => {
  it('decides nothing about what they have ordered themselves', async () => {
    const { story, place } = await atTable()
    const admin = await member(story, 'ADMIN')
    const { order } = await place.paid(admin)
    for (const body of [{ action: 'cancel' }, { action: 'refund', amount: 100 }])
      expect(refusalOf(await change(admin, order, body, crypto.randomUUID()))).toEqual([
        403,
        'SAME_PERSON',
      ])
    expect(await linesOn(order.order_id)).toEqual([])
    const colleague = await member(story, 'ADMIN')
    expect(
      (await change(colleague, order, { action: 'accept', estimated_time_minutes: 5 })).status,
    ).toBe(200)
  })

  it('moves it along its whole life, as the board would, with a trail of each step', async () => {
    const { story, place, guest } = await atTable()
    const admin = await member(story, 'ADMIN')
    const { order } = await place.paid(guest)
    const seen = await admin.get<AdminOrder>(`/admin/orders/${order.order_id}`)
    expect(seen.body).toMatchObject({
      order_id: order.order_id,
      restaurant: { id: place.id, name: '맛있는 치킨집' },
      payment_status: 'PAID',
      payments: [{ method: 'CARD', amount: 18_500, status: 'CAPTURED' }],
      allowed_actions: ['accept', 'reject', 'cancel', 'refund'],
    })
    const steps = [
      [{ action: 'accept', estimated_time_minutes: 15 }, 'ACCEPTED'],
      [{ status: 'READY' }, 'READY'],
      [{ action: 'complete' }, 'COMPLETED'],
    ] as const
    for (const [body, status] of steps) {
      const changed = await change(admin, order, body)
      expect([changed.status, changed.body.status]).toEqual([200, status])
    }
    const { body: after } = await guest.get<OrderBody>(`/orders/${order.order_id}`)
    expect(after.status).toBe('COMPLETED')
    const happened = (await admin.get<AdminOrder>(`/admin/orders/${order.order_id}`)).body.timeline
    expect(happened.map(({ what }) => what)).toEqual([
      'PLACED',
      'PAYMENT_OPENED',
      'PAID',
      'ACCEPTED',
      'READY',
      'COMPLETED',
    ])
    const lines = await linesOn(order.order_id)
    expect(lines.map(({ action, changes }) => [action, changes.action?.to])).toEqual([
      ['order-change-asked', 'accept'],
      ['order-changed', 'accept'],
      ['order-change-asked', 'ready'],
      ['order-changed', 'ready'],
      ['order-change-asked', 'complete'],
      ['order-changed', 'complete'],
    ])
    expect(
      lines.every(({ actorId, reason }) => actorId === admin.userId && reason === REASON),
    ).toBe(true)
  })

  it('leaves the board ringing: nobody in the kitchen has seen it', async () => {
    const { story, place, guest } = await atTable()
    const admin = await member(story, 'ADMIN')
    const { order } = await place.paid(guest)
    await change(admin, order, { action: 'accept', estimated_time_minutes: 15 })
    const board = await place.staff.get<ListBody<OrderBody>>('/restaurants/me/orders?status=open')
    expect(board.body.items).toMatchObject([{ status: 'ACCEPTED', rings: true }])
  })

  it('cancels what the kitchen has begun, and its money goes back', async () => {
    const { story, place, guest } = await atTable()
    const admin = await member(story, 'ADMIN')
    const { order } = await place.paid(guest)
    await place.handle(place.staff, order, 'accept')
    const cancelled = await change(admin, order, { status: 'CANCELLED' })
    expect(cancelled.body).toMatchObject({ status: 'CANCELLED', end_reason: REASON })
    await story.passesUntilQuiet()
    const { body } = await admin.get<AdminOrder>(`/admin/orders/${order.order_id}`)
    expect(body).toMatchObject({ payment_status: 'REFUNDED', refunds: [{ status: 'DONE' }] })
    expect(body.allowed_actions).toEqual([])
  })

  it('pays back a part, and never more than there is', async () => {
    const { story, place, guest } = await atTable()
    const admin = await member(story, 'ADMIN')
    const { order } = await place.paid(guest)
    await place.handle(place.staff, order, 'accept')
    const part = await change(admin, order, { action: 'refund', amount: 5_000 })
    expect(part.body).toMatchObject({ status: 'ACCEPTED', refunds: [{ amount: 5_000 }] })
    const more = await change(admin, order, { action: 'refund', amount: 18_500 })
    expect(refusalOf(more)).toEqual([409, 'REFUND_TOO_LARGE'])
    const lines = await linesOn(order.order_id)
    expect(lines.at(-1)).toMatchObject({
      action: 'order-change-refused',
      changes: { refusal: { to: 'REFUND_TOO_LARGE' } },
    })
  })

  it('pays nothing back without a key, and once with one', async () => {
    const { story, place, guest } = await atTable()
    const admin = await member(story, 'ADMIN')
    const { order } = await place.paid(guest)
    await place.handle(place.staff, order, 'accept')
    const body = { action: 'refund', amount: 5_000, reason: REASON }
    const path = `/admin/orders/${order.order_id}`
    const refused = await admin.put<AdminOrder>(path, body, { key: null })
    expect([refused.status, refused.body.error.details?.['field']]).toEqual([
      400,
      'Idempotency-Key',
    ])
    expect(await linesOn(order.order_id)).toEqual([])
    for (const _ of [1, 2]) await change(admin, order, body, 'back')
    const { body: after } = await admin.get<AdminOrder>(path)
    expect(after.refunds).toMatchObject([{ amount: 5_000 }])
  })

  it('goes no way that the lifecycle does not have', async () => {
    const { story, place, guest } = await atTable()
    const admin = await member(story, 'ADMIN')
    const order = await place.ordered(guest)
    for (const body of [
      { action: 'accept', estimated_time_minutes: 15 },
      { action: 'ready' },
      { status: 'COMPLETED' },
      { status: 'PENDING' },
      { status: 'EXPIRED' },
    ])
      expect(refusalOf(await change(admin, order, body))).toEqual([409, 'ORDER_STATE'])
    await place.handle(place.staff, order, 'reject', { reason: '재료 소진' })
    expect(refusalOf(await change(admin, order, { status: 'CANCELLED' }))).toEqual([
      409,
      'ORDER_STATE',
    ])
    const { body } = await admin.get<AdminOrder>(`/admin/orders/${order.order_id}`)
    expect(body.status).toBe('REJECTED')
  })

  it.each([
    [{}, 'action', 'required'],
    [{ action: 'ready', status: 'READY' }, 'status', 'either_action_or_status'],
    [{ action: 'ready', amount: 5 }, 'amount', 'not_of_this_action'],
    [{ status: 'READY', lines: [] }, 'lines', 'too_small'],
    [{ action: 'accept' }, 'estimated_time_minutes', 'required'],
    [{ action: 'fail' }, 'action', 'invalid_value'],
    [{ action: 'ready', payment_status: 'PAID' }, 'payment_status', 'unrecognized_keys'],
    [{ action: 'ready', total_amount: 0 }, 'total_amount', 'unrecognized_keys'],
    [{ action: 'ready', reason: '' }, 'reason', 'too_small'],
  ])('says what is wrong with %j, and notes nothing', async (body, field, reason) => {
    const { story, place, guest } = await atTable()
    const admin = await member(story, 'ADMIN')
    const order = await place.ordered(guest)
    const refused = await change(admin, order, body)
    const { details } = refused.body.error
    expect([refused.status, details?.field, refused.body.error.reason]).toEqual([
      400,
      field,
      reason,
    ])
    expect(await linesOn(order.order_id)).toEqual([])
  })

  it('does it once for one key, with one pair of lines; the key for something else is refused', async () => {
    const { story, place, guest } = await atTable()
    const admin = await member(story, 'ADMIN')
    const { order } = await place.paid(guest)
    const body = { action: 'accept', estimated_time_minutes: 15 }
    const first = await change(admin, order, body, 'tap')
    const again = await change(admin, order, body, 'tap')
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([200, 'true'])
    expect(again.body).toEqual(first.body)
    expect((await change(admin, order, { action: 'ready' }, 'tap')).status).toBe(422)
    expect(await linesOn(order.order_id)).toHaveLength(2)
    expect((await guest.get<OrderBody>(`/orders/${order.order_id}`)).body.status).toBe('ACCEPTED')
  })

  it('changes nothing while no line can be written', async () => {
    const { story, place, guest } = await atTable()
    const admin = await member(story, 'ADMIN')
    const order = await place.ordered(guest)
    story.d1Goes('down')
    try {
      expect((await change(admin, order, { action: 'cancel' })).status).toBe(503)
      const { body } = await guest.get<OrderBody>(`/orders/${order.order_id}`)
      expect(body.status).toBe('PENDING')
    } finally {
      story.d1Goes('up')
    }
  })

  it('is known to have been asked for, wherever the request was cut off', async () => {
    const { story, place, guest } = await atTable()
    const admin = await member(story, 'ADMIN')
    for (let after = 0; ; after += 1) {
      const order = await place.ordered(guest, { payment_method: 'CARD' })
      const path = `/api/v1/admin/orders/${order.order_id}`
      const cut = await story.askCut(after, path, {
        method: 'PUT',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await admin.token()}`,
        },
        body: JSON.stringify({ action: 'cancel', reason: REASON }),
      })
      const { body } = await guest.get<OrderBody>(`/orders/${order.order_id}`)
      const lines = await linesOn(order.order_id)
      if (body.status === 'CANCELLED')
        expect(lines[0]).toMatchObject({ action: 'order-change-asked', actorId: admin.userId })
      else await place.handle(place.staff, order, 'reject', { reason: '다음' })
      if (cut.response !== null) break
    }
  })

  it('is refused to everybody else, and unknown where there is none', async () => {
    const { story, place, guest } = await atTable()
    const order = await place.ordered(guest)
    const admin = await member(story, 'ADMIN')
    for (const role of ['CUSTOMER', 'SUPPORT', 'MARKETING', 'INVENTORY'] as const)
      expect((await change(await member(story, role), order, { action: 'cancel' })).status).toBe(
        403,
      )
    for (const who of [place.owner, place.staff, guest])
      expect((await change(who, order, { action: 'cancel' })).status).toBe(403)
    const nowhere = { order_id: crypto.randomUUID() }
    expect((await change(admin, nowhere, { action: 'cancel' })).status).toBe(404)
    expect((await admin.get(`/admin/orders/${nowhere.order_id}`)).status).toBe(404)
    expect(await linesOn(nowhere.order_id)).toEqual([])
    expect(
      (await (await member(story, 'SUPPORT')).get(`/admin/orders/${order.order_id}`)).status,
    ).toBe(200)
  })

  it('is refused to a log-in that has ended, also where it works at the restaurant', async () => {
    const { story, place, guest } = await atTable()
    const order = await place.ordered(guest)
    const admin = await member(story, 'ADMIN')
    admin.memberships.push({ restaurantId: place.id, role: 'STAFF' })
    expect((await admin.get(`/admin/orders/${order.order_id}`)).status).toBe(200)
    await env.DB.prepare('UPDATE sessions SET ended_at = 1 WHERE id = ?')
      .bind(admin.sessionId)
      .run()
    expect((await admin.get(`/admin/orders/${order.order_id}`)).status).toBe(401)
    expect((await change(admin, order, { action: 'cancel' })).status).toBe(401)
    expect(await linesOn(order.order_id)).toEqual([])
  })

  it('is on record as read, by everybody who may, before it is answered', async () => {
    const { story, place } = await placeWith()
    const customer = await member(story)
    const order = await place.ordered(customer)
    const support = await member(story, 'SUPPORT')
    await support.get(`/admin/orders/${order.order_id}`)
    await support.get(`/admin/orders?user_id=${customer.userId}`)
    const { results } = await env.DB.prepare(
      'SELECT action, customer_id, order_id FROM support_activity WHERE actor_id = ? ORDER BY rowid',
    )
      .bind(support.userId)
      .all()
    const seen = { action: 'viewed', customer_id: customer.userId }
    expect(results).toEqual([
      { ...seen, order_id: order.order_id },
      { ...seen, order_id: null },
    ])
  })

  it('shows who paid and what was written only in part', async () => {
    const { story, place, guest } = await atTable({
      payment_methods: ['DEPOSIT'],
      deposit_account: { bank: '신한은행', account_no: '110-123-456789', holder: '김치킨' },
    })
    const admin = await member(story, 'ADMIN')
    const order = await place.ordered(guest, {
      payment_method: 'DEPOSIT',
      payer_name: '홍길동',
      special_requests: '010-1234-5678로 전화 주세요',
    })
    const { body } = await admin.get<AdminOrder>(`/admin/orders/${order.order_id}`)
    const text = JSON.stringify(body)
    expect(text).not.toContain('홍길동')
    expect(text).not.toContain('1234-5678')
    expect(body.payments[0]?.payer_name).toBe('홍*동')
    await story.settle()
    const { body: list } = await admin.get<ListBody<Listed>>(
      `/admin/orders?restaurant_id=${place.id}`,
    )
    expect(list.items).toMatchObject([{ order_id: order.order_id }])
    expect(JSON.stringify(list)).not.toContain('1234-5678')
  })
})

describe("administration's list of orders", () => {
  it('has those of every restaurant, and finds them by what is known of them', async () => {
    const { story, place } = await placeWith()
    const other = await openPlace(story)
    const admin = await member(story, 'ADMIN')
    const customer = await member(story)
    const guest = await place.guest()
    const mine = await place.ordered(customer)
    const { order: atOne } = await place.paid(guest)
    const elsewhere = await other.ordered(await other.guest(), {
      items: [{ menu_id: other.cola.id, quantity: 2 }],
    })
    await story.settle()
    const list = async (query: string) => {
      const found = await admin.get<ListBody<Listed>>(`/admin/orders?${query}`)
      expect(found.status).toBe(200)
      return found.body.items.map(({ order_id }) => order_id)
    }
    const [first, second, third] = [mine, atOne, elsewhere].map(({ order_id }) => order_id)
    const all = [first, second, third]
    expect((await list('limit=100')).filter((id) => all.includes(id)).toSorted()).toEqual(
      all.toSorted(),
    )
    expect((await list(`restaurant_id=${place.id}`)).toSorted()).toEqual([first, second].toSorted())
    expect(await list(`restaurant_id=${place.id}&payment_status=PAID`)).toEqual([second])
    expect(await list(`restaurant_id=${place.id}&number=A001`)).toEqual([first])
    expect(await list(`user_id=${customer.userId}`)).toEqual([first])
    expect(await list(`table_id=${place.tables.a1.id}`)).toEqual([second])
    expect(await list(`restaurant_id=${other.id}&q=${encodeURIComponent('콜라')}`)).toEqual([third])
    expect(await list(`restaurant_id=${other.id}&status=COMPLETED`)).toEqual([])
    expect(await list(`restaurant_id=${other.id}&day=2026-11-20&status=open`)).toEqual([third])
    for (const query of ['q=콜라', 'number=A001', 'q=콜라&status=open']) {
      const wide = await admin.get<object>(`/admin/orders?${query}`)
      expect(refusalOf(wide)).toEqual([400, 'needs_restaurant_person_or_month'])
    }
  })
})
