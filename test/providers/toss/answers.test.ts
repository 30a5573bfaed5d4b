import { describe, expect, it } from 'vitest'
import { createTossProvider } from '../../../src/providers/toss/toss-provider.ts'

const PAYMENT_ID = '019a9f00-0000-8000-8000-0a1b2c3d4e5f'
const REFUND_ID = '019a9f00-1111-8000-8000-0a1b2c3d4e5f'

const payment = (change: Record<string, unknown> = {}) => ({
  paymentKey: 'tkey1',
  orderId: PAYMENT_ID,
  status: 'DONE',
  currency: 'KRW',
  totalAmount: 18_000,
  balanceAmount: 18_000,
  approvedAt: '2026-11-20T12:30:00+09:00',
  checkout: { url: 'https://api.tosspayments.com/v1/payments/tkey1/checkout' },
  cancels: null,
  failure: null,
  somethingNew: { of: 'tomorrow' },
  ...change,
})
const error = (code: string) => ({ code, message: 'words for people' })

/** A provider whose every request gets the same answer; what was sent is kept. */
function answering(status: number, body: unknown) {
  const sent: { url: string; method: string; headers: Headers; body: unknown }[] = []
  const provider = createTossProvider({
    baseUrl: 'https://api.tosspayments.com/',
    secretKey: 'test_sk_secret',
    fetch: async (request) => {
      const text = await request.text()
      sent.push({
        url: request.url,
        method: request.method,
        headers: request.headers,
        body: text === '' ? null : JSON.parse(text),
      })
      return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })
    },
  })
  return {
    sent,
    open: () =>
      provider.open({
        paymentId: PAYMENT_ID,
        orderName: '주문 #A001',
        amount: 18_000,
        currency: 'KRW',
        method: 'CARD',
        successUrl: 'https://shop.test/ok',
        failUrl: 'https://shop.test/no',
      }),
    capture: () =>
      provider.capture({
        paymentId: PAYMENT_ID,
        providerKey: 'tkey1',
        amount: 18_000,
        attemptId: 'attempt7',
      }),
    lookUp: () => provider.lookUp({ paymentId: PAYMENT_ID, providerKey: 'tkey1' }),
    refund: () =>
      provider.refund({
        refundId: REFUND_ID,
        attempt: 2,
        providerKey: 'tkey1',
        amount: 5_000,
        reason: 'sold out',
      }),
  }
}

const NONSENSE: [string, number, unknown][] = [
  ['an HTML page with 200', 200, '<html>gateway</html>'],
  ['nothing with 200', 200, ''],
  ['truncated JSON', 200, '{"paymentKey":"tkey1","orderId":"019a'],
  ['null', 200, 'null'],
  ['a list', 200, [payment()]],
  ['an error body with 200', 200, error('PROVIDER_ERROR')],
  ['a payment with 201', 201, payment()],
  ['a sum that is a string', 200, payment({ totalAmount: '18000' })],
  ['a fraction of a won', 200, payment({ totalAmount: 18_000.5 })],
  ['a negative balance', 200, payment({ balanceAmount: -1 })],
  ['a balance over the sum', 200, payment({ balanceAmount: 18_001 })],
  ['another order id', 200, payment({ orderId: REFUND_ID })],
  ['another payment key', 200, payment({ paymentKey: 'tkey2' })],
  ['a key that is a path', 200, payment({ paymentKey: '../x' })],
  ['a status nobody knows', 200, payment({ status: 'SHIPPED' })],
  ['a status that is a word of the language', 200, payment({ status: 'constructor' })],
  ['an answer without end', 200, `{"x":"${'x'.repeat(300_000)}"}`],
  ['a redirect', 302, ''],
  ['HTML with 404', 404, '<html>not found</html>'],
  ['HTML with 502', 502, '<html>bad gateway</html>'],
  ['a code with 500', 500, error('REJECT_CARD_PAYMENT')],
  ['a code with 503', 503, error('NOT_FOUND_PAYMENT')],
  ['a conflict', 409, error('IDEMPOTENT_REQUEST_PROCESSING')],
  ['a conflict of another name', 409, error('SOMETHING_ELSE')],
  ['too many requests', 429, error('TOO_MANY_REQUESTS')],
  ['a temporary trouble', 400, error('PROVIDER_ERROR')],
  ['an inner trouble', 400, error('FAILED_INTERNAL_SYSTEM_PROCESSING')],
  ['a code that is no string', 400, { code: 7, message: 'x' }],
]

