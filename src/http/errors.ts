import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { safeText } from '../domain/error-text.ts'
import { StorageUnavailableError } from '../domain/unavailable.ts'
import { guidanceOf } from '../domain/payment/guidance.ts'
import type { FieldError, Refusal } from '../domain/refusal.ts'
import { cartJson } from './cart-json.ts'
import type { AppEnv } from './context.ts'
import { messages, type MessageKey } from './messages/index.ts'
import { quoteJson } from './quote-json.ts'

export type ErrorCode =
  | 'VALIDATION_ERROR'
  | 'UNAUTHORIZED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'PAYLOAD_TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'RATE_LIMIT_EXCEEDED'
  | 'INTERNAL_ERROR'
  | 'PAYMENT_PROVIDER_ERROR'
  | 'TEMPORARILY_UNAVAILABLE'
  | 'NOT_SUPPORTED'

/** What a refusal looks like from outside. */
export interface PublicError {
  status: ContentfulStatusCode
  code: ErrorCode
  reason?: string
  message: MessageKey
  details?: Record<string, unknown>
  retryAfterSeconds?: number
  headers?: Record<string, string>
}

type Of<K extends Refusal['kind']> = Extract<Refusal, { kind: K }>

interface Entry<K extends Refusal['kind']> {
  status: ContentfulStatusCode
  code: ErrorCode
  /** Left out: the kind itself on conflicts, none elsewhere. */
  reason?: (refusal: Of<K>) => string
  details?: (refusal: Of<K>) => Record<string, unknown>
}

const conflict = <K extends Refusal['kind']>(details?: Entry<K>['details']): Entry<K> => ({
  status: 409,
  code: 'CONFLICT',
  ...(details && { details }),
})

const firstOf = (errors: readonly FieldError[]): FieldError =>
  errors[0] ?? { field: 'body', reason: 'invalid' }

