import type { Round } from './load.ts'

export interface Comparison {
  /** Median of the paired ratios product ÷ floor, with the interval that holds 90 % of resampled medians. */
  ratio: number
  low: number
  high: number
  product: Round
  floor: Round
  /** Medians of what a call took of the server's processor; null where nobody measured it. */
  cpu: { ratio: number; productUs: number; floorUs: number } | null
}

/** Processor time that the server has taken so far, in ms. */
export type CpuMeter = () => number

type Metered = Round & { cpuUs: number }

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

/** Floor and product take turns, so that whatever else the machine does meets both. */
export async function compare(
  rounds: number,
  floor: () => Promise<Round>,
  product: () => Promise<Round>,
  cpuMs: CpuMeter | null = null,
): Promise<Comparison> {
  const metered = async (run: () => Promise<Round>): Promise<Metered> => {
    const before = cpuMs?.() ?? NaN
    const round = await run()
    return { ...round, cpuUs: (((cpuMs?.() ?? NaN) - before) * 1_000) / round.calls }
  }
  const pairs: { floor: Metered; product: Metered }[] = []
  await floor()
  await product()
  for (let round = 0; round < rounds; round += 1) {
    const first = round % 2 === 0
    const a = await metered(first ? floor : product)
    const b = await metered(first ? product : floor)
    pairs.push(first ? { floor: a, product: b } : { floor: b, product: a })
  }
  const ratios = pairs.map((pair) => pair.product.perSecond / pair.floor.perSecond)
  const medians = Array.from({ length: 2_000 }, () =>
    median(ratios.map(() => ratios[Math.floor(Math.random() * ratios.length)] ?? 0)),
  ).sort((a, b) => a - b)
  const middle = (of: (pair: (typeof pairs)[number]) => Round): Round => ({
    calls: median(pairs.map((pair) => of(pair).calls)),
    perSecond: median(pairs.map((pair) => of(pair).perSecond)),
    p50Ms: median(pairs.map((pair) => of(pair).p50Ms)),
    p99Ms: median(pairs.map((pair) => of(pair).p99Ms)),
  })
  return {
    ratio: median(ratios),
    low: medians[Math.floor(medians.length * 0.05)] ?? 0,
    high: medians[Math.floor(medians.length * 0.95)] ?? 0,
    product: middle((pair) => pair.product),
    floor: middle((pair) => pair.floor),
    cpu: cpuMs && {
      ratio: median(pairs.map((pair) => pair.floor.cpuUs / pair.product.cpuUs)),
      productUs: median(pairs.map((pair) => pair.product.cpuUs)),
      floorUs: median(pairs.map((pair) => pair.floor.cpuUs)),
    },
  }
}
