import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ORDER_STATUSES } from '../../../src/domain/order/order.ts'
import {
  CAPTURE_LEASE_MS,
  decideClaim,
  stepAfterCapture,
  stepAfterLookup,
  type Step,
} from '../../../src/domain/payment/capturing.ts'
import { afterPaymentEvent } from '../../../src/domain/payment/machine.ts'
import type { CaptureOutcome, LookupOutcome } from '../../../src/domain/payment/outcomes.ts'
import { PAYMENT_STATUSES, type PaymentState } from '../../../src/domain/payment/payment.ts'
import {
  anOrder,
  aPayment,
  captured,
  MINUTE,
  NOW,
  paid,
  points,
  SECOND,
} from '../../support/orders.ts'

const SUPPLY = { attemptId: 'attempt-1', now: NOW }
const WISH = { providerKey: 'key-1', amount: 18_000 }
const FAILURE = { code: 'REJECT_CARD_COMPANY', message: '거절' }
const PROVIDER_STATES = ['OPEN', 'AWAITING', 'CAPTURED', 'ENDED', 'FAILED'] as const
const ACCOUNT = { bank: '신한은행', accountNo: '110-1', holder: '치킨집', dueAt: NOW + 60 * MINUTE }
const claimed = (more: Partial<PaymentState> = {}) =>
  aPayment({ status: 'CAPTURING', attemptId: 'attempt-1', leaseUntil: NOW + SECOND, ...more })

const claim = (
  payment = aPayment(),
  order = anOrder(),
  wish: Partial<typeof WISH> = {},
  others: PaymentState[] = [],
) => decideClaim(payment, order, [payment, ...others], { ...WISH, ...wish }, SUPPLY)

function decision(...args: Parameters<typeof claim>): string {
  const result = claim(...args)
  return result.ok ? (Object.keys(result.value)[0] ?? '') : result.refusal.kind
}

describe('claiming the right to ask for the money', () => {
  it('is granted once, with an attempt and a lease', () => {
    const result = claim()
    expect(result).toEqual({
      ok: true,
      value: {
        claimed: {
          ...aPayment(),
          status: 'CAPTURING',
          attemptId: 'attempt-1',
          leaseUntil: NOW + CAPTURE_LEASE_MS,
        },
      },
    })
    const after = result.ok && 'claimed' in result.value ? result.value.claimed : aPayment()
    expect(decision(after)).toBe('CAPTURING')
  })

  const ON = {
    OPENING: 'PAYMENT_NOT_OPEN',
    READY: 'claimed',
    CAPTURING: 'CAPTURING',
    AWAITING: 'already',
    CAPTURED: 'already',
    FAILED: 'PAYMENT_NOT_OPEN',
    ENDED: 'PAYMENT_NOT_OPEN',
  } as const
  it.each(PAYMENT_STATUSES)('on a payment that is %s', (status) => {
    expect(decision(aPayment({ status }))).toBe(ON[status])
  })

  const PAYABLE = { PREPAID: ['PENDING'], POSTPAID: ['PENDING', 'ACCEPTED', 'READY', 'COMPLETED'] }
  it.each(
    ORDER_STATUSES.flatMap(
      (status) =>
        [
          ['PREPAID', status],
          ['POSTPAID', status],
        ] as const,
    ),
  )('for a %s order that is %s', (paymentPolicy, status) => {
    const order = anOrder({ paymentPolicy, status })
    const wanted = PAYABLE[paymentPolicy].includes(status) ? 'claimed' : 'ORDER_STATE'
    expect(decision(aPayment(), order)).toBe(wanted)
    expect(decision(aPayment(), paid(order))).toBe('ORDER_STATE')
  })

  it('answers who comes again after the capture, even when the order is over', () => {
    const done = captured()
    const order = paid(anOrder({ status: 'REJECTED' }))
    expect(claim(done, order)).toEqual({ ok: true, value: { already: done } })
  })

  it('knows no payment by another key than the provider gave, captured or not', () => {
    for (const payment of [aPayment(), claimed(), captured(), aPayment({ providerKey: null })])
      expect(claim(payment, anOrder(), { providerKey: 'key-2' })).toEqual({
        ok: false,
        refusal: { kind: 'NOT_FOUND', what: 'payment' },
      })
  })

  it('refuses an amount that the address bar made up, captured or not', () => {
    for (const payment of [aPayment(), claimed(), captured()])
      expect(claim(payment, anOrder(), { amount: 100 })).toEqual({
        ok: false,
        refusal: { kind: 'AMOUNT_MISMATCH', expected: 18_000, given: 100 },
      })
  })

  it('refuses when the order costs something else since', () => {
    expect(decision(aPayment(), anOrder({ totalAmount: 17_000 }))).toBe('PAYMENT_NOT_OPEN')
  })

  it('asks for what other payments leave, no more and no less', () => {
    const rest = aPayment({ amount: 13_000 })
    const wish = { amount: 13_000 }
    const partly = anOrder({ capturedAmount: 5_000 })
    expect(decision(rest, anOrder(), wish, [points()])).toBe('claimed')
    expect(decision(rest, partly, wish, [points({ status: 'CAPTURED', counted: true })])).toBe(
      'claimed',
    )
    for (const gone of [[], [points({ status: 'FAILED' })], [points({ status: 'ENDED' })]])
      expect(decision(rest, anOrder(), wish, gone)).toBe('PAYMENT_NOT_OPEN')
    expect(decision(aPayment(), anOrder(), {}, [points()])).toBe('PAYMENT_NOT_OPEN')
  })

  it.each([
    [-60_000, 1],
    [0, 1],
    [900, 1],
    [2_000, 2],
    [30_000, 3],
  ])('with %i ms of another’s lease left, waits %i s', (left, retryAfterSeconds) => {
    expect(claim(claimed({ leaseUntil: NOW + left }))).toEqual({
      ok: false,
      refusal: { kind: 'CAPTURING', retryAfterSeconds },
    })
  })
})

