import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { takeWebhook } from './take-webhook.ts'

export interface StripeDelivery {
  /** Exactly as it came: the signature is over its bytes. */
  body: string
  signature: string | null
  /** Whose endpoint it was sent to; null: the deployment's. */
  restaurantId: string | null
  now: number
  traceId: string | null
}

/** Events after which a payment, its refunds or disputes may stand otherwise. */
const TOLD_OF =
  /^(?:payment_intent\.(?:succeeded|payment_failed|canceled|processing)|charge\.(?:refunded|refund\.updated|dispute\.\w+)|refund\.(?:created|updated|failed))$/

const NOT_VERIFIED = { kind: 'UNAUTHENTICATED', reason: 'WEBHOOK_NOT_VERIFIED' } as const
const RETRY_SECONDS = 5

type WebhookDeps = Parameters<typeof takeWebhook>[0] & Pick<Deps, 'accountKeys' | 'stripe'>

/**
 * A webhook of Stripe: proved by its signature, then noted for the agenda, which asks Stripe itself;
 * so that repeated and late ones change nothing. True when it was about a payment of ours.
 */
export async function takeStripeWebhook(
  deps: WebhookDeps,
  { body, signature, restaurantId, now, traceId }: StripeDelivery,
): Promise<Result<boolean, Refusal>> {
  const claim = deps.stripe.readEvent(body)
  if (signature === null || claim === null) return refuse(NOT_VERIFIED)
  const whose = claim.paymentId ?? restaurantId
  const keys = whose === null ? null : await deps.accountKeys('stripe', whose)
  if (!(await deps.stripe.isGenuine(keys, { body, signature, now }))) return refuse(NOT_VERIFIED)
  if (!TOLD_OF.test(claim.type)) return ok(false)
  const { intentId } = claim
  if (claim.paymentId !== null) return takeWebhook(deps, hintOf(claim.paymentId, intentId), traceId)
  if (intentId === null) return ok(false)
  // A dispute or a refund of Stripe's own desk carries no mark of ours; its intent does.
  const named = await deps.stripe.paymentOf(keys, intentId)
  if (named.kind === 'unknown')
    return refuse({ kind: 'PAYMENT_PROVIDER_FAILED', retryAfterSeconds: RETRY_SECONDS })
  return named.kind === 'none'
    ? ok(false)
    : takeWebhook(deps, hintOf(named.paymentId, intentId), traceId)
}

const hintOf = (paymentId: string, providerKey: string | null) => ({
  paymentId,
  providerKey,
  secret: null,
})
