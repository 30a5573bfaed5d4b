import { randomUUID } from 'node:crypto'
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { consume, createReceiver, handlerInto, type PartnerEvent } from '../../examples/partner.ts'
import { startStandIn, type Fault } from './stand-in.ts'

vi.spyOn(console, 'error').mockReturnValue()

const [CHICKEN, NOODLES] = ['chicken', 'noodles']
const eventOf = (restaurant: string, seq: number): PartnerEvent => ({
  id: randomUUID(),
  seq,
  type: 'STATUS_CHANGED',
  restaurant_id: restaurant,
  occurred_at: '2026-11-20T03:00:00.000Z',
  data: { order: { order_number: `A00${seq}` } },
})
const EVENTS = [1, 2, 3].flatMap((seq) => [eventOf(CHICKEN, seq), eventOf(NOODLES, seq)])

const open: { close(): unknown }[] = []
afterAll(() => {
  for (const one of open.splice(0)) one.close()
})

/** Runs the loop with a handler that remembers, until everything is acknowledged. */
async function consumed(
  faults: Partial<Record<string, Fault[]>> = {},
  { clockOffsetMs = 0, handle = (_: PartnerEvent): void => undefined } = {},
) {
  const feed = await startStandIn(EVENTS, clockOffsetMs)
  open.push(feed)
  Object.assign(feed.faults, faults)
  const stopping = new AbortController()
  const effects: PartnerEvent[] = []
  const ended = consume({ ...feed, stop: stopping.signal }, (event) => {
    handle(event)
    if (!effects.some(({ id }) => id === event.id)) effects.push(event)
  })
  const stop = () => {
    stopping.abort()
    return ended
  }
  const all = vi.waitFor(() => expect(feed.acked.size).toBe(EVENTS.length), { timeout: 10_000 })
  return { feed, effects, stop, ended, all }
}

describe('the example of a partner', () => {
  const faults: [string, Partial<Record<string, Fault[]>>][] = [
    ['a pull that never arrives', { pull: ['refused'] }],
    ['a pull that is refused for its signature', { pull: [401] }],
    ['too many calls', { pull: [429], ack: [429] }],
    ['a server that has no time', { pull: [503], ack: [503] }],
    ['a server that breaks', { pull: [500] }],
    ['an acknowledgement that never arrives', { ack: ['refused'] }],
    ['an acknowledgement whose answer is lost', { ack: ['lost'] }],
    ['an acknowledgement that comes after the lease', { ack: [409] }],
  ]

  it.concurrent.each(faults)('handles every event once in effect through %s', async (_, fault) => {
    const { feed, effects, stop, all } = await consumed(structuredClone(fault))
    await all
    await stop()
    expect(effects).toEqual(EVENTS.map((event) => expect.objectContaining(event) as PartnerEvent))
    expect(Object.values(feed.faults).flat()).toEqual([])
  })

  it('gets what it was handed again when the answer that handed it out was lost', async () => {
    const { feed, effects, stop, all } = await consumed({ pull: ['lost'] })
    await vi.waitFor(() => expect(feed.calls.length).toBeGreaterThan(1), { timeout: 5_000 })
    expect(effects).toEqual([])
    feed.endLease()
    await all
    await stop()
    expect(effects).toHaveLength(EVENTS.length)
  })

  it('waits as long as it is told to', async () => {
    const began = performance.now()
    const { stop, all } = await consumed({ pull: [429] })
    await all
    await stop()
    expect(performance.now() - began).toBeGreaterThanOrEqual(1_000)
  })

  it("goes by the server's clock where its own is refused", async () => {
    const { feed, stop, all } = await consumed({}, { clockOffsetMs: 3_600_000 })
    await all
    await stop()
    expect(feed.calls[0]).toEqual({ what: 'pull', status: 401 })
  })

  it('hands back what it cannot handle, and what follows in that restaurant waits', async () => {
    const second = EVENTS.filter(({ restaurant_id: id }) => id === CHICKEN)[1]!
    let failures = 0
    const { feed, effects, stop, all } = await consumed(
      {},
      {
        handle: ({ id }) => {
          if (id === second.id && failures++ === 0) throw new Error('the till is locked')
        },
      },
    )
    await all
    await stop()
    const third = EVENTS.filter(({ restaurant_id: id }) => id === CHICKEN)[2]!
    expect(feed.retried).toEqual([
      { id: second.id, delaySeconds: 10 },
      { id: third.id, delaySeconds: 0 },
    ])
    const ofChicken = effects.filter(({ restaurant_id: id }) => id === CHICKEN)
    expect(ofChicken.map(({ seq }) => seq)).toEqual([1, 2, 3])
    expect(effects.slice(0, 4).map(({ restaurant_id: id }) => id)).toContain(NOODLES)
    expect(effects).toHaveLength(EVENTS.length)
  })

  it('when told to end, acknowledges what it handled and hands the rest back', async () => {
    const world = await consumed({}, { handle: () => void world.stop() })
    await world.ended
    const [first, ...rest] = EVENTS.map(({ id }) => id)
    expect([...world.feed.acked]).toEqual([first])
    expect(world.feed.retried).toEqual(rest.map((id) => ({ id, delaySeconds: 0 })))
  })

  it('ends at once when told to while nothing happens', async () => {
    const { feed, stop, all } = await consumed()
    await all
    const began = performance.now()
    await stop()
    expect(performance.now() - began).toBeLessThan(1_000)
    expect(feed.calls.every(({ status }) => status === 200)).toBe(true)
  })

  it('ends with an error where a call will never be taken', async () => {
    const { ended } = await consumed({ pull: [403] })
    await expect(ended).rejects.toThrow('never be taken')
  })
})

