import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { createPartnerFeed } from '../../src/db/repositories/feed.ts'
import type { HandedEvent } from '../../src/db/repositories/feed-ports.ts'
import type { EventType } from '../../src/domain/events.ts'
import { LEASE_MS } from '../../src/domain/outgoing/lease.ts'
import { feedPartner, feedRestaurant, type Batch } from '../support/feed.ts'

type Restaurant = ReturnType<typeof feedRestaurant>
type Partner = ReturnType<typeof feedPartner>

const EACH_TIME = 200
const typeOf = (seq: number): EventType => (seq % 3 === 0 ? 'NEW_ORDER' : 'STATUS_CHANGED')

async function arrive({ event, project }: Restaurant, from: number, to: number): Promise<void> {
  for (let at = from; at <= to; at += EACH_TIME) {
    const seqs = Array.from({ length: Math.min(EACH_TIME, to - at + 1) }, (_, n) => at + n)
    await project(...seqs.map((seq) => event(seq, 1, typeOf(seq))))
  }
}

async function restaurantsWith(events: number, count: number): Promise<readonly Restaurant[]> {
  const made = Array.from({ length: count }, () => feedRestaurant())
  for (const restaurant of made) await arrive(restaurant, 1, events / count)
  return made
}

/** A partner of these restaurants, and what D1 read for its last call. */
async function countedPartner(restaurants: readonly Restaurant[]) {
  const read = { rows: 0 }
  const database = Object.assign(Object.create(env.DB) as D1Database, {
    prepare: (text: string) => env.DB.prepare(text),
    async batch(statements: D1PreparedStatement[]) {
      const results = await env.DB.batch(statements)
      read.rows = results.reduce((rows, { meta }) => rows + meta.rows_read, 0)
      return results
    },
  })
  const partner = feedPartner(undefined, createPartnerFeed(database))
  for (const { id } of restaurants) await partner.subscribe(id)
  const turn = async () => {
    const batch = await partner.pull()
    const pulling = read.rows
    await partner.ack(batch)
    partner.clock.now += 100
    return { events: batch.events.length, pulling, settling: read.rows }
  }
  return { turn }
}

/** The most that any pull and any acknowledgement read, until everything is taken. */
async function drained(restaurants: readonly Restaurant[]) {
  const { turn } = await countedPartner(restaurants)
  let [events, pulling, settling] = [0, 0, 0]
  for (;;) {
    const taken = await turn()
    if (taken.events === 0) return { events, pulling, settling }
    events += taken.events
    pulling = Math.max(pulling, taken.pulling)
    settling = Math.max(settling, taken.settling)
  }
}

describe('what a pull reads', () => {
  it.each([
    [1, 1.2],
    [100, 3],
  ])(
    'does not grow with what waits in %i restaurants, nor with what was taken',
    async (n, most) => {
      const few = await drained(await restaurantsWith(1_000, n))
      const many = await drained(await restaurantsWith(10_000, n))
      expect([few.events, many.events]).toEqual([1_000, 10_000])
      expect(many.pulling / few.pulling).toBeLessThan(most)
      expect(many.settling / few.settling).toBeLessThan(most)
    },
    60_000,
  )

  it('does not grow with what other partners were handed', async () => {
    const restaurants = await restaurantsWith(2_000, 4)
    const first = await drained(restaurants)
    await drained(restaurants)
    await drained(restaurants)
    const fourth = await drained(restaurants)
    expect(fourth.pulling / first.pulling).toBeLessThan(1.1)
    expect(fourth.settling / first.settling).toBeLessThan(1.1)
  }, 60_000)

  it('is little where nothing is left', async () => {
    const restaurants = await restaurantsWith(2_000, 2)
    const { turn } = await countedPartner(restaurants)
    while ((await turn()).events > 0);
    expect((await turn()).pulling).toBeLessThan(60)
  })
})

