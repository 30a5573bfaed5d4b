import type Stripe from 'stripe'

/** What an error of Stripe's library says, whatever was asked. */
export type ErrorMeaning =
  | 'refused'
  | 'temporary'
  | 'not-found'
  /** The intent is past the point where this could be done: succeeded, cancelled, or under way. */
  | 'wrong-state'
  /** Our credentials are not accepted: it is ours to mend, and nothing happened. */
  | 'our-key'

type Told = Pick<Stripe.errors.StripeError, 'type' | 'code' | 'statusCode'>

/** By the library's types (docs.stripe.com/error-handling); one that is not known tells nothing. */
export function meaningOf({ type, code, statusCode }: Told): ErrorMeaning {
  switch (type) {
    case 'StripeCardError':
      return 'refused'
    case 'StripeInvalidRequestError':
      if (code === 'resource_missing' || statusCode === 404) return 'not-found'
      return code === 'payment_intent_unexpected_state' ? 'wrong-state' : 'refused'
    case 'StripeAuthenticationError':
    case 'StripePermissionError':
      return 'our-key'
    default:
      return 'temporary'
  }
}

/** What follows from a meaning, per question; `look-up` asks for the payment before deciding. */
export const VERDICTS = {
  open: {
    refused: 'refused',
    temporary: 'unknown',
    'not-found': 'refused',
    'wrong-state': 'unknown',
    'our-key': 'refused',
  },
  lookUp: {
    refused: 'unknown',
    temporary: 'unknown',
    'not-found': 'missing',
    'wrong-state': 'unknown',
    'our-key': 'unknown',
  },
  refund: {
    refused: 'refused',
    temporary: 'unknown',
    'not-found': 'refused',
    'wrong-state': 'refused',
    'our-key': 'unknown',
  },
  void: {
    refused: 'look-up',
    temporary: 'unknown',
    'not-found': 'voided',
    'wrong-state': 'look-up',
    'our-key': 'unknown',
  },
} as const satisfies Record<string, Record<ErrorMeaning, string>>
