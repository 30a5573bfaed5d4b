import { describe, expect, it, vi } from 'vitest'
import type { LogLine } from '../../src/runtime.ts'
import { subscribed } from '../support/subscribed.ts'
import { atTable, expectStatus, type OrderBody } from '../support/story-restaurant.ts'
import { MINUTE, SECOND, type Story } from '../support/story.ts'
import { newTrace, within } from '../support/traces.ts'

vi.setConfig({ testTimeout: 60_000 })

const linesOf = (story: Story, orderId: string): LogLine[] =>
  story.world.logged.filter((line) => line['orderId'] === orderId)
const traceIds = (lines: readonly LogLine[]): unknown[] => [
  ...new Set(lines.map(({ traceId }) => traceId)),
]

const STEPS: readonly [step: string, wanted: Record<string, unknown>][] = [
  ['asked for', { kind: 'http', method: 'POST', route: '/api/v1/orders', status: 201 }],
  ['placed', { kind: 'order', event: 'NEW_ORDER', status: 'PENDING' }],
  ['decided', { kind: 'command', command: 'place-order', refusal: null }],
  ['opened at the provider', { kind: 'provider', call: 'open', outcome: 'opened' }],
  ['confirmed', { kind: 'command', command: 'claim-capture', refusal: null }],
  ['taken', { kind: 'provider', call: 'capture', outcome: 'captured' }],
  ['told of by the provider', { kind: 'command', command: 'note-webhook', refusal: null }],
  ['looked up', { kind: 'provider', call: 'lookUp' }],
  ['paid', { kind: 'order', event: 'PAYMENT_COMPLETED', paymentStatus: 'PAID' }],
  ['partly taken out', { kind: 'order', event: 'STATUS_CHANGED', status: 'ACCEPTED', takenOut: 1 }],
  ['paid back', { kind: 'provider', call: 'refund', outcome: 'done' }],
  [
    'told to the partner',
    { kind: 'delivery-sent', destinationKind: 'PUSH', eventType: 'NEW_ORDER' },
  ],
  ['completed', { kind: 'order', event: 'STATUS_CHANGED', status: 'COMPLETED' }],
]

describe('the lines of one order', () => {
  it('tell its whole life, found by its id alone', async () => {
    const { story, place, guest } = await atTable()
    await subscribed(story, place.id, '/partner/orders')
    const items = [place.spicy, { menu_id: place.cola.id, quantity: 2 }]
    const { order } = await place.paid(guest, { items, special_requests: '덜 맵게' })
    await story.settle()
    await story.passes(3 * SECOND)
    const cola = order.items.find(({ menu_id }) => menu_id === place.cola.id)
    const taken = {
      estimated_time_minutes: 20,
      unavailable_lines: [{ line_id: cola?.line_id, quantity: 1 }],
    }
    expectStatus(await place.handle(place.staff, order, 'accept', taken), 200)
    await story.passes(MINUTE)
    for (const verb of ['ready', 'complete'])
      expectStatus(await place.handle(place.staff, order, verb), 200)
    await story.passes(MINUTE)
    const lines = linesOf(story, order.order_id)
    for (const [step, wanted] of STEPS)
      expect(lines, step).toContainEqual(expect.objectContaining(wanted))
    for (const line of lines)
      expect(line['traceId'], JSON.stringify(line)).toMatch(/^[0-9a-f]{32}$/)
    for (const line of lines)
      if (line['restaurantId'] !== undefined) expect(line['restaurantId']).toBe(place.id)
  })
})

describe('a trace', () => {
  it('is that of the tap, whatever follows from it and wherever', async () => {
    const { story, place, guest } = await atTable()
    await subscribed(story, place.id, '/partner/traced')
    const traceId = newTrace()
    const body = { restaurant_id: place.id, items: [place.spicy], payment_method: 'CARD' }
    const placed = await guest.post<OrderBody>('/orders', body, { headers: within(traceId) })
    const { order_id: orderId } = expectStatus(placed, 201)
    await story.settle()
    const lines = linesOf(story, orderId)
    expect(new Set(lines.map(({ kind }) => kind))).toEqual(
      new Set(['http', 'command', 'order', 'delivery-sent']),
    )
    expect(traceIds(lines)).toEqual([traceId])
    const [pushed] = story.received().filter(({ path }) => path === '/partner/traced')
    expect(pushed?.headers['traceparent']).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`))
  })

  it('goes on when the time of an order is over, hours after whoever placed it', async () => {
    const { story, place, guest } = await atTable()
    const traceId = newTrace()
    const body = { restaurant_id: place.id, items: [place.spicy], payment_method: 'CARD' }
    const placed = await guest.post<OrderBody>('/orders', body, { headers: within(traceId) })
    const { order_id: orderId } = expectStatus(placed, 201)
    await story.passes(16 * MINUTE)
    const expired = linesOf(story, orderId).filter(({ status }) => status === 'EXPIRED')
    expect(expired).toMatchObject([{ kind: 'order', event: 'STATUS_CHANGED', traceId }])
  })

  it('is the same in the queue when the first try failed', async () => {
    const { story, place, guest } = await atTable()
    await subscribed(story, place.id, '/partner/late')
    story.receiverFaults.add({ status: 503 })
    const traceId = newTrace()
    const body = { restaurant_id: place.id, items: [place.spicy], payment_method: 'CARD' }
    const placed = await guest.post<OrderBody>('/orders', body, { headers: within(traceId) })
    const { order_id: orderId } = expectStatus(placed, 201)
    story.receiverFaults.clear()
    for (let minutes = 0; minutes < 3; minutes += 1) {
      await story.passes(MINUTE)
      await story.cron('* * * * *')
      await story.settle()
    }
    const sent = linesOf(story, orderId).filter(({ kind }) => kind.startsWith('delivery-'))
    expect(sent.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['delivery-failed', 'delivery-sent']),
    )
    expect(traceIds(sent)).toEqual([traceId])
  })

  it('is a new one for every scheduled job', async () => {
    const { story } = await atTable()
    story.world.logged.splice(0)
    await story.cron('*/5 * * * *')
    const done = story.world.logged.filter(({ kind }) => kind === 'cron-done')
    expect(done.length).toBeGreaterThan(1)
    expect(traceIds(done)).toHaveLength(done.length)
  })
})
