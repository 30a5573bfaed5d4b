import { SYSTEM, type Asker } from '../../domain/actor.ts'
import type { OrderState } from '../../domain/order/order.ts'
import type { PaymentState } from '../../domain/payment/payment.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { UNEXPLAINED } from './unexplained.ts'

export interface ConfirmWish {
  /** The payment's id (what the provider returns as its order id) or the order's. */
  id: string
  providerKey: string
  amount: number
  asker: Asker
  /** The browser came back from the provider with its key; without it the order must be the asker's own. */
  viaLink: boolean
  traceId: string | null
}

export interface Confirmed {
  payment: PaymentState
  order: OrderState
}

/** Seconds until the agenda will have looked the payment up. */
const LOOK_UP_SECONDS = 3

/**
 * Takes the money: claim in the object, ask the provider, settle in the object. Cut anywhere, the
 * agenda looks the payment up when the claim's lease is over; nothing is guessed.
 */
export async function confirmPayment(
  deps: Pick<Deps, 'restaurants' | 'provider'>,
  { id, providerKey, amount, viaLink, asker, traceId }: ConfirmWish,
): Promise<Result<Confirmed, Refusal>> {
  const restaurant = deps.restaurants(id)
  const claim = await restaurant.execute<'claim-capture'>({
    command: { type: 'claim-capture', id, providerKey, amount, viaLink },
    asker,
    idempotency: null,
    traceId,
  })
  if (!claim.ok) return claim
  if (!claim.value.claimed) return ok(claim.value)
  const { payment, attemptId, account } = claim.value

  const { orderId, provider } = payment
  if (provider === 'counter') throw new Error(`payment ${payment.id} was taken at the counter`)
  const adapter = await deps.provider(provider, id, account)
  const outcome = await adapter.capture({
    paymentId: payment.id,
    providerKey,
    orderId,
    amount: payment.amount,
    attemptId,
    userId: asker.userId,
  })
  const settled = await restaurant.execute<'settle-capture'>({
    command: { type: 'settle-capture', paymentId: payment.id, attemptId, outcome },
    asker: SYSTEM,
    idempotency: null,
    traceId,
  })
  if (!settled.ok) return settled
  const { status } = settled.value.payment
  if (status === 'CAPTURED' || status === 'AWAITING') return ok(settled.value)
  if (outcome.kind === 'unknown')
    return refuse({ kind: 'PAYMENT_PROVIDER_FAILED', retryAfterSeconds: LOOK_UP_SECONDS })
  if (outcome.kind === 'not-authenticated') return refuse({ kind: 'PAYMENT_NOT_AUTHENTICATED' })
  if (outcome.kind !== 'refused') return refuse({ kind: 'PAYMENT_NOT_OPEN', status })
  return refuse({ kind: 'PAYMENT_REFUSED', ...(settled.value.payment.failure ?? UNEXPLAINED) })
}
