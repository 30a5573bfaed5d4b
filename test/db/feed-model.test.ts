import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { feedPartner, feedRestaurant, type Batch } from '../support/feed.ts'

type Step =
  | { do: 'arrive'; restaurant: number; seq: number }
  | { do: 'pull'; worker: number; max: number }
  | { do: 'ack' | 'giveBack'; worker: number; keep: number }
  | { do: 'pass'; ms: number }

const worker = fc.integer({ min: 0, max: 2 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('arrive' as const),
    restaurant: fc.integer({ min: 0, max: 1 }),
    seq: fc.integer({ min: 1, max: 6 }),
  }),
  fc.record({ do: fc.constant('pull' as const), worker, max: fc.integer({ min: 1, max: 6 }) }),
  fc.record({
    do: fc.constantFrom('ack' as const, 'giveBack' as const),
    worker,
    keep: fc.integer({ min: 0, max: 7 }),
  }),
  fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(1_000, 60_000) }),
)

/** One partner's workers over two restaurants of six events each; what was acknowledged, by restaurant. */
function scene() {
  const partner = feedPartner()
  const restaurants = [feedRestaurant(), feedRestaurant()] as const
  const arrived = restaurants.map(() => new Set<number>())
  const done = new Map(restaurants.map(({ id }) => [id, new Set<number>()]))
  const held = new Map<string, { until: number; lease: string; open: Set<string> }>()
  const hands: (Batch | null)[] = [null, null, null]

  function check(batch: Batch) {
    for (const [index, { id }] of restaurants.entries()) {
      const seqs = batch.events.filter((e) => e.restaurantId === id).map(({ seq }) => seq)
      if (seqs.length === 0) continue
      const lease = held.get(id)
      // Never two live leases on one restaurant.
      expect(!lease || lease.until <= partner.clock.now || lease.open.size === 0).toBe(true)
      expect(seqs).toEqual(seqs.toSorted((a, b) => a - b))
      const settled = done.get(id)
      for (const seq of seqs) {
        expect(settled?.has(seq)).toBe(false)
        // Nothing past what has arrived without a gap, and nothing before what is not done.
        for (let before = 1; before < seq; before += 1) {
          expect(arrived[index]?.has(before)).toBe(true)
          expect((settled?.has(before) ?? false) || seqs.includes(before)).toBe(true)
        }
      }
      const ids = batch.events.filter((e) => e.restaurantId === id).map((e) => e.id)
      held.set(id, {
        until: partner.clock.now + 60_000,
        lease: batch.leaseId,
        open: new Set(ids),
      })
    }
  }

  async function pull(by: number, max = 100) {
    const batch = await partner.pull({ max })
    check(batch)
    hands[by] = batch
    return batch
  }

  async function settle(how: 'ack' | 'giveBack', by: number, keep = 100) {
    const batch = hands[by]
    const chosen = batch?.events.slice(0, keep) ?? []
    if (!batch || chosen.length === 0) return
    const ids = chosen.map(({ id }) => id)
    const verdict =
      how === 'ack'
        ? await partner.ack(batch, [], ids)
        : await partner.giveBack({ ...batch, events: chosen }, undefined, 1_000)
    if (verdict.kind !== 'HELD') return
    for (const { id, restaurantId, seq } of chosen) {
      const lease = held.get(restaurantId)
      if (how === 'ack') done.get(restaurantId)?.add(seq)
      if (lease?.lease === batch.leaseId) lease.open.delete(id)
    }
  }

  async function run(taken: Step) {
    switch (taken.do) {
      case 'arrive':
        arrived[taken.restaurant]?.add(taken.seq)
        return restaurants[taken.restaurant]?.arrive(taken.seq)
      case 'pull':
        return pull(taken.worker, taken.max)
      case 'ack':
      case 'giveBack':
        return settle(taken.do, taken.worker, taken.keep)
      case 'pass':
        partner.clock.now += taken.ms
        return undefined
    }
  }

  /** Everything that is missing arrives, and one worker takes it all. */
  async function finish() {
    partner.clock.now += 120_000
    for (const { arrive } of restaurants) await arrive(1, 2, 3, 4, 5, 6)
    for (const all of arrived) for (let seq = 1; seq <= 6; seq += 1) all.add(seq)
    for (let turn = 0; turn < 30; turn += 1) {
      const { events } = await pull(0)
      if (events.length === 0) break
      await settle('ack', 0)
    }
    for (const settled of done.values())
      expect([...settled].toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6])
  }

  const begin = async () => {
    for (const { id } of restaurants) await partner.subscribe(id)
  }
  return { begin, run, finish }
}

describe('several workers of one partner', () => {
  it('are handed every event, in order, one lease at a time, whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const { begin, run, finish } = scene()
        await begin()
        for (const taken of steps) await run(taken)
        await finish()
      }),
      { numRuns: 30 },
    )
  })
})

describe('a backlog', () => {
  it('is taken by three workers, one of which dies with what it holds', async () => {
    const partner = feedPartner()
    const restaurants = Array.from({ length: 10 }, () => feedRestaurant())
    const seqs = Array.from({ length: 100 }, (_, n) => n + 1)
    for (const { id, arrive } of restaurants) {
      await partner.subscribe(id)
      await arrive(...seqs)
    }
    const known = new Set<string>()
    const order = new Map<string, number[]>()
    for (let turn = 0; known.size < 1_000 && turn < 400; turn += 1) {
      const of = (n: number) => ({ max: 20, restaurantId: restaurants[(turn + n) % 10]?.id ?? '' })
      // The third dies at once with what it took.
      if (turn === 0) expect((await partner.pull(of(2))).events).toHaveLength(20)
      const batches = [await partner.pull(of(0)), await partner.pull(of(1))]
      for (const batch of batches) {
        for (const { id, restaurantId, seq } of batch.events) {
          if (known.has(id)) continue
          known.add(id)
          order.set(restaurantId, [...(order.get(restaurantId) ?? []), seq])
        }
        // At the tenth turn nobody hears of what the second worker did.
        if (!(turn === 10 && batch === batches[1])) await partner.ack(batch)
      }
      partner.clock.now += 5_000
    }
    expect(known.size).toBe(1_000)
    for (const { id } of restaurants) expect(order.get(id)).toEqual(seqs)
  }, 60_000)
})
