import { compare, type Comparison } from './compare.ts'
import { load, type Call } from './load.ts'
import { openBenchRestaurant } from './restaurant.ts'
import type { BenchServer } from './runtime.ts'

/** What a claim under a key writes; test/restaurant/rows-written.test.ts holds it to that. */
export const CLAIM_ROWS = 8
const CALLERS = 50
/** A claim looks at what its holder has of the coupon: as little as in life. */
const CLAIMS_EACH = 5
const COUPONS = 800

/** Claims of fifty guests at once, all decided by one object. */
export async function claiming(
  { origin, cpuMs }: BenchServer,
  rounds: number,
  seconds: number,
): Promise<Comparison> {
  const restaurant = await openBenchRestaurant(origin, CALLERS)
  const codes = Array.from({ length: COUPONS }, (_, n) => `BENCH-${n}`)
  await restaurant.openCoupons(codes, CLAIMS_EACH)
  const claims = Array.from({ length: CALLERS }, () => 0)
  const claim = (caller: number): Call => {
    const made = claims[caller] ?? 0
    claims[caller] = made + 1
    const code = codes[Math.floor(made / CLAIMS_EACH)]
    if (code === undefined) throw new Error('more claims than there are coupons: fewer rounds')
    return restaurant.claim(caller, code)
  }
  const first = claim(0)
  const answer = await fetch(`${origin}${first.path}`, first)
  await fetch(`${origin}/floor/answer`, { method: 'PUT', body: await answer.text() })
  const { headers } = first
  const write = (): Call => ({
    ...{ path: `/floor/write?rows=${CLAIM_ROWS}`, method: 'POST', headers },
    body: null,
  })
  return compare(
    rounds,
    () => load(origin, CALLERS, seconds, 201, write),
    () => load(origin, CALLERS, seconds, 201, claim),
    cpuMs,
  )
}
