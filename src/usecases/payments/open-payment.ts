import { SYSTEM, type Asker } from '../../domain/actor.ts'
import type { CommandEnvelope } from '../../domain/commands.ts'
import type { PaymentState } from '../../domain/payment/payment.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { PaymentMethod } from '../../domain/restaurant/settings.ts'
import type { Deps } from '../deps.ts'
import { UNEXPLAINED } from './unexplained.ts'

export interface OpeningWish {
  orderId: string
  amount: number
  method: PaymentMethod
  asker: Asker
  /** The asker holds the order's pay link; without it the order must be the asker's own. */
  viaLink: boolean
  idempotency: CommandEnvelope['idempotency']
  traceId: string | null
  /** Where the provider sends the browser back to. */
  returnUrls: { success: string; fail: string }
}

export type Opened = Result<PaymentState, Refusal> & {
  replayed?: boolean
  /** For the browser of whoever had it opened just now: kept nowhere. */
  clientSecret?: string | undefined
}

/** Seconds until the provider is worth asking again. */
export const PROVIDER_RETRY_SECONDS = 2

/**
 * Opens a payment: the intent is written first, then the provider asked, then its answer recorded.
 * Cut anywhere, a repeat goes on where this stopped; the provider knows the payment by our id.
 */
export async function openPayment(
  deps: Pick<Deps, 'restaurants' | 'provider'>,
  wish: OpeningWish,
): Promise<Opened> {
  const { orderId, amount, method, viaLink, asker, idempotency, traceId } = wish
  const restaurant = deps.restaurants(orderId)
  const intent = await restaurant.execute<'open-payment'>({
    command: { type: 'open-payment', orderId, amount, method, viaLink },
    asker,
    idempotency,
    traceId,
  })
  if (!intent.ok) return intent
  const { payment, orderNumber, fresh } = intent.value
  if (!fresh) return { ...opened(payment), replayed: intent.replayed }

  const { provider, payerName, expiresAt } = payment
  if (provider === 'counter') throw new Error(`payment ${payment.id} is for the counter`)
  const adapter = await deps.provider(provider, orderId)
  const outcome = await adapter.open({
    paymentId: payment.id,
    orderId,
    orderName: `주문 #${orderNumber}`,
    amount: payment.amount,
    currency: payment.currency,
    method: payment.method,
    successUrl: wish.returnUrls.success,
    failUrl: wish.returnUrls.fail,
    expiresAt,
    payerName,
    userId: asker.userId,
  })
  const recorded = await restaurant.execute<'record-opening'>({
    command: { type: 'record-opening', paymentId: payment.id, outcome },
    asker: SYSTEM,
    idempotency: null,
    traceId,
  })
  if (!recorded.ok) return recorded
  const clientSecret = outcome.kind === 'opened' ? outcome.clientSecret : undefined
  return { ...opened(recorded.value), clientSecret }
}

function opened(payment: PaymentState): Result<PaymentState, Refusal> {
  switch (payment.status) {
    case 'READY':
    case 'CAPTURING':
    case 'AWAITING':
    case 'CAPTURED':
      return ok(payment)
    case 'OPENING':
      return refuse({ kind: 'PAYMENT_PROVIDER_FAILED', retryAfterSeconds: PROVIDER_RETRY_SECONDS })
    case 'FAILED':
      return refuse({ kind: 'PAYMENT_REFUSED', ...(payment.failure ?? UNEXPLAINED) })
    case 'ENDED':
      return refuse({ kind: 'PAYMENT_NOT_OPEN', status: payment.status })
  }
}
