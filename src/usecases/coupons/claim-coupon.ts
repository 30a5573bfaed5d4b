import type { Actor } from '../../domain/actor.ts'
import type { CommandEnvelope, CommandOutcome } from '../../domain/commands.ts'
import { normaliseCode } from '../../domain/coupon/code.ts'
import { askerAt } from '../../domain/identity/asker.ts'
import { refuse } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { askAboutCodes, UNKNOWN_COUPON, unknownCoupons, type CodeDeps } from './ask-about-codes.ts'

export interface ClaimWish extends Pick<CommandEnvelope, 'idempotency' | 'traceId'> {
  /** As it was typed. */
  code: string
  actor: Actor
  network: string
}

type ClaimDeps = CodeDeps & Pick<Deps, 'couponCodes' | 'restaurants' | 'toTheEnd'>
type Claimed = CommandOutcome<'claim-coupon'>

const UNKNOWN = refuse(UNKNOWN_COUPON)

/** Claims one use of a coupon, first come, first served; its restaurant's object decides. */
export async function claimCoupon(deps: ClaimDeps, wish: ClaimWish): Promise<Claimed> {
  const asker = { who: wish.actor, network: wish.network }
  const answered = await askAboutCodes(deps, asker, () => claim(deps, wish), unknownCoupons)
  return answered.ok ? answered.value : answered
}

async function claim(deps: ClaimDeps, wish: ClaimWish): Promise<Claimed> {
  const { actor, idempotency, traceId } = wish
  const code = normaliseCode(wish.code)
  const at = code === null ? null : await whereOf(deps, actor, code)
  if (code === null || at === null) return UNKNOWN
  const claimed = await deps.toTheEnd(() =>
    deps.restaurants(at).execute<'claim-coupon'>({
      command: { type: 'claim-coupon', code },
      asker: askerAt(actor, at),
      idempotency,
      traceId,
    }),
  )
  return !claimed.ok && claimed.refusal.kind === 'NOT_FOUND' ? UNKNOWN : claimed
}

/** A table's guest stays with the table's restaurant, where others' codes are unknown. */
const whereOf = async (
  { couponCodes }: Pick<Deps, 'couponCodes'>,
  { userId, visit }: Actor,
  code: string,
): Promise<string | null> =>
  userId === null && visit !== null ? visit.tableId : couponCodes.restaurantOf(code)
