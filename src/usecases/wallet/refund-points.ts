import type { Versioned } from '../../db/repositories/wallet-ports.ts'
import { mintTimedId, PLATFORM_KEY } from '../../domain/ids.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import {
  planPointsRefund,
  refundablePoints,
  type PointsRefund,
} from '../../domain/wallet/points-refund.ts'
import type { Deps } from '../deps.ts'
import { payBackPoints, type PayingBackDeps } from './pay-back-points.ts'
import { newEntryId } from './wallet-provider.ts'

export interface PointsRefundWish {
  userId: string
  amount: number
  reason: string
  idempotency: { key: string; fingerprint: string }
}

type RefundingDeps = PayingBackDeps & Pick<Deps, 'wallets' | 'random' | 'toTheEnd'>
type Refunded = Result<PointsRefund, Refusal> & { replayed?: boolean }

/** How often another movement may come between planning and writing. */
const MOST_TRIES = 5

/**
 * Turns points back into money: they are taken and the refund is written in one step, then the
 * providers of its charges pay back. A repeat under the same key says how it stands.
 */
export function refundPoints(deps: RefundingDeps, wish: PointsRefundWish): Promise<Refunded> {
  return deps.toTheEnd(async () => {
    const entered = await enter(deps, wish)
    if (!entered.ok) return entered
    const { refund, replayed } = entered.value
    return replayed ? { ...ok(refund.state), replayed } : ok(await payBackPoints(deps, refund))
  })
}

type Entered = Result<{ refund: Versioned<PointsRefund>; replayed: boolean }, Refusal>

async function enter(
  deps: RefundingDeps,
  { idempotency: { key: idempotencyKey, fingerprint }, ...wish }: PointsRefundWish,
): Promise<Entered> {
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const seen = await deps.pointsRefunds.byKey(wish.userId, idempotencyKey)
    if (seen !== null)
      return seen.fingerprint === fingerprint
        ? ok({ refund: seen, replayed: true })
        : refuse({ kind: 'IDEMPOTENCY_KEY_REUSED' })
    const planned = await plan(deps, wish)
    if (!planned.ok) return planned
    const key = { idempotencyKey, fingerprint }
    if (await deps.pointsRefunds.insert(planned.value, key, newEntryId(deps)))
      return ok({ refund: { state: planned.value, version: 1 }, replayed: false })
  }
  return refuse({ kind: 'TEMPORARILY_UNAVAILABLE', retryAfterSeconds: 1 })
}

async function plan(
  deps: RefundingDeps,
  wish: Omit<PointsRefundWish, 'idempotency'>,
): Promise<Result<PointsRefund, Refusal>> {
  const [balance, charges] = await Promise.all([
    deps.wallets.balanceOf(wish.userId),
    deps.charges.refundable(wish.userId),
  ])
  if (balance < wish.amount)
    return refuse({ kind: 'INSUFFICIENT_POINTS', balance, wanted: wish.amount })
  const now = deps.now()
  const mintId = () => mintTimedId(PLATFORM_KEY, now, deps.random)
  const planned = planPointsRefund(wish, charges, { id: mintId(), mintId, now })
  return planned === null
    ? refuse({ kind: 'REFUND_TOO_LARGE', refundable: refundablePoints(balance, charges) })
    : ok(planned)
}
