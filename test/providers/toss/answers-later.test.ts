import { describe, expect, it } from 'vitest'
import { ACCOUNT, answering, error, onAccount, payment, REFUND_ID } from './answering.ts'

describe('looking up an account', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>, string]>([
    ['waits', {}, {}, 'AWAITING'],
    ['is over', {}, { expired: true }, 'ENDED'],
    ['is over, as another says it', { status: 'EXPIRED' }, { expired: true }, 'ENDED'],
    ['was closed before any money came', { status: 'CANCELED', balanceAmount: 0 }, {}, 'ENDED'],
    [
      'was closed, with a time of approval but nothing to pay back',
      { status: 'CANCELED', balanceAmount: 0, approvedAt: '2026-11-20T12:30:00+09:00' },
      {},
      'ENDED',
    ],
    ['was paid', { status: 'DONE', approvedAt: '2026-11-20T12:40:00+09:00' }, {}, 'CAPTURED'],
    [
      'was paid and paid back',
      { status: 'CANCELED', balanceAmount: 0, approvedAt: '2026-11-20T12:40:00+09:00' },
      { refundStatus: 'COMPLETED' },
      'CAPTURED',
    ],
  ])('that %s', async (_, change, account, state) => {
    const outcome = await answering(200, onAccount(change, account)).lookUp()
    expect(outcome).toMatchObject({
      kind: 'found',
      state,
      account: state === 'AWAITING' ? ACCOUNT : null,
      disputed: false,
    })
  })

  it('calls nothing a refund where no money had come', async () => {
    const cancels = [{ cancelAmount: 18_000, cancelReason: 'closed', transactionKey: 'tx1' }]
    const closed = onAccount({ status: 'CANCELED', balanceAmount: 0, cancels })
    expect(await answering(200, closed).lookUp()).toMatchObject({
      state: 'ENDED',
      refunds: [],
      refundedAmount: 0,
    })
  })
})

describe('refunds that a look-up finds', () => {
  const partly = (cancels: Record<string, unknown>[], account?: Record<string, unknown>) => {
    const back = cancels.reduce((sum, cancel) => sum + Number(cancel['cancelAmount']), 0)
    const more = {
      status: 'PARTIAL_CANCELED',
      approvedAt: '2026-11-20T12:40:00+09:00',
      balanceAmount: 18_000 - back,
      cancels,
    }
    return account === undefined ? payment(more) : onAccount(more, account)
  }
  const first = { cancelAmount: 3_000, cancelReason: 'at the desk', transactionKey: 'tx1' }
  const second = {
    cancelAmount: 5_000,
    cancelReason: `sold out [${REFUND_ID}]`,
    transactionKey: 'tx2',
    cancelStatus: 'DONE',
  }

  it('are ours by our mark, or of the desk', async () => {
    expect(await answering(200, partly([first, second])).lookUp()).toMatchObject({
      refundedAmount: 8_000,
      refunds: [
        { refundId: null, providerRef: 'tx1', amount: 3_000, status: 'DONE' },
        { refundId: REFUND_ID, providerRef: 'tx2', amount: 5_000, status: 'DONE' },
      ],
    })
  })

  it('keep apart where the provider has no names for them', async () => {
    const nameless = [first, second].map((cancel) => ({ ...cancel, transactionKey: null }))
    const outcome = await answering(200, partly(nameless)).lookUp()
    const refs =
      outcome.kind === 'found' ? outcome.refunds.map(({ providerRef }) => providerRef) : []
    expect(new Set(refs).size).toBe(2)
  })

  it.each<[string, string | null, string | null, readonly string[], number]>([
    ['settled', 'DONE', null, ['DONE', 'DONE'], 8_000],
    ['under way', 'IN_PROGRESS', null, ['DONE', 'PENDING'], 3_000],
    ['given up', 'ABORTED', null, ['DONE', 'FAILED'], 3_000],
    ['transferred', 'DONE', 'COMPLETED', ['DONE', 'DONE'], 8_000],
    ['being transferred', 'DONE', 'PENDING', ['DONE', 'PENDING'], 3_000],
    ['not transferred', 'DONE', 'FAILED', ['FAILED', 'FAILED'], 0],
    ['partly not transferred', 'DONE', 'PARTIAL_FAILED', ['DONE', 'FAILED'], 3_000],
    ['from before there was a status', null, null, ['DONE', 'DONE'], 8_000],
  ])('may be %s', async (_, cancelStatus, refundStatus, statuses, refundedAmount) => {
    const cancels = [first, { ...second, cancelStatus }]
    const found = partly(cancels, refundStatus === null ? undefined : { refundStatus })
    const outcome = await answering(200, found).lookUp()
    expect(outcome).toMatchObject({ state: 'CAPTURED', refundedAmount })
    expect(outcome.kind === 'found' && outcome.refunds.map(({ status }) => status)).toEqual(
      statuses,
    )
  })
})

