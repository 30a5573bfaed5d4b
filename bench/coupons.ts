import { randomUUID } from 'node:crypto'
import { compare, type Comparison } from './compare.ts'
import { load, type Call, type Round } from './load.ts'
import { openBenchRestaurant } from './restaurant.ts'
import type { BenchServer } from './runtime.ts'

/** What a claim under a key writes; test/restaurant/rows-written.test.ts holds it to that. */
export const CLAIM_ROWS = 8
const CALLERS = 50
/** Claims of one call to the bench's Worker, which makes them itself: HTTP is no part of what is measured. */
const CLAIMS_A_CALL = 500
/** A claim looks at what its holder has of the coupon: as little as in life. */
const CLAIMS_EACH = 5
const COUPONS = 800

/**
 * Claims through one object, and nothing around it: fifty at a time, each its own guest's. The floor's
 * rows carry as many bytes each as the answer has, which is about what a claim's rows come to.
 */
export async function claimingInObject(
  { origin, floor, cpuMs }: BenchServer,
  rounds: number,
  seconds: number,
): Promise<Comparison> {
  const restaurant = await openBenchRestaurant(origin, 1)
  const code = 'BENCH-ONE'
  await restaurant.openCoupons([code], 1)
  const first = restaurant.claim(0, code)
  const answer = await (await fetch(`${origin}${first.path}`, first)).text()
  await fetch(`${floor}/answer`, { method: 'PUT', body: answer })
  const call = (path: string, wish: object): Call => ({
    ...{ path, method: 'POST', headers: {} },
    body: JSON.stringify({ count: CLAIMS_A_CALL, ...wish }),
  })
  const single = async (of: string, next: () => Call): Promise<Round> => {
    const { calls, perSecond, ...times } = await load(of, 1, seconds, 201, next)
    return { ...times, calls: calls * CLAIMS_A_CALL, perSecond: perSecond * CLAIMS_A_CALL }
  }
  const claims = { key: restaurant.key, code }
  return compare(
    rounds,
    () => single(floor, () => call('/writes', { rows: CLAIM_ROWS, body: answer })),
    () => single(origin, () => call('/bench/claims', { ...claims, guests: randomUUID() })),
    cpuMs,
  )
}

/** Claims of fifty guests at once over HTTP, all decided by one object. */
export async function claiming(
  { origin, floor, cpuMs }: BenchServer,
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
  await fetch(`${floor}/answer`, { method: 'PUT', body: await answer.text() })
  const { headers } = first
  const write = (): Call => ({
    ...{ path: `/write?rows=${CLAIM_ROWS}`, method: 'POST', headers },
    body: null,
  })
  return compare(
    rounds,
    () => load(floor, CALLERS, seconds, 201, write),
    () => load(origin, CALLERS, seconds, 201, claim),
    cpuMs,
  )
}