describe.each(NONSENSE)('%s from the provider', (_, status, body) => {
  it.each(['capture', 'lookUp', 'refund'] as const)('leaves a %s unknown', async (operation) => {
    expect((await answering(status, body)[operation]()).kind).toBe('unknown')
  })

  it('opens nothing', async () => {
    expect((await answering(status, body).open()).kind).toBe('unknown')
  })
})

const DEFINITE = ['INVALID_REJECT_CARD', 'EXCEED_MAX_ONE_DAY_AMOUNT', 'A_CODE_OF_TOMORROW']

describe('opening', () => {
  const ready = payment({ status: 'READY', approvedAt: null })

  it.each<[string, number, unknown, string]>([
    ['a READY payment', 200, ready, 'opened'],
    ['a payment that is further on', 200, payment(), 'unknown'],
    ['no checkout', 200, { ...ready, checkout: null }, 'unknown'],
    [
      'a checkout that is a script',
      200,
      { ...ready, checkout: { url: 'javascript:x' } },
      'unknown',
    ],
    ['another amount', 200, { ...ready, totalAmount: 20_000 }, 'unknown'],
    ['another currency', 200, { ...ready, currency: 'USD' }, 'unknown'],
    ['an order id taken before', 400, error('DUPLICATED_ORDER_ID'), 'unknown'],
    ['a wrong key', 401, error('UNAUTHORIZED_KEY'), 'refused'],
    ...DEFINITE.map((code): [string, number, unknown, string] => [
      code,
      400,
      error(code),
      'refused',
    ]),
  ])('by %s (%i) is %s', async (_, status, body, kind) => {
    expect((await answering(status, body).open()).kind).toBe(kind)
  })

  it('speaks the documented format', async () => {
    const { open, sent } = answering(200, ready)
    await open()
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({
      url: 'https://api.tosspayments.com/v1/payments',
      method: 'POST',
      body: {
        method: 'CARD',
        amount: 18_000,
        currency: 'KRW',
        orderId: PAYMENT_ID,
        orderName: '주문 #A001',
        successUrl: 'https://shop.test/ok',
        failUrl: 'https://shop.test/no',
      },
    })
    expect(sent[0]?.headers.get('authorization')).toBe('Basic dGVzdF9za19zZWNyZXQ6')
    expect(sent[0]?.headers.get('idempotency-key')).toBe(`open-${PAYMENT_ID}`)
  })
})

describe('capturing', () => {
  it.each<[string, number, unknown, string]>([
    ['DONE with our sum', 200, payment(), 'captured'],
    ['another amount', 200, payment({ totalAmount: 18_001 }), 'unknown'],
    ['another currency', 200, payment({ currency: 'USD' }), 'unknown'],
    ['IN_PROGRESS', 200, payment({ status: 'IN_PROGRESS' }), 'unknown'],
    ['WAITING_FOR_DEPOSIT', 200, payment({ status: 'WAITING_FOR_DEPOSIT' }), 'unknown'],
    ['CANCELED', 200, payment({ status: 'CANCELED', balanceAmount: 0 }), 'unknown'],
    ['a payment that was processed before', 400, error('ALREADY_PROCESSED_PAYMENT'), 'unknown'],
    ['no session', 404, error('NOT_FOUND_PAYMENT_SESSION'), 'not-authenticated'],
    ['an unapproved order', 400, error('UNAPPROVED_ORDER_ID'), 'not-authenticated'],
    ['no such payment', 404, error('NOT_FOUND_PAYMENT'), 'refused'],
    ['a wrong key', 401, error('UNAUTHORIZED_KEY'), 'refused'],
    ...DEFINITE.map((code): [string, number, unknown, string] => [
      code,
      403,
      error(code),
      'refused',
    ]),
  ])('by %s (%i) is %s', async (_, status, body, kind) => {
    expect((await answering(status, body).capture()).kind).toBe(kind)
  })

  it('names the attempt in its idempotency key', async () => {
    const { capture, sent } = answering(200, payment())
    await capture()
    expect(sent[0]).toMatchObject({
      url: 'https://api.tosspayments.com/v1/payments/confirm',
      body: { paymentKey: 'tkey1', orderId: PAYMENT_ID, amount: 18_000 },
    })
    expect(sent[0]?.headers.get('idempotency-key')).toBe(`confirm-${PAYMENT_ID}-attempt7`)
  })
})

