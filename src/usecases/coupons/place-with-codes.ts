import type { CommandOutcome } from '../../domain/commands.ts'
import { normaliseCode } from '../../domain/coupon/code.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import {
  askAboutCodes,
  UNKNOWN_COUPON,
  unknownCoupons,
  type CodeAsker,
  type CodeDeps,
} from './ask-about-codes.ts'

type Placed = CommandOutcome<'place-order'>

/**
 * Places an order that names codes, unless whoever asks has named too many that there are not: an order
 * is no way to guess either. Without codes nothing is asked or counted.
 */
export async function placeWithCodes(
  deps: CodeDeps,
  asker: CodeAsker,
  typed: readonly string[],
  place: (couponCodes: readonly string[]) => Promise<Placed>,
): Promise<Placed> {
  if (typed.length === 0) return place([])
  const codes = keptCodes(typed)
  const ask = () => (codes.ok ? place(codes.value) : Promise.resolve(codes))
  const answered = await askAboutCodes(deps, asker, ask, unknownCoupons)
  return answered.ok ? answered.value : answered
}

/** As codes are kept, each once; what is no code at all is as unknown as any. */
function keptCodes(typed: readonly string[]): Result<readonly string[], Refusal> {
  const codes = typed.map(normaliseCode)
  if (codes.includes(null)) return refuse(UNKNOWN_COUPON)
  return ok([...new Set(codes.filter((code) => code !== null))])
}