/** Every refusal's public answer. A kind without an entry does not compile. */
const ANSWERS: { [K in Refusal['kind']]: Entry<K> } = {
  INVALID: {
    status: 400,
    code: 'VALIDATION_ERROR',
    reason: ({ errors }) => firstOf(errors).reason,
    details: ({ errors }) => ({ ...firstOf(errors), errors }),
  },
  UNAUTHENTICATED: { status: 401, code: 'UNAUTHORIZED', reason: ({ reason }) => reason },
  FORBIDDEN: {
    status: 403,
    code: 'FORBIDDEN',
    details: ({ permission }) => ({ permission }),
  },
  NOT_FOUND: {
    status: 404,
    code: 'NOT_FOUND',
    details: ({ what, field }) => ({ what, ...(field !== undefined && { field }) }),
  },
  DEFAULT_RESTAURANT_UNSET: { status: 404, code: 'NOT_FOUND', reason: ({ kind }) => kind },
  LEASE_EXPIRED: conflict(),
  EMAIL_TAKEN: conflict(() => ({ field: 'email' })),
  REFRESH_REUSED: { status: 401, code: 'UNAUTHORIZED', reason: ({ kind }) => kind },
  LAST_OWNER: conflict(),
  WRONG_TABLE_CODE: { status: 403, code: 'FORBIDDEN', reason: ({ kind }) => kind },
  VISIT_ENDED: conflict(),
  NOT_SEATED: conflict(),
  SCAN_REQUIRED: conflict(),
  TABLE_NAME_TAKEN: conflict(({ name }) => ({ field: 'name', name })),
  TABLE_HAS_OPEN_ORDERS: conflict(({ orderIds }) => ({ order_ids: orderIds })),
  RESTAURANT_CLOSED: conflict(({ opensAt }) => ({
    opens_at: opensAt === null ? null : new Date(opensAt).toISOString(),
  })),
  TABLE_ORDERING_DISABLED: conflict(),
  PAYMENT_METHOD_NOT_ACCEPTED: conflict(({ accepted }) => ({ accepted })),
  PRICE_CHANGED: conflict(({ quote }) => ({ quote: quoteJson(quote) })),
  OUT_OF_STOCK: conflict(({ items }) => ({
    items: items.map(({ itemId, name, available }) => ({ menu_id: itemId, name, available })),
  })),
  STOCK_BELOW_RESERVED: conflict(({ itemId, reserved, level }) => ({
    menu_id: itemId,
    reserved,
    level,
  })),
  IMAGE_TYPE: { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', reason: ({ reason }) => reason },
  CATEGORY_NOT_EMPTY: conflict(({ categoryId }) => ({ category_id: categoryId })),
  TOO_MANY_UNPAID_ORDERS: conflict(({ limit, per }) => ({ limit, per })),
  ORDER_STATE: conflict(({ status, paymentStatus, event }) => ({
    status,
    payment_status: paymentStatus,
    event,
  })),
  CAPTURING: conflict(),
  AMOUNT_MISMATCH: {
    status: 400,
    code: 'VALIDATION_ERROR',
    reason: () => WRONG_AMOUNT.reason,
    details: ({ expected, given }) => ({
      ...WRONG_AMOUNT,
      errors: [WRONG_AMOUNT],
      expected,
      given,
    }),
  },
  PAYMENT_NOT_OPEN: conflict(({ status }) => ({ status })),
  PAYMENTS_OPEN: conflict(({ payments, until }) => ({
    payments,
    until: new Date(until).toISOString(),
  })),
  PAYMENT_REFUSED: conflict(({ code }) => ({ provider_code: code, guidance: guidanceOf(code) })),
  PAYMENT_NOT_AUTHENTICATED: conflict(),
  PAYMENT_PROVIDER_FAILED: { status: 502, code: 'PAYMENT_PROVIDER_ERROR' },
  REFUND_TOO_LARGE: conflict(({ refundable }) => ({ refundable })),
  REFUND_STATE: conflict(({ status }) => ({ status })),
  DEPOSIT_STATE: conflict(({ status }) => ({ status })),
  INSUFFICIENT_POINTS: conflict(({ balance, wanted }) => ({ balance, wanted })),
  POINTS_NEED_ACCOUNT: { status: 403, code: 'FORBIDDEN', reason: ({ kind }) => kind },
  COUPON_EXHAUSTED: conflict(({ code }) => ({ coupon_code: code })),
  COUPON_ALREADY_CLAIMED: conflict(({ code, why, claimId }) => ({
    coupon_code: code,
    reason: why,
    claim_id: claimId,
  })),
  COUPON_NOT_APPLICABLE: conflict(couponDetails),
  COUPON_CODE_TAKEN: conflict(() => ({ field: 'code' })),
  COUPON_BELOW_CLAIMED: conflict(({ claimed }) => ({ field: 'total_quantity', claimed })),
  ACCOUNT_LOCKED: { status: 403, code: 'FORBIDDEN', reason: ({ kind }) => kind },
  OWN_ACCOUNT: conflict(),
  LAST_ADMIN: conflict(),
  ERASURE_BLOCKED: conflict(({ blockers }) => ({ blockers })),
  PARTNER_DISABLED: conflict(),
  CART_RESTAURANT_MISMATCH: conflict(({ cartRestaurantId, otherRestaurantId }) => ({
    cart_restaurant_id: cartRestaurantId,
    other_restaurant_id: otherRestaurantId,
  })),
  CART_LINE_AMBIGUOUS: conflict(({ lineIds }) => ({ line_ids: lineIds })),
  CART_EMPTY: conflict(),
  CART_CHECKOUT_IN_PROGRESS: conflict(),
  VERSION: conflict(({ current }) => ({
    current: 'cart' in current ? cartJson(current) : current,
  })),
  SAME_PERSON: { status: 403, code: 'FORBIDDEN', reason: ({ kind }) => kind },
  SETTING_CHANGE_OPEN: conflict(({ changeId }) => ({ change_id: changeId })),
  SETTING_CHANGE_STATE: conflict(({ state }) => ({ state })),
  CUSTOMER_ERASED: conflict(),
  REFUND_REQUEST_OPEN: conflict(({ requestId }) => ({ request_id: requestId })),
  REFUND_REQUEST_STATE: conflict(({ state }) => ({ state })),
  IDEMPOTENCY_IN_PROGRESS: conflict(),
  IDEMPOTENCY_KEY_REUSED: { status: 422, code: 'IDEMPOTENCY_KEY_REUSED' },
  RATE_LIMITED: { status: 429, code: 'RATE_LIMIT_EXCEEDED' },
  NOT_SUPPORTED_HERE: { status: 501, code: 'NOT_SUPPORTED' },
  TEMPORARILY_UNAVAILABLE: { status: 503, code: 'TEMPORARILY_UNAVAILABLE' },
}

function couponDetails(refusal: Of<'COUPON_NOT_APPLICABLE'>): Record<string, unknown> {
  const { code, reason, minOrderAmount, startsAt, endsAt } = refusal
  return {
    coupon_code: code,
    reason,
    ...(minOrderAmount !== undefined && { min_order_amount: minOrderAmount }),
    ...(startsAt !== undefined && { starts_at: new Date(startsAt).toISOString() }),
    ...(endsAt !== undefined && { ends_at: new Date(endsAt).toISOString() }),
  }
}

const WRONG_AMOUNT = { field: 'amount', reason: 'amount_mismatch' }

const entryOf = (kind: Refusal['kind']) => ANSWERS[kind] as Entry<Refusal['kind']>

/** Status and code of a kind, for the API document. */
export const statusOf = (kind: Refusal['kind']): Pick<PublicError, 'status' | 'code'> => {
  const { status, code } = entryOf(kind)
  return { status, code }
}

/** RFC 6750 §3: a challenge names an error only when a token was presented. */
function challengeOf(refusal: Refusal): string {
  const presented =
    refusal.kind === 'REFRESH_REUSED' ||
    (refusal.kind === 'UNAUTHENTICATED' &&
      refusal.reason !== 'MISSING' &&
      refusal.reason !== 'WRONG_CREDENTIALS' &&
      refusal.reason !== 'WRONG_CLIENT')
  return presented ? 'Bearer error="invalid_token"' : 'Bearer'
}

/** The text that tells best what to do. */
function messageOf(refusal: Refusal): MessageKey {
  if (refusal.kind === 'UNAUTHENTICATED') return refusal.reason
  if (refusal.kind === 'COUPON_NOT_APPLICABLE') return `COUPON_${refusal.reason}`
  if (refusal.kind === 'COUPON_ALREADY_CLAIMED' && refusal.why === 'IN_USE') return 'COUPON_IN_USE'
  if (refusal.kind === 'STOCK_BELOW_RESERVED' && refusal.reserved === 0) return 'STOCK_BELOW_ZERO'
  return refusal.kind === 'PAYMENT_REFUSED' ? guidanceOf(refusal.code) : refusal.kind
}

/** The public answer to a refusal. */
export function publicErrorOf(refusal: Refusal): PublicError {
  const entry = entryOf(refusal.kind)
  const reason = entry.reason?.(refusal) ?? (entry.code === 'CONFLICT' ? refusal.kind : undefined)
  const details = entry.details?.(refusal)
  return {
    status: entry.status,
    code: entry.code,
    message: messageOf(refusal),
    ...(reason !== undefined && { reason }),
    ...(details && { details }),
    ...('retryAfterSeconds' in refusal && { retryAfterSeconds: refusal.retryAfterSeconds }),
    ...(entry.status === 401 && { headers: { 'WWW-Authenticate': challengeOf(refusal) } }),
  }
}

/** Answers with the error envelope, in the caller's language. */
export function answerError(c: Context<AppEnv>, error: PublicError): Response {
  const headers: Record<string, string> = { ...error.headers, 'Cache-Control': 'no-store' }
  if (error.retryAfterSeconds !== undefined)
    headers['Retry-After'] = String(Math.max(1, Math.ceil(error.retryAfterSeconds)))
  const body = {
    code: error.code,
    ...(error.reason !== undefined && { reason: error.reason }),
    message: messages[c.var.locale][error.message],
    ...(error.details && { details: error.details }),
    trace_id: c.var.traceId,
  }
  return c.json({ error: body }, error.status, headers)
}

/** Answers a refusal. */
export function refused(c: Context<AppEnv>, refusal: Refusal): Response {
  c.env.deps.metrics.count('refusals_total', { reason: refusal.kind })
  return answerError(c, publicErrorOf(refusal))
}

/** How long until trying again makes sense; null when what was thrown is a bug. */
function passingTrouble(thrown: unknown): { retryAfterSeconds: number } | null {
  if (thrown instanceof StorageUnavailableError) return thrown
  if (typeof thrown !== 'object' || thrown === null) return null
  // The runtime marks its errors so when an object is away or has too much to do.
  const { overloaded, retryable } = thrown as { overloaded?: unknown; retryable?: unknown }
  return overloaded === true || retryable === true ? { retryAfterSeconds: 1 } : null
}

/** For `app.onError`. A bug tells nothing outside and its class and message to the log. */
export function answerThrown(thrown: unknown, c: Context<AppEnv>): Response {
  const trouble = passingTrouble(thrown)
  logThrown(c, trouble ? 'warn' : 'error', thrown)
  if (trouble) {
    const { retryAfterSeconds } = trouble
    return refused(c, { kind: 'TEMPORARILY_UNAVAILABLE', retryAfterSeconds })
  }
  return answerError(c, { status: 500, code: 'INTERNAL_ERROR', message: 'INTERNAL_ERROR' })
}

function logThrown(c: Context<AppEnv>, level: 'warn' | 'error', thrown: unknown): void {
  const { name, message } =
    thrown instanceof Error ? thrown : { name: typeof thrown, message: 'not an Error' }
  c.env.deps.log({
    level,
    kind: 'http-error',
    requestId: c.var.requestId,
    traceId: c.var.traceId,
    error: name,
    message: safeText(message),
  })
}