/** The same draws every time. */
function drawsFrom(seed: number) {
  let state = seed
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** What a partner has of it in the end: each event once, whoever of its workers had it. */
function effects() {
  const known = new Set<string>()
  const order = new Map<string, number[]>()
  let repeats = 0
  return {
    known,
    order,
    repeats: () => repeats,
    apply({ id, restaurantId, seq, dead }: HandedEvent) {
      expect(dead).toBe(false)
      if (known.has(id)) {
        repeats += 1
        return
      }
      known.add(id)
      order.set(restaurantId, [...(order.get(restaurantId) ?? []), seq])
    },
  }
}

/** Handed out so often, an event is near being given up: then nobody dies of it or is slow any more. */
const OFTEN = 6
/** What becomes of a batch that nothing goes wrong with. */
const WELL = 10
const isTried = ({ events }: Batch): boolean => events.some(({ attempt }) => attempt >= OFTEN)

/** Does one thing at each call: takes a batch, or something with the one it has. */
function worker(partner: Partner, made: ReturnType<typeof effects>, seed: number) {
  const draw = drawsFrom(seed)
  let held: Batch | null = null
  let pausing = 0
  const applied = (events: readonly HandedEvent[]) => {
    for (const event of events) made.apply(event)
  }
  async function settle(batch: Batch): Promise<void> {
    const half = batch.events.slice(0, Math.ceil(batch.events.length / 2))
    const rest = batch.events.slice(half.length)
    held = null
    const fate = draw(11)
    switch (isTried(batch) ? WELL : fate) {
      // It dies before, in the middle of, or after its work; nobody hears of it.
      case 0:
        return
      case 1:
        applied(half)
        return
      case 2:
        applied(batch.events)
        return
      case 3:
        applied(half)
        await partner.ack(batch, [], idsOf(half))
        await partner.giveBack({ ...batch, events: rest, seqs: seqsOf(rest) }, undefined, 4_000)
        return
      // The answer is lost, and it is said again.
      case 4:
        applied(batch.events)
        await partner.ack(batch, [], idsOf(batch.events))
        await partner.ack(batch, [], idsOf(batch.events))
        return
      default:
        applied(batch.events)
        await partner.ack(batch, [], idsOf(batch.events))
    }
  }
  return async (): Promise<void> => {
    if (pausing > 0) {
      pausing -= 1
      return
    }
    if (held !== null) {
      await settle(held)
      return
    }
    const batch = await partner.pull({ max: 40 + draw(61) })
    if (batch.events.length > 0) held = batch
    // Some are so slow that their lease is over when they begin.
    if (draw(6) === 0 && !isTried(batch)) pausing = 1 + draw(14)
  }
}

const idsOf = (events: readonly HandedEvent[]) => events.map(({ id }) => id)
const seqsOf = (events: readonly HandedEvent[]) => events.map(({ seq }) => seq)

describe('10,000 events', () => {
  it('reach every partner, each once in effect and in order, whatever becomes of workers', async () => {
    const [restaurants, seqs] = [Array.from({ length: 100 }, () => feedRestaurant()), 100]
    for (const restaurant of restaurants) await arrive(restaurant, 1, seqs / 2)
    const [all, some] = [feedPartner(), feedPartner()]
    for (const { id } of restaurants) await all.subscribe(id)
    const seen = restaurants.slice(0, 50)
    for (const { id } of seen) await some.subscribe(id, ['NEW_ORDER'])
    const [ofAll, ofSome] = [effects(), effects()]
    const workers = [
      ...[1, 2, 3, 4].map((seed) => worker(all, ofAll, seed)),
      ...[5, 6].map((seed) => worker(some, ofSome, seed)),
    ]
    const wanted = Array.from({ length: seqs }, (_, n) => n + 1)
    const wantedBySome = wanted.filter((seq) => typeOf(seq) === 'NEW_ORDER')
    const done = () =>
      ofAll.known.size >= restaurants.length * seqs &&
      ofSome.known.size >= seen.length * wantedBySome.length
    for (let turn = 0; turn < 2_000 && !done(); turn += 1) {
      // The other half arrives meanwhile, every stretch of it in two parts, the later part first.
      const late = restaurants[turn]
      if (late) {
        await arrive(late, 81, seqs)
        await arrive(late, 51, 85)
      }
      await Promise.all(workers.map((step) => step()))
      for (const { clock } of [all, some]) clock.now += LEASE_MS / 10
    }
    expect(ofAll.known.size).toBe(restaurants.length * seqs)
    for (const { id, event } of restaurants) {
      expect(ofAll.order.get(id)).toEqual(wanted)
      expect(wanted.every((seq) => ofAll.known.has(event(seq).id))).toBe(true)
    }
    expect(ofSome.known.size).toBe(seen.length * wantedBySome.length)
    for (const { id } of seen) expect(ofSome.order.get(id)).toEqual(wantedBySome)
    // Workers did die with what they had done.
    expect(ofAll.repeats()).toBeGreaterThan(500)
  }, 120_000)
})
