/** What an error answer of Toss Payments says, whatever was asked. */
export type ErrorMeaning =
  | 'refused'
  /** Nobody knows: the same question under the same key may be repeated. */
  | 'temporary'
  /** It did not work this time; the key would repeat just that (error answers may be kept under it). */
  | 'failed'
  | 'already-processed'
  | 'already-cancelled'
  | 'duplicate-order'
  | 'not-authenticated'
  | 'not-found'
  /** Our credentials are not accepted: it is ours to mend, and nothing happened. */
  | 'our-key'

/**
 * Codes that mean more than "no" (docs.tosspayments.com/reference/error-codes). The set is open:
 * a code that is not here is a definite refusal when it comes with a 4xx status.
 */
export const ERROR_CODES: Readonly<Record<string, ErrorMeaning>> = {
  PROVIDER_ERROR: 'failed',
  FAILED_INTERNAL_SYSTEM_PROCESSING: 'failed',
  FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING: 'failed',
  FAILED_METHOD_HANDLING_CANCEL: 'failed',
  FAILED_REFUND_PROCESS: 'failed',
  FAILED_PARTIAL_REFUND: 'failed',
  FORBIDDEN_CONSECUTIVE_REQUEST: 'failed',
  IDEMPOTENT_REQUEST_PROCESSING: 'temporary',
  COMMON_ERROR: 'failed',
  UNKNOWN_PAYMENT_ERROR: 'failed',
  ALREADY_PROCESSED_PAYMENT: 'already-processed',
  ALREADY_CANCELED_PAYMENT: 'already-cancelled',
  ALREADY_REFUND_PAYMENT: 'already-cancelled',
  NOT_CANCELABLE_AMOUNT: 'already-cancelled',
  NOT_CANCELABLE_PAYMENT: 'already-cancelled',
  NOT_MATCHES_REFUNDABLE_AMOUNT: 'already-cancelled',
  DUPLICATED_ORDER_ID: 'duplicate-order',
  NOT_FOUND_PAYMENT_SESSION: 'not-authenticated',
  UNAPPROVED_ORDER_ID: 'not-authenticated',
  UNAUTHORIZED_KEY: 'our-key',
  INVALID_API_KEY: 'our-key',
  INCORRECT_BASIC_AUTH_FORMAT: 'our-key',
  NOT_FOUND_PAYMENT: 'not-found',
  NOT_FOUND: 'not-found',
}

/** Statuses after which nothing is known of the effect, whatever code comes with them. */
const TEMPORARY_STATUSES: ReadonlySet<number> = new Set([408, 409, 425, 429])

/** Only a 4xx with a code can be a definite answer. */
export function meaningOf(status: number, code: string): ErrorMeaning {
  if (status < 400 || status >= 500 || TEMPORARY_STATUSES.has(status)) return 'temporary'
  return Object.hasOwn(ERROR_CODES, code) ? (ERROR_CODES[code] ?? 'refused') : 'refused'
}

/** What follows from a meaning, per question; `look-up` asks for the payment before deciding. */
export const VERDICTS = {
  open: {
    refused: 'refused',
    temporary: 'unknown',
    failed: 'refused',
    'already-processed': 'unknown',
    'already-cancelled': 'unknown',
    'duplicate-order': 'look-up',
    'not-authenticated': 'refused',
    'not-found': 'refused',
    'our-key': 'refused',
  },
  capture: {
    refused: 'refused',
    temporary: 'unknown',
    failed: 'unknown',
    'already-processed': 'unknown',
    'already-cancelled': 'unknown',
    'duplicate-order': 'unknown',
    'not-authenticated': 'not-authenticated',
    'not-found': 'refused',
    'our-key': 'refused',
  },
  lookUp: {
    refused: 'unknown',
    temporary: 'unknown',
    failed: 'unknown',
    'already-processed': 'unknown',
    'already-cancelled': 'unknown',
    'duplicate-order': 'unknown',
    'not-authenticated': 'unknown',
    'not-found': 'missing',
    'our-key': 'unknown',
  },
  refund: {
    refused: 'refused',
    temporary: 'unknown',
    failed: 'look-up',
    'already-processed': 'unknown',
    'already-cancelled': 'look-up',
    'duplicate-order': 'unknown',
    'not-authenticated': 'refused',
    'not-found': 'refused',
    'our-key': 'unknown',
  },
} as const satisfies Record<string, Record<ErrorMeaning, string>>
