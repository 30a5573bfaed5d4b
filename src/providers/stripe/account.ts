import type { AccountKeys } from '../payment-port.ts'

/** An account at Stripe; what is null was not entered. */
export interface StripeAccount {
  secretKey: string
  publishableKey: string | null
  webhookSecret: string | null
}

export interface StripeSettings {
  baseUrl: string
  scriptUrl: string
  /** Null: the deployment has no account of its own. */
  account: StripeAccount | null
}

/** The restaurant's own account, whole, or else the deployment's: keys of two never mix. */
export function accountOf(
  keys: AccountKeys | null,
  deployment: StripeAccount | null,
): StripeAccount | null {
  const secretKey = keys?.['stripe-secret-key']
  if (keys === null || secretKey === undefined) return deployment
  return {
    secretKey,
    publishableKey: keys['stripe-publishable-key'] ?? null,
    webhookSecret: keys['stripe-webhook-secret'] ?? null,
  }
}
