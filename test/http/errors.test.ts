import { describe, expect, it } from 'vitest'
import { emptyCart } from '../../src/domain/cart/cart.ts'
import { StorageUnavailableError } from '../../src/domain/unavailable.ts'
import type { Refusal } from '../../src/domain/refusal.ts'
import { publicErrorOf } from '../../src/http/errors.ts'
import { defineRoute } from '../../src/http/route.ts'
import { messages } from '../../src/http/messages/index.ts'
import { errorOf, httpWorld } from '../support/http.ts'

const CODES: Record<string, readonly number[]> = {
  VALIDATION_ERROR: [400],
  UNAUTHORIZED: [401],
  FORBIDDEN: [403],
  NOT_FOUND: [404],
  CONFLICT: [409],
  UNSUPPORTED_MEDIA_TYPE: [415],
  IDEMPOTENCY_KEY_REUSED: [422],
  RATE_LIMIT_EXCEEDED: [429],
  PAYMENT_PROVIDER_ERROR: [502, 503],
  NOT_SUPPORTED: [501],
  TEMPORARILY_UNAVAILABLE: [503],
}

/** One of every kind; the compiler asks for a new one when a kind is added. */
const SAMPLES: { [K in Refusal['kind']]: Extract<Refusal, { kind: K }> } = {
  INVALID: { kind: 'INVALID', errors: [{ field: 'items.0.quantity', reason: 'too_small' }] },
  UNAUTHENTICATED: { kind: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' },
  FORBIDDEN: { kind: 'FORBIDDEN', permission: 'menu:edit' },
  NOT_FOUND: { kind: 'NOT_FOUND', what: 'order' },
  DEFAULT_RESTAURANT_UNSET: { kind: 'DEFAULT_RESTAURANT_UNSET' },
  EMAIL_TAKEN: { kind: 'EMAIL_TAKEN' },
  REFRESH_REUSED: { kind: 'REFRESH_REUSED' },
  LAST_OWNER: { kind: 'LAST_OWNER' },
  WRONG_TABLE_CODE: { kind: 'WRONG_TABLE_CODE' },
  VISIT_ENDED: { kind: 'VISIT_ENDED' },
  NOT_SEATED: { kind: 'NOT_SEATED' },
  SCAN_REQUIRED: { kind: 'SCAN_REQUIRED' },
  LEASE_EXPIRED: { kind: 'LEASE_EXPIRED' },
  TABLE_NAME_TAKEN: { kind: 'TABLE_NAME_TAKEN', name: 'A1' },
  TABLE_HAS_OPEN_ORDERS: { kind: 'TABLE_HAS_OPEN_ORDERS', orderIds: ['o'] },
  RESTAURANT_CLOSED: { kind: 'RESTAURANT_CLOSED', opensAt: null },
  TABLE_ORDERING_DISABLED: { kind: 'TABLE_ORDERING_DISABLED' },
  PAYMENT_METHOD_NOT_ACCEPTED: { kind: 'PAYMENT_METHOD_NOT_ACCEPTED', accepted: ['CARD'] },
  PRICE_CHANGED: {
    kind: 'PRICE_CHANGED',
    quote: { lines: [], totalAmount: 19000, currency: 'KRW', menuVersion: 3 },
  },
  OUT_OF_STOCK: {
    kind: 'OUT_OF_STOCK',
    items: [{ itemId: 'i', name: '양념치킨', available: 2 }],
  },
  STOCK_BELOW_RESERVED: { kind: 'STOCK_BELOW_RESERVED', itemId: 'i', reserved: 3, level: 5 },
  IMAGE_TYPE: { kind: 'IMAGE_TYPE', reason: 'unknown_type' },
  CATEGORY_NOT_EMPTY: { kind: 'CATEGORY_NOT_EMPTY', categoryId: 'c' },
  TOO_MANY_UNPAID_ORDERS: { kind: 'TOO_MANY_UNPAID_ORDERS', limit: 2, per: 'GUEST' },
  ORDER_STATE: {
    kind: 'ORDER_STATE',
    status: 'READY',
    paymentStatus: 'PAID',
    event: 'CANCEL',
  },
  CAPTURING: { kind: 'CAPTURING', retryAfterSeconds: 3 },
  AMOUNT_MISMATCH: { kind: 'AMOUNT_MISMATCH', expected: 18000, given: 1 },
  PAYMENT_NOT_OPEN: { kind: 'PAYMENT_NOT_OPEN', status: 'ENDED' },
  PAYMENTS_OPEN: { kind: 'PAYMENTS_OPEN', payments: 2, until: Date.UTC(2026, 10, 20) },
  PAYMENT_NOT_AUTHENTICATED: { kind: 'PAYMENT_NOT_AUTHENTICATED' },
  PAYMENT_REFUSED: { kind: 'PAYMENT_REFUSED', code: 'REJECT_CARD', message: 'secret words' },
  PAYMENT_PROVIDER_FAILED: { kind: 'PAYMENT_PROVIDER_FAILED', retryAfterSeconds: 2.2 },
  REFUND_TOO_LARGE: { kind: 'REFUND_TOO_LARGE', refundable: 5 },
  REFUND_STATE: { kind: 'REFUND_STATE', status: 'DONE' },
  DEPOSIT_STATE: { kind: 'DEPOSIT_STATE', status: 'RETURNED' },
  INSUFFICIENT_POINTS: { kind: 'INSUFFICIENT_POINTS', balance: 100, wanted: 5000 },
  POINTS_NEED_ACCOUNT: { kind: 'POINTS_NEED_ACCOUNT' },
  COUPON_EXHAUSTED: { kind: 'COUPON_EXHAUSTED', code: 'SPRING' },
  COUPON_ALREADY_CLAIMED: {
    kind: 'COUPON_ALREADY_CLAIMED',
    code: 'SPRING',
    why: 'LIMIT_REACHED',
    claimId: 'c',
  },
  COUPON_NOT_APPLICABLE: {
    kind: 'COUPON_NOT_APPLICABLE',
    code: 'SPRING',
    reason: 'BELOW_MIN_ORDER_AMOUNT',
    minOrderAmount: 20000,
  },
  COUPON_CODE_TAKEN: { kind: 'COUPON_CODE_TAKEN' },
  COUPON_BELOW_CLAIMED: { kind: 'COUPON_BELOW_CLAIMED', claimed: 12 },
  ACCOUNT_LOCKED: { kind: 'ACCOUNT_LOCKED' },
  OWN_ACCOUNT: { kind: 'OWN_ACCOUNT' },
  LAST_ADMIN: { kind: 'LAST_ADMIN' },
  ERASURE_BLOCKED: { kind: 'ERASURE_BLOCKED', blockers: ['OPEN_ORDERS', 'POINTS_LEFT'] },
  PARTNER_DISABLED: { kind: 'PARTNER_DISABLED' },
  CART_RESTAURANT_MISMATCH: {
    kind: 'CART_RESTAURANT_MISMATCH',
    cartRestaurantId: 'r',
    otherRestaurantId: 'o',
  },
  CART_LINE_AMBIGUOUS: { kind: 'CART_LINE_AMBIGUOUS', lineIds: ['a', 'b'] },
  CART_EMPTY: { kind: 'CART_EMPTY' },
  CART_CHECKOUT_IN_PROGRESS: { kind: 'CART_CHECKOUT_IN_PROGRESS', retryAfterSeconds: 3 },
  VERSION: {
    kind: 'VERSION',
    current: { cart: emptyCart('session:s', 'c', 0), quote: null },
  },
  SAME_PERSON: { kind: 'SAME_PERSON' },
  SETTING_CHANGE_OPEN: { kind: 'SETTING_CHANGE_OPEN', changeId: 'c' },
  SETTING_CHANGE_STATE: { kind: 'SETTING_CHANGE_STATE', state: 'EXPIRED' },
  CUSTOMER_ERASED: { kind: 'CUSTOMER_ERASED' },
  REFUND_REQUEST_OPEN: { kind: 'REFUND_REQUEST_OPEN', requestId: 'r' },
  REFUND_REQUEST_STATE: { kind: 'REFUND_REQUEST_STATE', state: 'DONE' },
  IDEMPOTENCY_IN_PROGRESS: { kind: 'IDEMPOTENCY_IN_PROGRESS', retryAfterSeconds: 1 },
  IDEMPOTENCY_KEY_REUSED: { kind: 'IDEMPOTENCY_KEY_REUSED' },
  RATE_LIMITED: { kind: 'RATE_LIMITED', retryAfterSeconds: 60 },
  NOT_SUPPORTED_HERE: { kind: 'NOT_SUPPORTED_HERE' },
  TEMPORARILY_UNAVAILABLE: { kind: 'TEMPORARILY_UNAVAILABLE', retryAfterSeconds: 1 },
}
const KINDS = Object.keys(SAMPLES) as Refusal['kind'][]

const answering = (thing: Refusal | (() => never)) =>
  httpWorld((app) =>
    defineRoute(
      app,
      {
        method: 'get',
        path: '/probe',
        operationId: 'probe',
        summary: 'Probe',
        tag: 'Test',
        permission: 'public',
        idempotency: 'none',
        success: { status: 204, description: 'Never' },
        refusals: [],
      },
      () => (typeof thing === 'function' ? thing() : { ok: false, refusal: thing }),
    ),
  )

describe('refusing', () => {
  it.each(KINDS)('answers %s within the table of codes', (kind) => {
    const answer = publicErrorOf(SAMPLES[kind])
    expect(CODES[answer.code]).toContain(answer.status)
    if (answer.code === 'CONFLICT') expect(answer.reason).toBe(kind)
  })

  it.each(['ko', 'en'] as const)('has words of its own for every kind in %s', (locale) => {
    const texts = Object.values(messages[locale])
    expect(texts.every((text) => text.length > 10)).toBe(true)
    expect(new Set(texts).size).toBe(texts.length)
    for (const kind of KINDS)
      expect(messages[locale]).toHaveProperty(publicErrorOf(SAMPLES[kind]).message)
  })

  it('speaks the language the caller asked for', async () => {
    const { ask } = await answering(SAMPLES.VISIT_ENDED)
    const inEnglish = await ask('/api/v1/probe', { headers: { 'accept-language': 'en' } })
    const otherwise = await ask('/api/v1/probe')
    expect((await errorOf(inEnglish)).message).toBe(messages.en.VISIT_ENDED)
    expect((await errorOf(otherwise)).message).toBe(messages.ko.VISIT_ENDED)
  })

  it('tells where the order stands when it has moved on', async () => {
    const { ask } = await answering(SAMPLES.ORDER_STATE)
    const response = await ask('/api/v1/probe')
    expect(response.status).toBe(409)
    expect(await errorOf(response)).toMatchObject({
      code: 'CONFLICT',
      reason: 'ORDER_STATE',
      details: { status: 'READY', payment_status: 'PAID', event: 'CANCEL' },
    })
  })

  it('rounds Retry-After up, so that coming back then is not too early', async () => {
    const { ask } = await answering(SAMPLES.PAYMENT_PROVIDER_FAILED)
    expect((await ask('/api/v1/probe')).headers.get('retry-after')).toBe('3')
  })

  it.each([
    ['REJECT_CARD_COMPANY', 'TRY_ANOTHER_CARD', 'Try another card'],
    ['EXCEED_MAX_ONE_DAY_AMOUNT', 'CHECK_LIMIT', 'limit'],
    ['A_CODE_OF_TOMORROW', 'TRY_ANOTHER_WAY', 'another way'],
  ])('tells what to do about %s', (code, guidance, words) => {
    const refusal = { kind: 'PAYMENT_REFUSED', code, message: '' } as const
    const { details, message } = publicErrorOf(refusal)
    expect(details).toEqual({ provider_code: code, guidance })
    expect(messages.en[message]).toContain(words)
  })

  it.each([
    ['NOT_STARTED', { startsAt: 0 }, { starts_at: '1970-01-01T00:00:00.000Z' }, 'yet'],
    ['BELOW_MIN_ORDER_AMOUNT', { minOrderAmount: 20000 }, { min_order_amount: 20000 }, 'small'],
    ['NOT_STACKABLE', {}, {}, 'together'],
  ] as const)('tells why a coupon takes nothing off: %s', (reason, given, told, words) => {
    const refusal = { kind: 'COUPON_NOT_APPLICABLE', code: 'SPRING', reason, ...given } as const
    const { details, message } = publicErrorOf(refusal)
    expect(details).toEqual({ coupon_code: 'SPRING', reason, ...told })
    expect(messages.en[message]).toContain(words)
  })

  it.each([
    [3, 2, 'Orders already hold'],
    [0, -1, 'not that many'],
  ])('tells of a stock with %i held why it cannot be %i', (reserved, level, words) => {
    const refusal = { kind: 'STOCK_BELOW_RESERVED', itemId: 'i', reserved, level } as const
    const { reason, details, message } = publicErrorOf(refusal)
    expect(reason).toBe('STOCK_BELOW_RESERVED')
    expect(details).toEqual({ menu_id: 'i', reserved, level })
    expect(messages.en[message]).toContain(words)
  })

  it('keeps a provider’s words to itself', () => {
    expect(JSON.stringify(publicErrorOf(SAMPLES.PAYMENT_REFUSED))).not.toContain('secret words')
  })

  it('challenges with an error only where a token was presented', () => {
    const challenge = (refusal: Refusal) => publicErrorOf(refusal).headers?.['WWW-Authenticate']
    for (const reason of ['MISSING', 'WRONG_CREDENTIALS', 'WRONG_CLIENT'] as const)
      expect(challenge({ kind: 'UNAUTHENTICATED', reason })).toBe('Bearer')
    for (const reason of ['INVALID_TOKEN', 'SESSION_ENDED'] as const)
      expect(challenge({ kind: 'UNAUTHENTICATED', reason })).toBe('Bearer error="invalid_token"')
  })
})

describe('failing', () => {
  it('leaks nothing of what was thrown, and logs its class and message', async () => {
    const { ask, world } = await answering(() => {
      throw new TypeError('row 17 of users')
    })
    const response = await ask('/api/v1/probe')
    expect(response.status).toBe(500)
    const text = await response.text()
    expect(text).toContain('INTERNAL_ERROR')
    expect(text).not.toContain('row 17')
    expect(world.logged).toContainEqual(
      expect.objectContaining({ level: 'error', error: 'TypeError', message: 'row 17 of users' }),
    )
  })

  it.each([
    ['storage', new StorageUnavailableError('D1 is away', 1)],
    ['an overloaded object', Object.assign(new Error('busy'), { overloaded: true })],
    ['a restarted object', Object.assign(new Error('reset'), { retryable: true })],
  ])('asks to come back when %s is away', async (_what, thrown) => {
    const { ask } = await answering(() => {
      throw thrown
    })
    const response = await ask('/api/v1/probe')
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('1')
    expect((await errorOf(response)).code).toBe('TEMPORARILY_UNAVAILABLE')
  })
})
