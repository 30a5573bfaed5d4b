import { SYSTEM, type Asker } from '../../domain/actor.ts'
import type { CommandEnvelope } from '../../domain/commands.ts'
import type { OrderState } from '../../domain/order/order.ts'
import type { PaymentState } from '../../domain/payment/payment.ts'
import { amountDue } from '../../domain/payment/refunding.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { openPayment, PROVIDER_RETRY_SECONDS } from './open-payment.ts'

export interface IntentWish {
  orderId: string
  /** Null: whatever is due. */
  amount: number | null
  asker: Asker
  /** The asker holds the order's pay link; without it the order must be the asker's own. */
  viaLink: boolean
  idempotency: CommandEnvelope['idempotency']
  traceId: string | null
}

export interface CreatedIntent {
  payment: PaymentState
  intentId: string
  /** Lets a browser pay this intent, and nothing else. */
  clientSecret: string
  publishableKey: string
}

type IntentDeps = Pick<Deps, 'restaurants' | 'provider' | 'accountKeys' | 'stripe'>

/**
 * Opens a payment at Stripe for a browser to pay. Its secret is kept nowhere: whoever asks again gets
 * it from Stripe, which answers the same request with the same intent.
 */
export async function createIntent(
  deps: IntentDeps,
  wish: IntentWish,
): Promise<Result<CreatedIntent, Refusal> & { replayed?: boolean }> {
  const { orderId, asker, viaLink, idempotency, traceId } = wish
  const view = await deps.restaurants(orderId).query<'order'>({
    query: { type: 'order', orderId },
    asker: viaLink ? SYSTEM : asker,
  })
  if (!view.ok) return view
  const { order, payments } = view.value
  const publishableKey = deps.stripe.publishableKey(await deps.accountKeys('stripe', orderId))
  if (publishableKey === null) return refuse({ kind: 'PAYMENT_REFUSED', ...NO_ACCOUNT })
  const opened = await openPayment(deps, {
    orderId,
    amount: wish.amount ?? amountDue(order, payments),
    method: 'STRIPE',
    asker,
    viaLink,
    idempotency,
    traceId,
    returnUrls: NOT_NEEDED,
  })
  if (!opened.ok) return opened
  const { value: payment, replayed } = opened
  const clientSecret = opened.clientSecret ?? (await secretOf(deps, order, payment))
  if (clientSecret === null || payment.providerKey === null)
    return refuse({ kind: 'PAYMENT_PROVIDER_FAILED', retryAfterSeconds: PROVIDER_RETRY_SECONDS })
  const intent = { payment, intentId: payment.providerKey, clientSecret, publishableKey }
  return { ...ok(intent), ...(replayed === true && { replayed }) }
}

const NO_ACCOUNT = { code: 'NOT_CONFIGURED', message: '' }
/** Browsers say themselves where they want to return to. */
const NOT_NEEDED = { success: '', fail: '' }

/** The same request under the same key is the same intent; another's secret must never go out. */
async function secretOf(
  deps: Pick<Deps, 'provider'>,
  order: OrderState,
  payment: PaymentState,
): Promise<string | null> {
  const { id: paymentId, orderId, amount, currency, method, expiresAt, payerName } = payment
  const stripe = await deps.provider('stripe', orderId)
  const outcome = await stripe.open({
    paymentId,
    orderId,
    orderName: `주문 #${order.number}`,
    amount,
    currency,
    method,
    successUrl: NOT_NEEDED.success,
    failUrl: NOT_NEEDED.fail,
    expiresAt,
    payerName,
    userId: null,
  })
  const same = outcome.kind === 'opened' && outcome.providerKey === payment.providerKey
  return same ? (outcome.clientSecret ?? null) : null
}