describe('what the claimant reports', () => {
  const MONEY: CaptureOutcome = { kind: 'captured', amount: 18_000, currency: 'KRW' }
  const report = (payment: PaymentState, outcome: CaptureOutcome, attempt = 'attempt-1') =>
    stepAfterCapture(payment, attempt, outcome, NOW)

  it('captures, whoever reports it and in whatever state', () => {
    for (const status of PAYMENT_STATUSES)
      for (const attempt of ['attempt-1', 'attempt-of-long-ago'])
        expect(report(claimed({ status }), MONEY, attempt)).toEqual({
          event: 'captured',
          changes: { capturedAt: NOW, failure: null },
        })
  })

  it('is asked again when it tells of another sum or currency', () => {
    expect(report(claimed(), { ...MONEY, amount: 17_999 })).toBe('ask-again')
    expect(report(claimed(), { ...MONEY, currency: 'USD' })).toBe('ask-again')
  })

  it.each([
    [
      { kind: 'refused', failure: FAILURE },
      { event: 'refused', changes: { failure: FAILURE } },
    ],
    [
      { kind: 'awaiting', account: ACCOUNT, secret: 'ps_1' },
      { event: 'awaiting', changes: { account: ACCOUNT, expiresAt: ACCOUNT.dueAt } },
    ],
    [{ kind: 'not-authenticated' }, { event: 'not-authenticated', changes: {} }],
    [{ kind: 'unknown', detail: 'time-out' }, 'ask-again'],
  ] as const)('%j counts from the open claim alone', (outcome, step) => {
    expect(report(claimed(), outcome)).toEqual(step)
    expect(report(claimed(), outcome, 'attempt-0')).toBe('nothing')
    expect(report(aPayment(), outcome)).toBe('nothing')
    expect(report(captured(), outcome)).toBe('nothing')
  })
})

