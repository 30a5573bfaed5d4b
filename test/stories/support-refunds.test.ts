import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { MINUTE } from '../support/story.ts'
import { auditOf, erased, largeOrder, supportDesk } from '../support/support-desk.ts'
import { member } from '../support/story-people.ts'
import {
  atTable,
  expectStatus,
  key,
  type ListBody,
  type OrderBody,
  type RefundBody,
} from '../support/story-restaurant.ts'

const ALL = Number.MAX_SAFE_INTEGER
const NONE = /^(?:APPROVED|REQUESTED)$/

const actions = (lines: Record<string, unknown>[]): unknown[] => lines.map(({ action }) => action)

describe('a refund that support asks for', () => {
  it('waits for a second person, goes to the restaurant, and the guest sees it', async () => {
    const { story, guest, order, desk } = await largeOrder()
    const { mina, jun } = desk
    const asked = expectStatus(await desk.ask(mina, order, { reason: '덜 익음' }), 201)
    expect(asked).toMatchObject({
      state: 'REQUESTED',
      policy: 'ABOVE_LIMIT',
      amount: 37_000,
      requested_by: mina.userId,
      refunds: [],
    })
    story.clockOnly(1)
    const waiting = await jun.get<ListBody<{ id: string }>>('/support/refunds?state=REQUESTED')
    expect(waiting.body.items.map(({ id }) => id)).toContain(asked.id)

    const approved = expectStatus(
      await desk.decide(jun, asked, 'approve', { note: '사진 확인' }),
      200,
    )
    expect(approved).toMatchObject({
      state: 'DONE',
      decided_by: jun.userId,
      note: '사진 확인',
      refunds: [{ amount: 37_000, status: 'REQUESTED' }],
    })
    await story.settle()
    expect(await desk.read(mina, asked)).toMatchObject({ refunds: [{ status: 'DONE' }] })
    const { body } = await guest.get<OrderBody>(`/orders/${order.order_id}`)
    expect(body).toMatchObject({ payment_status: 'REFUNDED', refunded_amount: 37_000 })
    const trail = await auditOf(asked.id)
    expect(actions(trail)).toEqual([
      'refund-requested',
      'refund-request-approved',
      'refund-request-done',
    ])
    expect(trail.map(({ actor_id }) => actor_id)).toEqual([mina.userId, jun.userId, null])
    const looked = await desk.activity(mina, `order_id=${order.order_id}`)
    expect(looked.map(({ action, actor_id }) => [action, actor_id])).toEqual([
      ['refund-decided', jun.userId],
      ['refund-requested', mina.userId],
    ])
  })

  it('of a small sum is carried out at once, once under one key', async () => {
    const { story, guest, order, desk } = await largeOrder()
    const again = key()
    const body = { amount: 1_000, reason: '늦음' }
    const first = expectStatus(await desk.ask(desk.mina, order, body, again), 201)
    expect(first).toMatchObject({ state: 'DONE', policy: 'WITHIN_LIMIT', decided_by: null })
    const second = await desk.ask(desk.mina, order, body, again)
    expect(second.headers.get('idempotent-replayed')).toBe('true')
    const { id, refund_ids } = first
    expect(second.body).toMatchObject({ id, state: 'DONE', refund_ids })
    expect((await desk.ask(desk.mina, order, { ...body, amount: 2 }, again)).status).toBe(422)
    await story.settle()
    const refunds = await guest.get<ListBody<RefundBody>>(`/orders/${order.order_id}/refunds`)
    expect(refunds.body.items).toMatchObject([{ amount: 1_000, status: 'DONE' }])
    expect(actions(await auditOf(first.id))).toEqual(['refund-requested', 'refund-request-done'])
  })

  it('tapped twice at once is one', async () => {
    const { order, desk } = await largeOrder()
    const again = key()
    const body = { amount: 1_000, reason: '늦음' }
    const taps = await Promise.all([1, 2, 3].map(() => desk.ask(desk.mina, order, body, again)))
    expect(taps.map(({ status }) => status)).toEqual([201, 201, 201])
    expect(new Set(taps.map((tap) => tap.body.id)).size).toBe(1)
    const { refunds } = await desk.read(desk.mina, taps[0]!.body)
    expect(refunds).toHaveLength(1)
  })

  it('cannot be taken in small pieces', async () => {
    const { order, desk } = await largeOrder()
    const piece = { amount: 10_000, reason: '보상' }
    expect((await desk.ask(desk.mina, order, piece)).body.state).toBe('DONE')
    const second = expectStatus(await desk.ask(desk.mina, order, piece), 201)
    expect(second).toMatchObject({ state: 'REQUESTED', policy: 'REPEATED_FOR_ORDER' })
    const third = await desk.ask(desk.jun, order, piece)
    expect(third.status).toBe(409)
    expect(third.body.error).toMatchObject({
      reason: 'REFUND_REQUEST_OPEN',
      details: { request_id: second.id },
    })
  })

  it('cannot be taken in small pieces month by month', async () => {
    const { story, order, desk } = await largeOrder()
    const piece = { amount: 10_000, reason: '보상' }
    expect((await desk.ask(desk.mina, order, piece)).body.state).toBe('DONE')
    story.clockOnly(40 * 24 * 3_600_000)
    const later = await supportDesk(story)
    const second = expectStatus(await later.ask(later.mina, order, piece), 201)
    expect(second).toMatchObject({ state: 'REQUESTED', policy: 'REPEATED_FOR_ORDER' })
  })

  it('cannot be taken in pieces by several at once either', async () => {
    const { order, desk } = await largeOrder()
    const piece = { amount: 10_000, reason: '보상' }
    const asked = await Promise.all([desk.mina, desk.jun].map((who) => desk.ask(who, order, piece)))
    const states = asked.map(({ status, body }) => (status === 201 ? body.state : status))
    expect(states.filter((state) => state === 'DONE')).toHaveLength(1)
  })

  it('is refused by policy once the order is old, and stays to be read', async () => {
    const { story, order, desk } = await largeOrder()
    story.clockOnly(91 * 24 * 3_600_000)
    const late = await supportDesk(story)
    const asked = expectStatus(await late.ask(late.mina, order, { amount: 1, reason: '!' }), 201)
    expect(asked).toMatchObject({ state: 'REFUSED', policy: 'ORDER_TOO_OLD', refunds: [] })
    const decided = await late.decide(late.jun, asked, 'approve')
    expect(decided.body.error).toMatchObject({
      reason: 'REFUND_REQUEST_STATE',
      details: { state: 'REFUSED' },
    })
    expect(desk.mina.userId).not.toBe(late.mina.userId)
  })

  it('is refused by policy where the customer was erased', async () => {
    const { story, place } = await atTable()
    const desk = await supportDesk(story)
    const minsu = await member(story)
    const { order } = await place.paid(minsu)
    await erased(minsu.userId)
    const asked = expectStatus(await desk.ask(desk.mina, order, { amount: 1, reason: '!' }), 201)
    expect(asked).toMatchObject({ state: 'REFUSED', policy: 'CUSTOMER_ERASED' })
  })

  it('waits however small it is where the platform says so', async () => {
    await env.DB.prepare(
      "INSERT INTO platform_settings VALUES ('refund_without_approval_up_to', '0', 1, 'c', 0)",
    ).run()
    const { order, desk } = await largeOrder()
    const asked = await desk.ask(desk.mina, order, { amount: 1, reason: '!' })
    await env.DB.prepare('DELETE FROM platform_settings').run()
    expect(asked.body).toMatchObject({ state: 'REQUESTED', policy: 'ABOVE_LIMIT' })
  })

  it('is refused beyond what is left, of unknown lines and of unknown orders', async () => {
    const { story, order, desk } = await largeOrder()
    const { mina } = desk
    const tooMuch = await desk.ask(mina, order, { amount: 37_001, reason: '!' })
    expect(tooMuch.body.error).toMatchObject({
      reason: 'REFUND_TOO_LARGE',
      details: { refundable: 37_000 },
    })
    const unknown = [{ line_id: crypto.randomUUID(), quantity: 1 }]
    expect((await desk.ask(mina, order, { lines: unknown, reason: '!' })).status).toBe(400)
    const nobodys = { order_id: crypto.randomUUID() }
    expect((await desk.ask(mina, nobodys, { reason: '!' })).status).toBe(404)
    const elsewhere = {
      order_id: order.order_id.replace(/^./, (digit) => (digit === '1' ? '2' : '1')),
    }
    expect((await desk.ask(mina, elsewhere, { reason: '!' })).status).toBe(404)
    const path = `/support/orders/${order.order_id}/refunds`
    expect((await mina.post(path, { reason: '!' }, { key: null })).status).toBe(400)
    await story.settle()
  })

  it('of portions is what they came to when it was approved, or none', async () => {
    const { place, order, desk } = await largeOrder()
    const lines = [{ line_id: order.items[0]?.line_id, quantity: 2 }]
    const asked = expectStatus(await desk.ask(desk.mina, order, { lines, reason: '식음' }), 201)
    expect(asked).toMatchObject({ amount: 37_000, lines })
    await place.owner.post(`/restaurants/me/orders/${order.order_id}/refunds`, {
      lines: [{ ...lines[0], quantity: 1 }],
      reason: '먼저',
    })
    const approved = expectStatus(await desk.decide(desk.jun, asked, 'approve'), 200)
    expect(approved).toMatchObject({ state: 'FAILED', failure: 'INVALID', refunds: [] })
    expect(actions(await auditOf(asked.id)).at(-1)).toBe('refund-request-failed')
  })

  it('of everything, before the kitchen has accepted, cancels the order', async () => {
    const { story, place, guest } = await atTable()
    const { order } = await place.paid(guest)
    const desk = await supportDesk(story)
    const asked = expectStatus(await desk.ask(desk.mina, order, { reason: '잘못 주문' }), 201)
    expect(asked).toMatchObject({ state: 'DONE', refunds: [{ amount: 18_500 }] })
    await story.settle()
    const { body } = await guest.get<OrderBody>(`/orders/${order.order_id}`)
    expect(body).toMatchObject({ status: 'CANCELLED', payment_status: 'REFUNDED' })
  })

  it('is nobody else’s to ask for', async () => {
    const { story, place, guest, order, desk } = await largeOrder()
    const others = [guest, place.owner, place.staff, await member(story), desk.admin]
    for (const who of others)
      expect((await desk.ask(who, order, { amount: 1, reason: '?' })).status).toBe(403)
  })
})

