import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { LENGTH, modelledPartner, newKitchen } from '../support/feed-model.ts'

const RUNS = Number(env.MODEL_RUNS ?? 30)
const SEED = env.MODEL_SEED === undefined ? {} : { seed: Number(env.MODEL_SEED) }

type Step =
  | { do: 'arrive'; restaurant: number; epoch: number; seq: number }
  | { do: 'restore'; restaurant: number; to: number }
  | { do: 'mend'; restaurant: number }
  | { do: 'pull'; partner: number; worker: number; max: number }
  | { do: 'ack'; partner: number; worker: number; keep: number }
  | { do: 'giveBack'; partner: number; worker: number; keep: number; delayMs: number }
  | { do: 'hangUp'; partner: number; max: number }
  | { do: 'pass'; partner: number; ms: number }
  | { do: 'wearOut'; partner: number; times: number }
  | { do: 'redrive'; partner: number; nth: number }
  | { do: 'closeGivenUp'; partner: number }

const is = <T extends string>(value: T) => fc.constant(value)
const [restaurant, partner] = [fc.nat(1), fc.nat(1)]
const worker = fc.nat(2)
const max = fc.integer({ min: 1, max: 6 })
const keep = fc.integer({ min: 1, max: 7 })

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      ...{ do: is('arrive'), restaurant, epoch: fc.constantFrom(1, 1, 2) },
      seq: fc.integer({ min: 1, max: 2 * LENGTH }),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: is('pull'), partner, worker, max }) },
  { weight: 5, arbitrary: fc.record({ do: is('ack'), partner, worker, keep }) },
  {
    weight: 2,
    arbitrary: fc.record({
      ...{ do: is('giveBack'), partner, worker, keep },
      delayMs: fc.constantFrom(0, 1_000, 90_000),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: is('pass'), partner, ms: fc.constantFrom(1_000, 59_999, 60_000) }),
  },
  { weight: 1, arbitrary: fc.record({ do: is('hangUp'), partner, max }) },
  { weight: 1, arbitrary: fc.record({ do: is('restore'), restaurant, to: fc.nat(LENGTH) }) },
  { weight: 1, arbitrary: fc.record({ do: is('mend'), restaurant }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: is('wearOut'),
      partner,
      times: fc.constantFrom(3, 9, 10, 11, 13, 16),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: is('redrive'), partner, nth: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: is('closeGivenUp'), partner }) },
)

/** Two partners' workers over two restaurants. */
async function scene() {
  const kitchens = [newKitchen(), newKitchen()] as const
  const partners = [modelledPartner(kitchens), modelledPartner(kitchens)] as const
  for (const one of kitchens) await one.arrive({ epoch: 1, seq: 1 })
  for (const { subscribe } of partners) await subscribe()
  const kitchenOf = (at: number) => kitchens[at] ?? kitchens[0]
  const partnerOf = (at: number) => partners[at] ?? partners[0]

  async function run(taken: Step): Promise<unknown> {
    switch (taken.do) {
      case 'arrive':
        return kitchenOf(taken.restaurant).arrive(taken)
      case 'restore':
        return kitchenOf(taken.restaurant).restore(taken.to)
      case 'mend':
        return kitchenOf(taken.restaurant).mend()
      case 'pull':
        return partnerOf(taken.partner).pull(taken.worker, taken.max)
      case 'ack':
        return partnerOf(taken.partner).settle('ack', taken.worker, taken.keep)
      case 'giveBack':
        return partnerOf(taken.partner).settle('giveBack', taken.worker, taken.keep, taken.delayMs)
      case 'hangUp':
        return partnerOf(taken.partner).hangUp(taken.max)
      case 'pass':
        partnerOf(taken.partner).pass(taken.ms)
        return undefined
      case 'wearOut':
        return partnerOf(taken.partner).wearOut(taken.times)
      case 'redrive':
        return partnerOf(taken.partner).redrive(taken.nth)
      case 'closeGivenUp':
        return partnerOf(taken.partner).closeGivenUp()
    }
  }

  /** Everything that is missing arrives, and each partner takes it all. */
  async function finish() {
    for (const one of kitchens) await one.mend()
    for (const one of kitchens) for (const place of one.whole()) await one.arrive(place)
    for (const one of partners) await one.finish()
  }
  return { run, finish }
}

describe('the feed of several partners, each with several workers', () => {
  it('hands each of them every event, in order, one lease at a time, whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async (steps) => {
        const { run, finish } = await scene()
        for (const taken of steps) await run(taken)
        await finish()
      }),
      { numRuns: RUNS, ...SEED },
    )
  }, 600_000)
})
