import type { Comparison } from './compare.ts'
import type { Round } from './load.ts'

const round = (value: number, digits = 0): string => value.toFixed(digits)

const figures = ({ perSecond, p50Ms, p99Ms }: Round): string =>
  `${round(perSecond)}/s (p50 ${round(p50Ms, 1)} ms, p99 ${round(p99Ms, 1)} ms)`

export function print(what: string, aim: string, comparison: Comparison): void {
  const { ratio, low, high, product, floor, cpu } = comparison
  console.log(
    `${what}\n  ratio ${round(ratio, 2)}  [${round(low, 2)}, ${round(high, 2)}]  aim ${aim}` +
      `   product ${figures(product)}   floor ${figures(floor)}` +
      (cpu === null
        ? ''
        : `\n  processor time of the server: ratio ${round(cpu.ratio, 2)}   product ` +
          `${round(cpu.productUs)} µs a call   floor ${round(cpu.floorUs)} µs`),
  )
}

/** p50 and p99 of a round. */
export const middleOf = ({ p50Ms, p99Ms }: Round): string =>
  `p50 ${round(p50Ms, 1)} ms, p99 ${round(p99Ms, 1)} ms`

/** p50 and p99 of sorted figures. */
export const middleAndEnd = (sortedMs: readonly number[]): string => {
  const at = (share: number) =>
    sortedMs[Math.min(sortedMs.length - 1, Math.floor(sortedMs.length * share))] ?? NaN
  return `p50 ${round(at(0.5), 1)} ms, p99 ${round(at(0.99), 1)} ms`
}