describe('deciding about a refund', () => {
  const requested = async () => {
    const made = await largeOrder()
    const asked = await made.desk.ask(made.desk.mina, made.order, { reason: '덜 익음' })
    return { ...made, asked: expectStatus(asked, 201) }
  }

  it('is not for who asked', async () => {
    const { desk, asked } = await requested()
    for (const verb of ['approve', 'refuse'] as const) {
      const own = await desk.decide(desk.mina, asked, verb)
      expect([own.status, own.body.error.reason]).toEqual([403, 'SAME_PERSON'])
    }
    expect((await desk.read(desk.mina, asked)).state).toBe('REQUESTED')
  })

  it('is not for whose order it is either', async () => {
    const { story, place } = await atTable()
    const desk = await supportDesk(story)
    const { order } = await place.paid(desk.jun)
    const own = expectStatus(await desk.ask(desk.jun, order, { amount: 100, reason: '내 것' }), 201)
    expect(own).toMatchObject({
      state: 'REQUESTED',
      policy: 'OWN_ORDER',
      customer_id: desk.jun.userId,
    })
    expect((await desk.decide(desk.jun, own, 'approve')).status).toBe(403)
    const other = await place.paid(desk.jun)
    const asked = expectStatus(
      await desk.ask(desk.mina, other.order, { amount: 100, reason: '부탁' }),
      201,
    )
    expect(asked.state).toBe('DONE')
  })

  it('to the contrary keeps the money where it is', async () => {
    const { story, guest, order, desk, asked } = await requested()
    const refused = expectStatus(
      await desk.decide(desk.admin, asked, 'refuse', { note: '증거 없음' }),
      200,
    )
    expect(refused).toMatchObject({ state: 'REFUSED', decided_by: desk.admin.userId, refunds: [] })
    await story.passesUntilQuiet()
    const refunds = await guest.get<ListBody<RefundBody>>(`/orders/${order.order_id}/refunds`)
    expect(refunds.body.items).toEqual([])
    const after = await desk.decide(desk.jun, asked, 'approve')
    expect([after.status, after.body.error.reason]).toEqual([409, 'REFUND_REQUEST_STATE'])
    // A new one may be asked for; however small it is, a person looks at it again.
    const small = { amount: 1_000, reason: '사진이 있음' }
    const again = expectStatus(await desk.ask(desk.mina, order, small), 201)
    expect(again).toMatchObject({ state: 'REQUESTED', policy: 'REPEATED_FOR_ORDER' })
  })

  it('said twice by one person is said once', async () => {
    const { desk, asked } = await requested()
    const first = expectStatus(await desk.decide(desk.jun, asked, 'approve'), 200)
    const second = await desk.decide(desk.jun, asked, 'approve')
    const { id, refund_ids } = first
    expect(second.body).toMatchObject({ id, state: 'DONE', refund_ids })
    expect(second.headers.get('idempotent-replayed')).toBe('true')
    expect((await desk.decide(desk.jun, asked, 'refuse')).status).toBe(409)
    expect(actions(await auditOf(asked.id))).toHaveLength(3)
  })

  it('by two at once: one has decided, and one refund is entered', async () => {
    const { desk, asked } = await requested()
    const answers = await Promise.all([
      desk.decide(desk.jun, asked, 'approve'),
      desk.decide(desk.admin, asked, 'refuse'),
      desk.decide(desk.jun, asked, 'approve'),
    ])
    expect(answers.filter(({ status }) => status === 409).length).toBeGreaterThan(0)
    const { state, refunds, decided_by: by } = await desk.read(desk.mina, asked)
    expect(refunds).toHaveLength(state === 'REFUSED' ? 0 : 1)
    expect(state).not.toMatch(NONE)
    expect(by).toBe(state === 'REFUSED' ? desk.admin.userId : desk.jun.userId)
    const decided = actions(await auditOf(asked.id)).filter((action) =>
      /approved|refused/.test(String(action)),
    )
    expect(decided).toHaveLength(1)
  })

  it('is nobody else’s', async () => {
    const { story, place, guest, desk, asked } = await requested()
    for (const who of [guest, place.owner, place.staff, await member(story)])
      expect((await desk.decide(who, asked, 'approve')).status).toBe(403)
    expect((await desk.decide(desk.jun, { id: crypto.randomUUID() }, 'approve')).status).toBe(404)
  })
})