describe('the file of what was handled', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ordersync-events-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const [one, two, three] = EVENTS as [PartnerEvent, PartnerEvent, PartnerEvent]
  const linesOf = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n')

  it('has an event once, however often it is handed out, also after a new start', async () => {
    const file = join(folder, 'again.jsonl')
    const first = handlerInto(file)
    for (const event of [one, two, one]) await first(event)
    const second = handlerInto(file)
    for (const event of [two, three]) await second(event)
    expect(linesOf(file)).toEqual([one, two, three].map((event) => JSON.stringify(event)))
  })

  it('takes an event that was given up and is sent again', async () => {
    const file = join(folder, 'given-up.jsonl')
    const handle = handlerInto(file)
    await handle({ ...one, type: 'DEAD_LETTERED', data: { type: one.type, attempts: 10 } })
    await handle(one)
    expect(linesOf(file)).toEqual([JSON.stringify(one)])
    expect(console.error).toHaveBeenCalledWith(expect.stringContaining(one.id))
  })

  it('takes an event anew whose line was torn by a crash', async () => {
    const file = join(folder, 'torn.jsonl')
    await handlerInto(file)(one)
    appendFileSync(file, JSON.stringify(two).slice(0, 40))
    await handlerInto(file)(two)
    expect(linesOf(file)).toEqual([one, two].map((event) => JSON.stringify(event)))
  })
})

describe('receiving what is pushed', () => {
  const key = (letter: string) => `whsec_${Buffer.from(letter.repeat(32)).toString('base64')}`
  const [secret, other] = [key('s'), key('o')]
  const event = EVENTS[0]!
  const body = JSON.stringify(event)

  async function received(
    headersOf: (sign: (secret: string, at: Date) => string) => Record<string, string>,
    sent = body,
  ) {
    const got: PartnerEvent[] = []
    const server = createReceiver(secret, (pushed) => {
      if (pushed.type === 'FULL') throw new Error('the disk is full')
      got.push(pushed)
    })
    open.push(server)
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', () => listening()))
    const { port } = server.address() as AddressInfo
    const sign = (by: string, at: Date) => new Webhook(by).sign(event.id, at, sent)
    const answer = await fetch(`http://127.0.0.1:${port}`, {
      method: 'POST',
      headers: headersOf(sign),
      body: sent,
    })
    return { status: answer.status, got }
  }
  const headers = (signature: string, at: Date, id = event.id) => ({
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': signature,
  })
  const now = new Date()
  const longAgo = new Date(now.getTime() - 301_000)

  it('takes what Standard Webhooks signs', async () => {
    const { status, got } = await received((sign) => headers(sign(secret, now), now))
    expect({ status, got }).toEqual({ status: 204, got: [event] })
  })

  it('takes it while the secret is being replaced', async () => {
    const { status } = await received((sign) =>
      headers(`${sign(other, now)} ${sign(secret, now)}`, now),
    )
    expect(status).toBe(204)
  })

  const forged: [string, Parameters<typeof received>[0]][] = [
    ['signed with another secret', (sign) => headers(sign(other, now), now)],
    ['signed long ago', (sign) => headers(sign(secret, longAgo), longAgo)],
    ['with another time than was signed', (sign) => headers(sign(secret, longAgo), now)],
    ['under another id', (sign) => headers(sign(secret, now), now, randomUUID())],
    ['of another version', (sign) => headers(sign(secret, now).replace('v1,', 'v2,'), now)],
    ['not signed at all', () => ({})],
  ]
  it.each(forged)('refuses what is %s', async (_, headersOf) => {
    expect(await received(headersOf)).toEqual({ status: 401, got: [] })
  })

  it('does not take what it could not handle', async () => {
    const full = JSON.stringify({ ...event, type: 'FULL' })
    const { status } = await received((sign) => headers(sign(secret, now), now), full)
    expect(status).toBe(500)
  })
})
