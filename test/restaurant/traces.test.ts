import { describe, expect, it } from 'vitest'
import type { LogLine } from '../../src/runtime.ts'
import { collectLines } from '../support/object-lines.ts'
import { guest, openRestaurantObject, orderOf, withItem } from '../support/restaurant.ts'
import { newTrace } from '../support/traces.ts'

const MINUTE = 60_000
const A_TRACE = /^[0-9a-f]{32}$/

/** An order that nobody pays, placed within a trace or, as by an earlier version, without one. */
async function unpaid(traceId: string | null) {
  const restaurant = await openRestaurantObject()
  const { item } = await withItem(restaurant)
  const lines: LogLine[] = []
  collectLines(restaurant.key, (line) => lines.push(line))
  const command = orderOf([{ itemId: item.id, quantity: 1 }])
  const { outcome } = await restaurant.stub().execute({
    ...{ command, asker: guest('minsu'), idempotency: null, traceId },
  })
  if (!outcome.ok) throw new Error(outcome.refusal.kind)
  const { order } = outcome.value as { order: { id: string } }
  const expire = async () => {
    lines.splice(0)
    restaurant.passes(15 * MINUTE)
    await restaurant.ringAlarm()
    return lines
  }
  return { restaurant, orderId: order.id, lines, expire }
}

describe('what an object writes down', () => {
  it('has the trace of the command with its events, and with what is due later', async () => {
    const traceId = newTrace()
    const { restaurant, orderId } = await unpaid(traceId)
    const events = await restaurant.rows(
      "SELECT trace_id FROM events WHERE type = 'NEW_ORDER' ORDER BY seq",
    )
    expect(events).toEqual([{ trace_id: traceId }])
    const due = await restaurant.rows(
      'SELECT kind, trace_id FROM agenda WHERE subject = ? ORDER BY kind',
      orderId,
    )
    expect(due).toEqual([{ kind: 'expire-order', trace_id: traceId }])
    const forEver = await restaurant.rows(
      "SELECT count(*) AS n FROM agenda WHERE kind IN ('publish', 'housekeeping') AND trace_id IS NOT NULL",
    )
    expect(forEver).toEqual([{ n: 0 }])
  })

  it.each([
    ['goes on with the trace that entered it', false],
    ['goes on with it after the object was put to sleep', true],
  ])('%s, when time runs out', async (_, evicted) => {
    const traceId = newTrace()
    const { restaurant, orderId, expire } = await unpaid(traceId)
    if (evicted) await restaurant.evict()
    const [line] = (await expire()).filter(({ kind }) => kind === 'order')
    expect(line).toMatchObject({ event: 'STATUS_CHANGED', status: 'EXPIRED', orderId, traceId })
    const last = (await restaurant.events()).at(-1)
    expect(last).toMatchObject({ type: 'STATUS_CHANGED', traceId })
  })

  it('begins a trace for what an earlier version entered', async () => {
    const { orderId, expire } = await unpaid(null)
    const [line] = (await expire()).filter(({ kind }) => kind === 'order')
    expect(line).toMatchObject({ status: 'EXPIRED', orderId })
    expect(line?.['traceId']).toMatch(A_TRACE)
  })

  it('says of an entry that fails whose it is, and of which order', async () => {
    const traceId = newTrace()
    const { restaurant, orderId, expire } = await unpaid(traceId)
    await restaurant.rows(`CREATE TRIGGER broken BEFORE UPDATE ON orders
      BEGIN SELECT RAISE(ABORT, 'call 010-1234-5678 or "홍길동"'); END`)
    const [failed] = (await expire()).filter(({ kind }) => kind === 'agenda-failed')
    const about = { entry: 'expire-order', subject: orderId, orderId, traceId }
    expect(failed).toMatchObject({ ...about, restaurantId: restaurant.id, what: 'postponed' })
    expect(failed?.['error']).toContain('call [digits] or "…"')
  })
})