describe('a Worker that dies between approval and refund', () => {
  it('leaves it to the cron, which enters one refund, wherever it died', async () => {
    const whole = await largeOrder()
    const { calls } = await whole.desk.mina.postCut(ALL, ...wishOf(whole))
    expect(calls).toBeGreaterThan(3)
    for (let after = 0; after < calls; after += 1) {
      const made = await largeOrder()
      const { story, guest, order, desk } = made
      const again = key()
      await desk.mina.postCut(after, ...wishOf(made, again))
      await story.passes(6 * MINUTE)
      await story.cron()
      await story.settle()
      const refunds = await guest.get<ListBody<RefundBody>>(`/orders/${order.order_id}/refunds`)
      const listed = await desk.mina.get<ListBody<{ state: string }>>(
        `/support/refunds?order_id=${order.order_id}`,
      )
      const states = listed.body.items.map(({ state }) => state)
      // Nothing was written down, or all of it came about.
      expect([after, refunds.body.items.length, states]).toEqual(
        states.length === 0 ? [after, 0, []] : [after, 1, ['DONE']],
      )
      const repeated = await desk.mina.post<{ state: string }>(...wishOf(made, again))
      expect([after, repeated.status, repeated.body.state]).toEqual([after, 201, 'DONE'])
      const once = await guest.get<ListBody<RefundBody>>(`/orders/${order.order_id}/refunds`)
      expect([after, once.body.items.length]).toEqual([after, 1])
    }
  }, 120_000)

  const wishOf = (
    { order }: { order: OrderBody },
    again = key(),
  ): [string, object, { key: string }] => [
    `/support/orders/${order.order_id}/refunds`,
    { amount: 2_000, reason: '늦음' },
    { key: again },
  ]
})

describe('while the database is down', () => {
  it('nothing is asked for or decided', async () => {
    const { story, order, desk } = await largeOrder()
    story.d1Goes('down')
    const asked = await desk.ask(desk.mina, order, { amount: 1_000, reason: '!' })
    story.d1Goes('up')
    expect(asked.status).toBe(503)
  })
})