describe('what a look-up finds', () => {
  type Found = Extract<LookupOutcome, { kind: 'found' }>
  const found = (state: Found['state'], more: Partial<Found> = {}): Found => ({
    kind: 'found',
    state,
    providerKey: 'key-1',
    amount: 18_000,
    currency: 'KRW',
    refundedAmount: 0,
    refunds: [],
    account: state === 'AWAITING' ? ACCOUNT : null,
    disputed: false,
    failure: state === 'FAILED' ? FAILURE : null,
    ...more,
  })
  const MISSING: LookupOutcome = { kind: 'missing' }
  const UNKNOWN: LookupOutcome = { kind: 'unknown', detail: '500' }

  const OVER = { event: 'over', changes: {} }
  const BACK = { event: 'not-authenticated', changes: {} }
  const REFUSED = { event: 'refused', changes: { failure: FAILURE } }
  const CAPTURED = {
    event: 'captured',
    changes: { capturedAt: NOW, providerKey: 'key-1', refundedAmount: 0, failure: null },
  }

  const WAITING = aPayment()
  const PAST = aPayment({ expiresAt: NOW })
  const LEASED = claimed()
  const LAPSED = claimed({ leaseUntil: NOW })
  const LAPSED_PAST = claimed({ leaseUntil: NOW, expiresAt: NOW })

  const AWAITED = aPayment({ status: 'AWAITING', account: ACCOUNT })
  const AWAITED_PAST = aPayment({ status: 'AWAITING', account: ACCOUNT, expiresAt: NOW })
  const ISSUED = { event: 'awaiting', changes: { account: ACCOUNT, expiresAt: ACCOUNT.dueAt } }

  const TABLE: [string, PaymentState, LookupOutcome, unknown][] = [
    ['nothing to say of a payment in its window', WAITING, found('OPEN'), 'nothing'],
    ['nothing there, in its window', WAITING, MISSING, 'nothing'],
    ['the window over', PAST, found('OPEN'), OVER],
    ['nothing there, the window over', PAST, MISSING, OVER],
    ['no answer', WAITING, UNKNOWN, 'ask-again'],
    ['no answer, the window over', PAST, UNKNOWN, 'ask-again'],
    ['not yet, while the claim’s lease runs', LEASED, found('OPEN'), 'ask-again'],
    ['not there, while the claim’s lease runs', LEASED, MISSING, 'ask-again'],
    ['no answer, while the claim’s lease runs', LEASED, UNKNOWN, 'ask-again'],
    ['not captured after the lease: the guest may try again', LAPSED, found('OPEN'), BACK],
    ['not there after the lease', LAPSED, MISSING, BACK],
    ['not captured after lease and window', LAPSED_PAST, found('OPEN'), OVER],
    ['not there after lease and window', LAPSED_PAST, MISSING, OVER],
    ['no answer after lease and window', LAPSED_PAST, UNKNOWN, 'ask-again'],
    ['an account issued that we had not heard of', WAITING, found('AWAITING'), ISSUED],
    ['an account issued to a claim under way', LEASED, found('AWAITING'), ISSUED],
    ['an account without its number', WAITING, found('AWAITING', { account: null }), 'nothing'],
    ['the account waiting still', AWAITED, found('AWAITING'), 'nothing'],
    ['the account waiting past its time', AWAITED_PAST, found('AWAITING'), OVER],
  ]
  it.each(TABLE)('%s', (_, payment, outcome, step) => {
    expect(stepAfterLookup(payment, outcome, NOW)).toEqual(step)
  })

  it.each(['OPENING', 'READY', 'CAPTURING', 'AWAITING', 'FAILED', 'ENDED'] as const)(
    'is believed of a payment that is %s when it is final',
    (status) => {
      const payment = claimed({ status })
      expect(stepAfterLookup(payment, found('CAPTURED'), NOW)).toEqual(CAPTURED)
      expect(stepAfterLookup(payment, found('FAILED'), NOW)).toEqual(REFUSED)
      expect(stepAfterLookup(payment, found('ENDED'), NOW)).toEqual(OVER)
    },
  )

  it('brings the provider’s key home where the answer to opening was lost', () => {
    const lost = aPayment({ status: 'OPENING', providerKey: null })
    expect(stepAfterLookup(lost, found('CAPTURED', { providerKey: 'key-9' }), NOW)).toMatchObject({
      changes: { providerKey: 'key-9' },
    })
  })

  it('is asked again when it tells of another sum or currency', () => {
    expect(stepAfterLookup(WAITING, found('CAPTURED', { amount: 100 }), NOW)).toBe('ask-again')
    expect(stepAfterLookup(WAITING, found('CAPTURED', { currency: 'USD' }), NOW)).toBe('ask-again')
  })

  const gone = (amount: number, status: 'DONE' | 'PENDING' | 'FAILED' = 'DONE') => ({
    refundId: null,
    providerRef: `ref-${amount}`,
    amount,
    status,
  })
  it.each([
    ['without naming refunds', 18_000, [], 18_000],
    ['by refunds that it names, which are taken in as such', 18_000, [gone(18_000)], 0],
    ['partly by refunds that it names', 18_000, [gone(5_000)], 13_000],
    ['while one that it names is not settled', 5_000, [gone(2_000, 'PENDING')], 5_000],
    ['more than came, which cannot be', 20_000, [], 18_000],
    ['less than it names, which cannot be', 1_000, [gone(5_000)], 0],
  ])('brings what the provider paid back before we heard, %s', (_, told, refunds, wanted) => {
    expect(
      stepAfterLookup(WAITING, found('CAPTURED', { refundedAmount: told, refunds }), NOW),
    ).toMatchObject({ event: 'captured', changes: { refundedAmount: wanted } })
  })
})