describe('voiding', () => {
  it.each<[string, number, unknown, string]>([
    [
      'a page that nobody went through',
      200,
      payment({ status: 'READY', approvedAt: null }),
      'voided',
    ],
    [
      'a page that nobody confirmed',
      200,
      payment({ status: 'IN_PROGRESS', approvedAt: null }),
      'voided',
    ],
    ['what is not there', 404, error('NOT_FOUND_PAYMENT'), 'voided'],
    ['what is over', 200, payment({ status: 'EXPIRED', approvedAt: null }), 'voided'],
    ['money that has come', 200, payment(), 'captured'],
    ['an account that stays open', 200, onAccount(), 'unknown'],
    [
      'an account whose provider is away',
      503,
      error('FAILED_INTERNAL_SYSTEM_PROCESSING'),
      'unknown',
    ],
  ])('%s (%i) is %s', async (_, status, body, kind) => {
    expect((await answering(status, body).void()).kind).toBe(kind)
  })

  it('closes nothing but an account', async () => {
    const page = answering(200, payment({ status: 'IN_PROGRESS', approvedAt: null }))
    await page.void()
    expect(page.sent.map(({ method }) => method)).toEqual(['GET'])
    const account = answering(200, onAccount())
    await account.void()
    expect(account.sent.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET'])
    expect(account.sent[1]).toMatchObject({
      url: 'https://api.tosspayments.com/v1/payments/tkey1/cancel',
      body: { cancelReason: '주문 종료' },
    })
    expect(account.sent[1]?.headers.has('idempotency-key')).toBe(false)
  })
})

describe('refunding', () => {
  const cancelled = (cancel: Record<string, unknown>, change: Record<string, unknown> = {}) =>
    payment({
      status: 'PARTIAL_CANCELED',
      balanceAmount: 13_000,
      cancels: [
        { cancelAmount: 1, cancelReason: 'of someone else' },
        {
          cancelAmount: 5_000,
          cancelReason: `sold out [${REFUND_ID}]`,
          transactionKey: 'tx9',
          ...cancel,
        },
      ],
      ...change,
    })

  it.each<[string, number, unknown, string]>([
    ['an answer that shows it', 200, cancelled({}), 'done'],
    ['one that calls it DONE', 200, cancelled({ cancelStatus: 'DONE' }), 'done'],
    ['one that calls it IN_PROGRESS', 200, cancelled({ cancelStatus: 'IN_PROGRESS' }), 'pending'],
    ['one that calls it ABORTED', 200, cancelled({ cancelStatus: 'ABORTED' }), 'refused'],
    ['one with another amount', 200, cancelled({ cancelAmount: 4_999 }), 'unknown'],
    ['one that shows only others', 200, cancelled({ cancelReason: 'sold out' }), 'unknown'],
    ['one without cancellations', 200, payment(), 'unknown'],
    ['REFUND_REJECTED', 403, error('REFUND_REJECTED'), 'refused'],
    ['NOT_ALLOWED_PARTIAL_REFUND', 403, error('NOT_ALLOWED_PARTIAL_REFUND'), 'refused'],
    ['NOT_FOUND_PAYMENT', 404, error('NOT_FOUND_PAYMENT'), 'refused'],
    // The look-up that follows shows that nothing was paid back: the key would repeat just that.
    ['FAILED_REFUND_PROCESS', 400, error('FAILED_REFUND_PROCESS'), 'refused'],
    ['ALREADY_CANCELED_PAYMENT', 400, error('ALREADY_CANCELED_PAYMENT'), 'refused'],
    ['a failure of the server', 500, error('FAILED_REFUND_PROCESS'), 'unknown'],
  ])('by %s (%i) is %s', async (_, status, body, kind) => {
    const answers = answering(200, payment(), [status, body])
    expect((await answers.refund()).kind).toBe(kind)
  })

  it('names refund and attempt, and carries its id where it comes back', async () => {
    const { refund, sent } = answering(200, payment(), [200, cancelled({})])
    expect(await refund()).toEqual({ kind: 'done', providerRef: 'tx9' })
    expect(sent[1]).toMatchObject({
      url: 'https://api.tosspayments.com/v1/payments/tkey1/cancel',
      body: { cancelReason: `sold out [${REFUND_ID}]`, cancelAmount: 5_000 },
    })
    expect(sent[1]?.headers.get('idempotency-key')).toBe(`refund-${REFUND_ID}-2`)
  })

  it.each([
    ['done', { cancelStatus: 'DONE' }],
    ['pending', { cancelStatus: 'IN_PROGRESS' }],
  ])('pays nothing back that stands already, and is %s', async (kind, cancel) => {
    const { refund, sent } = answering(200, cancelled(cancel))
    expect(await refund()).toEqual({ kind, providerRef: 'tx9' })
    expect(sent.map(({ method }) => method)).toEqual(['GET'])
  })

  it('tries anew what was given up before', async () => {
    const { refund, sent } = answering(200, cancelled({ cancelStatus: 'ABORTED' }), [
      200,
      cancelled({}),
    ])
    expect((await refund()).kind).toBe('done')
    expect(sent.map(({ method }) => method)).toEqual(['GET', 'POST'])
  })

  it('does not ask for a part of what goes back only as a whole', async () => {
    const { refund, sent } = answering(200, payment({ isPartialCancelable: false }))
    expect(await refund()).toMatchObject({
      kind: 'refused',
      failure: { code: 'NOT_ALLOWED_PARTIAL_REFUND' },
    })
    expect(sent).toHaveLength(1)
  })

  it('asks for the whole of it', async () => {
    const whole = payment({ isPartialCancelable: false, totalAmount: 5_000, balanceAmount: 5_000 })
    const { refund, sent } = answering(200, whole)
    await refund()
    expect(sent).toHaveLength(2)
  })

  const paidAccount = (account: Record<string, unknown> = {}, change = {}) =>
    onAccount({ status: 'DONE', approvedAt: '2026-11-20T12:40:00+09:00', ...change }, account)

  it('needs an account to pay back to where the money came over one', async () => {
    const { refund, sent } = answering(200, paidAccount())
    expect(await refund()).toMatchObject({
      kind: 'refused',
      failure: { code: 'REFUND_ACCOUNT_REQUIRED' },
    })
    expect(sent).toHaveLength(1)
  })

  it('names that account as the provider wants it', async () => {
    const { refund, sent } = answering(200, paidAccount())
    await refund({ bank: ' 국민 은행', accountNo: '110-234 567890', holder: ' 김손님 ' })
    expect(sent[1]?.body).toEqual({
      cancelReason: `sold out [${REFUND_ID}]`,
      cancelAmount: 5_000,
      refundReceiveAccount: { bank: '06', accountNumber: '110234567890', holderName: '김손님' },
    })
  })

  it('never transfers a second time what a bank did not take', async () => {
    const cancels = [{ cancelAmount: 5_000, cancelReason: `sold out [${REFUND_ID}]` }]
    const failed = paidAccount(
      { refundStatus: 'FAILED' },
      { status: 'PARTIAL_CANCELED', balanceAmount: 13_000, cancels },
    )
    const { refund, sent } = answering(200, failed)
    expect(await refund({ bank: '88', accountNo: '1', holder: '김손님' })).toMatchObject({
      kind: 'refused',
      failure: { code: 'REFUND_TRANSFER_FAILED' },
    })
    expect(sent).toHaveLength(1)
  })
})
