import { SYSTEM } from '../../domain/actor.ts'
import type { CommandEnvelope, CommandOutcome } from '../../domain/commands.ts'
import { placedWithPoints } from '../../domain/order/paid-by-points.ts'
import type { PaymentState } from '../../domain/payment/payment.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { RestaurantHandle } from '../../restaurant/restaurant-port.ts'
import type { Deps } from '../deps.ts'
import { INSUFFICIENT_POINTS, takePoints } from '../wallet/wallet-provider.ts'
import { tooFewPoints } from './too-few-points.ts'

type PlacingDeps = Pick<Deps, 'restaurants' | 'wallets' | 'now' | 'random' | 'toTheEnd'>
type Envelope = CommandEnvelope<'place-order'>

/** Seconds until the agenda will have taken the points, or found that there are none. */
const AGENDA_SECONDS = 3

/**
 * Places an order in the restaurant that the id names, one call where no points are in play. An account
 * with too few is refused before anything is placed; otherwise they are taken at once. Spent in between,
 * the order ends by itself. Cut anywhere, the agenda takes them, or a repeat under the same key does.
 */
export function placeOrder(
  deps: PlacingDeps,
  idWithKey: string,
  envelope: Envelope,
): Promise<CommandOutcome<'place-order'>> {
  return deps.toTheEnd(async () => {
    const restaurant = deps.restaurants(idWithKey)
    const tooFew = await tooFewPoints(deps, restaurant, envelope)
    if (tooFew !== null) return refuse(tooFew)
    const placed = await restaurant.execute<'place-order'>(envelope)
    if (!placed.ok || placed.value.points === undefined) return placed
    const points = await settled(deps, restaurant, placed.value.points, envelope)
    if (!points.ok) return points
    const order = placedWithPoints(placed.value.order, points.value.amount)
    return { ...placed, value: { ...placed.value, order, points: points.value } }
  })
}

async function settled(
  deps: PlacingDeps,
  restaurant: RestaurantHandle,
  points: PaymentState,
  { asker, traceId }: Envelope,
): Promise<Result<PaymentState, Refusal>> {
  const { id: paymentId, attemptId, orderId, amount, providerKey } = points
  if (points.status !== 'CAPTURING' || attemptId === null)
    return whatBecame(deps, restaurant, points, asker.userId, null)
  const { userId } = asker
  const request = { paymentId, attemptId, orderId, amount, providerKey, userId }
  const { outcome, balance } = await takePoints(deps, request)
  const reported = await restaurant.execute<'settle-capture'>({
    command: { type: 'settle-capture', paymentId, attemptId, outcome },
    asker: SYSTEM,
    idempotency: null,
    traceId,
  })
  if (!reported.ok) return reported
  return whatBecame(deps, restaurant, reported.value.payment, userId, balance)
}

async function whatBecame(
  deps: PlacingDeps,
  restaurant: RestaurantHandle,
  points: PaymentState,
  userId: string | null,
  balance: number | null,
): Promise<Result<PaymentState, Refusal>> {
  if (points.status === 'CAPTURED') return ok(points)
  if (points.status === 'CAPTURING')
    return refuse({ kind: 'TEMPORARILY_UNAVAILABLE', retryAfterSeconds: AGENDA_SECONDS })
  if (points.failure?.code === INSUFFICIENT_POINTS) {
    const held = balance ?? (userId === null ? 0 : await deps.wallets.balanceOf(userId))
    return refuse({ kind: 'INSUFFICIENT_POINTS', balance: held, wanted: points.amount })
  }
  // The order was over before its points could be taken.
  const query = { type: 'payment', paymentId: points.id } as const
  const found = await restaurant.query<'payment'>({ query, asker: SYSTEM })
  if (!found.ok) return found
  const { status, paymentStatus } = found.value.order
  return refuse({ kind: 'ORDER_STATE', status, paymentStatus, event: 'pay' })
}