describe('any sequence of reports', () => {
  const key = {
    providerKey: 'key-1',
    amount: 18_000,
    currency: 'KRW',
    refundedAmount: 0,
    refunds: [],
    account: ACCOUNT,
    disputed: false,
  }
  const captureOutcomes: fc.Arbitrary<CaptureOutcome> = fc.constantFrom(
    { kind: 'captured' as const, amount: 18_000, currency: 'KRW' },
    { kind: 'refused' as const, failure: FAILURE },
    { kind: 'awaiting' as const, account: ACCOUNT, secret: null },
    { kind: 'not-authenticated' as const },
    { kind: 'unknown' as const, detail: '' },
  )
  const lookupOutcomes: fc.Arbitrary<LookupOutcome> = fc.oneof(
    fc.constantFrom(...PROVIDER_STATES).map((state) => ({
      kind: 'found' as const,
      state,
      failure: FAILURE,
      ...key,
    })),
    fc.constantFrom({ kind: 'missing' as const }, { kind: 'unknown' as const, detail: '' }),
  )
  type Told = (payment: PaymentState, now: number) => Step
  const reports: fc.Arbitrary<Told> = fc.oneof(
    fc.tuple(captureOutcomes, fc.constantFrom('attempt-1', 'attempt-2')).map(
      ([outcome, attempt]): Told =>
        (payment, now) =>
          stepAfterCapture(payment, attempt, outcome, now),
    ),
    lookupOutcomes.map(
      (outcome): Told =>
        (payment, now) =>
          stepAfterLookup(payment, outcome, now),
    ),
  )
  const take = (payment: PaymentState, told: Told, now: number): PaymentState => {
    const step = told(payment, now)
    if (step === 'ask-again' || step === 'nothing') return payment
    return afterPaymentEvent(payment, step.event, step.changes) ?? payment
  }

  it('leaves a captured payment exactly as it was', () => {
    const times = fc.array(fc.tuple(reports, fc.nat(3 * 60 * MINUTE)))
    fc.assert(
      fc.property(times, (history) => {
        const payment = captured()
        const end = history.reduce((now, [told, later]) => take(now, told, NOW + later), payment)
        expect(end).toBe(payment)
      }),
    )
  })

  it('never leaves a payment claimed without a lease, or leased without a claim', () => {
    const times = fc.array(fc.tuple(reports, fc.nat(3 * 60 * MINUTE)))
    fc.assert(
      fc.property(times, (history) => {
        const end = history.reduce((now, [told, later]) => take(now, told, NOW + later), claimed())
        expect(end.attemptId !== null).toBe(end.status === 'CAPTURING')
        expect(end.leaseUntil !== null).toBe(end.status === 'CAPTURING')
        expect(end.capturedAt !== null).toBe(end.status === 'CAPTURED')
        if (end.status === 'CAPTURED') expect(end.failure).toBeNull()
      }),
    )
  })
})
