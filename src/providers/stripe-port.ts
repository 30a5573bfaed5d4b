import type { AccountKeys } from './payment-port.ts'

/** What a Stripe event claims to be about. Believed only to choose whose secret must have signed it. */
export interface StripeClaim {
  type: string
  /** From the marks we leave on intents and refunds; null where the object carries none. */
  paymentId: string | null
  intentId: string | null
}

/** What of Stripe is not moving money: its form in the browser, and its signed webhooks. */
export interface StripeDesk {
  /** Where browsers load the payment form from, and whom its script talks to. */
  form: { scriptUrl: string; apiOrigin: string }
  /** What names the account to browsers; null where there is no account. */
  publishableKey(keys: AccountKeys | null): string | null
  /** Null when the text is no event. */
  readEvent(body: string): StripeClaim | null
  /** Of an event: whether the account's endpoint, or the deployment's, has signed exactly this text, and lately. */
  isGenuine(
    keys: AccountKeys | null,
    signed: { body: string; signature: string; now: number },
  ): Promise<boolean>
  /** Which payment of ours an intent is for, asked of the account; `unknown`: it did not answer. */
  paymentOf(
    keys: AccountKeys | null,
    intentId: string,
  ): Promise<{ kind: 'payment'; paymentId: string } | { kind: 'none' } | { kind: 'unknown' }>
}