describe('looking up', () => {
  it.each([
    ['READY', { approvedAt: null }, 'OPEN', 0],
    ['IN_PROGRESS', { approvedAt: null }, 'OPEN', 0],
    ['WAITING_FOR_DEPOSIT', { approvedAt: null }, 'OPEN', 0],
    ['DONE', {}, 'CAPTURED', 0],
    ['PARTIAL_CANCELED', { balanceAmount: 13_000 }, 'CAPTURED', 5_000],
    ['CANCELED', { balanceAmount: 0 }, 'CAPTURED', 18_000],
    ['CANCELED', { balanceAmount: 0, approvedAt: null }, 'ENDED', 0],
    ['EXPIRED', { approvedAt: null, balanceAmount: 0 }, 'ENDED', 0],
    ['ABORTED', { approvedAt: null, balanceAmount: 0 }, 'FAILED', 0],
  ])('%s with %o is %s, %i paid back', async (status, change, state, refundedAmount) => {
    const outcome = await answering(200, payment({ status, ...change })).lookUp()
    expect(outcome).toMatchObject({ kind: 'found', state, refundedAmount, amount: 18_000 })
  })

  it('passes on amount and currency as they are, for the caller to compare', async () => {
    const outcome = await answering(200, payment({ totalAmount: 20_000, currency: 'USD' })).lookUp()
    expect(outcome).toMatchObject({ kind: 'found', amount: 20_000, currency: 'USD' })
  })

  it.each([
    [404, 'NOT_FOUND_PAYMENT', 'missing'],
    [404, 'NOT_FOUND', 'missing'],
    [401, 'UNAUTHORIZED_KEY', 'unknown'],
    [403, 'FORBIDDEN_REQUEST', 'unknown'],
    [404, 'A_CODE_OF_TOMORROW', 'unknown'],
  ])('%i %s is %s', async (status, code, kind) => {
    expect((await answering(status, error(code)).lookUp()).kind).toBe(kind)
  })
})

describe('refunding', () => {
  const cancelled = (cancel: Record<string, unknown>) =>
    payment({
      status: 'PARTIAL_CANCELED',
      balanceAmount: 13_000,
      cancels: [
        { cancelAmount: 1, cancelReason: 'of someone else' },
        { cancelAmount: 5_000, cancelReason: `sold out [${REFUND_ID}]`, ...cancel },
      ],
    })

  it.each<[string, number, unknown, string]>([
    ['an answer that shows it', 200, cancelled({}), 'done'],
    ['one that calls it DONE', 200, cancelled({ cancelStatus: 'DONE' }), 'done'],
    ['one that calls it IN_PROGRESS', 200, cancelled({ cancelStatus: 'IN_PROGRESS' }), 'unknown'],
    ['one with another amount', 200, cancelled({ cancelAmount: 4_999 }), 'unknown'],
    ['one that shows only others', 200, cancelled({ cancelReason: 'sold out' }), 'unknown'],
    ['one without cancellations', 200, payment(), 'unknown'],
    ['REFUND_REJECTED', 403, error('REFUND_REJECTED'), 'refused'],
    ['NOT_ALLOWED_PARTIAL_REFUND', 403, error('NOT_ALLOWED_PARTIAL_REFUND'), 'refused'],
    ['NOT_FOUND_PAYMENT', 404, error('NOT_FOUND_PAYMENT'), 'refused'],
    ['FAILED_REFUND_PROCESS', 400, error('FAILED_REFUND_PROCESS'), 'unknown'],
    // The look-up that follows gets the same answer, so that nothing is known.
    ['ALREADY_CANCELED_PAYMENT', 400, error('ALREADY_CANCELED_PAYMENT'), 'unknown'],
  ])('by %s (%i) is %s', async (_, status, body, kind) => {
    expect((await answering(status, body).refund()).kind).toBe(kind)
  })

  it('names refund and attempt, and carries its id where it comes back', async () => {
    const { refund, sent } = answering(200, cancelled({}))
    await refund()
    expect(sent[0]).toMatchObject({
      url: 'https://api.tosspayments.com/v1/payments/tkey1/cancel',
      body: { cancelReason: `sold out [${REFUND_ID}]`, cancelAmount: 5_000 },
    })
    expect(sent[0]?.headers.get('idempotency-key')).toBe(`refund-${REFUND_ID}-2`)
  })
})
