import { describe, expect, it } from 'vitest'
import {
  ACCOUNT,
  answering,
  error,
  onAccount,
  payment,
  PAYMENT_ID,
  REFUND_ID,
} from './answering.ts'

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
  ['a code that is no string', 400, { code: 7, message: 'x' }],
]

describe.each(NONSENSE)('%s from the provider', (_, status, body) => {
  it.each(['capture', 'lookUp', 'refund', 'void'] as const)(
    'leaves a %s unknown',
    async (operation) => {
      expect((await answering(status, body)[operation]()).kind).toBe('unknown')
    },
  )

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
    ['a failure that its key would repeat', 400, error('PROVIDER_ERROR'), 'refused'],
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
    ['an account that was issued', 200, onAccount(), 'awaiting'],
    ['an account nobody can see', 200, payment({ status: 'WAITING_FOR_DEPOSIT' }), 'unknown'],
    ['an account without end', 200, onAccount({}, { dueDate: null }), 'unknown'],
    ['an account that ends at no time', 200, onAccount({}, { dueDate: 'soon' }), 'unknown'],
    ["another payment's account", 200, onAccount({ orderId: REFUND_ID }), 'unknown'],
    ['a failure that may pass', 400, error('PROVIDER_ERROR'), 'unknown'],
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

  it.each([
    ['with its offset', '2026-11-27T12:30:00+09:00'],
    ["in Korea's time without saying so", '2026-11-27T12:30:00'],
    ['in UTC', '2026-11-27T03:30:00Z'],
  ])('tells the account, its end %s, and what proves its callbacks', async (_, dueDate) => {
    expect(await answering(200, onAccount({}, { dueDate })).capture()).toEqual({
      kind: 'awaiting',
      account: ACCOUNT,
      secret: 'ps_1',
    })
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
    ['WAITING_FOR_DEPOSIT', { approvedAt: null }, 'AWAITING', 0],
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

describe('our key, where it is not accepted', () => {
  const named = (code: string) => ({ code, message: '인증되지 않은 키입니다: live_sk_****abcd' })

  it.each(['UNAUTHORIZED_KEY', 'INVALID_API_KEY', 'INCORRECT_BASIC_AUTH_FORMAT'])(
    "is told of in our own words, not the provider's (%s)",
    async (code) => {
      const world = answering(401, named(code))
      const failure = {
        code: 'KEYS_NOT_ACCEPTED',
        message: 'The payment account cannot be used.',
      }
      expect(await world.open()).toEqual({ kind: 'refused', failure })
      expect(await world.capture()).toEqual({ kind: 'refused', failure })
    },
  )

  it("leaves a refusal's own words, where the key was accepted", async () => {
    const { code, message } = error('REJECT_CARD_COMPANY')
    expect(await answering(403, error('REJECT_CARD_COMPANY')).capture()).toEqual({
      kind: 'refused',
      failure: { code, message },
    })
  })
})
