import { describe, expect, it } from 'vitest'
import { accountIn, BASE_URL, MINUTE, newOrderId, openBody, told, tossWorld } from './world.ts'

const DAY = 24 * 60 * MINUTE
const GUEST_ACCOUNT = { bank: '88', accountNumber: '110234567890', holderName: '김손님' }
const STATES = ['WAITING_FOR_DEPOSIT', 'DONE', 'CANCELED', 'EXPIRED'] as const

describe("a virtual account's states at the sandbox", () => {
  it.each(STATES)('reaches %s by what buyer, shop and bank do', async (state) => {
    expect((await accountIn(tossWorld(), state)).status).toBe(state)
  })

  it.each([
    ['WAITING_FOR_DEPOSIT', 'done'],
    ['DONE', 'over'],
    ['CANCELED', 'over'],
    ['EXPIRED', 'over'],
  ] as const)('a deposit in %s is %s', async (state, kind) => {
    const toss = tossWorld()
    const { paymentKey } = await accountIn(toss, state)
    expect(toss.sandbox.desk.act(paymentKey, 'deposit').kind).toBe(kind)
  })

  it.each([
    ['WAITING_FOR_DEPOSIT', 'over'],
    ['DONE', 'done'],
    ['CANCELED', 'over'],
  ] as const)('taking a deposit back in %s is %s', async (state, kind) => {
    const toss = tossWorld()
    const { paymentKey } = await accountIn(toss, state)
    expect(toss.sandbox.desk.act(paymentKey, 'bounce').kind).toBe(kind)
  })

  it.each([
    ['WAITING_FOR_DEPOSIT', 'ALREADY_PROCESSED_PAYMENT'],
    ['DONE', 'ALREADY_PROCESSED_PAYMENT'],
  ] as const)('confirming again in %s answers %s', async (state, code) => {
    const toss = tossWorld()
    const { paymentKey, orderId } = await accountIn(toss, state)
    const asked = { paymentKey, orderId, amount: 18_000 }
    expect((await toss.call('POST', '/confirm', asked)).body.code).toBe(code)
  })

  it('shows the account with what proves its callbacks, for as long as was asked', async () => {
    const toss = tossWorld()
    const body = { ...openBody(newOrderId(), 18_000, 'VIRTUAL_ACCOUNT'), validHours: 3 }
    const { paymentKey, orderId } = (await toss.call('POST', '', body)).body
    toss.sandbox.click(paymentKey, 'pay')
    const asked = { paymentKey, orderId, amount: 18_000 }
    const issued = (await toss.call('POST', '/confirm', asked)).body
    expect(issued).toMatchObject({
      status: 'WAITING_FOR_DEPOSIT',
      method: '가상계좌',
      approvedAt: null,
      virtualAccount: { dueDate: '2026-11-20T15:30:00+09:00', refundStatus: 'NONE' },
    })
    expect(issued.secret).toMatch(/^ps_/)
    toss.world.now += 3 * 60 * MINUTE
    expect((await toss.call('GET', `/${paymentKey}`)).body.status).toBe('EXPIRED')
  })

  it('takes no account for less than 200 won', async () => {
    const { call } = tossWorld()
    const { body } = await call('POST', '', openBody(newOrderId(), 199, 'VIRTUAL_ACCOUNT'))
    expect(body.code).toBe('BELOW_MINIMUM_AMOUNT')
  })
})

describe('what the sandbox tells of an account', () => {
  it('comes by both kinds of webhook, with the secret in one alone', async () => {
    const toss = tossWorld()
    const { secret, orderId } = await accountIn(toss, 'DONE')
    expect(told(toss)).toEqual([
      'IN_PROGRESS',
      'WAITING_FOR_DEPOSIT',
      'WAITING_FOR_DEPOSIT',
      'DONE',
      'DONE',
    ])
    expect(toss.world.webhooks.at(-1)?.body).toMatchObject({ secret, orderId, status: 'DONE' })
  })

  it.each([
    ['lost', { lose_webhook: true, times: 1 }, []],
    ['twice', { twice: true, times: 1 }, ['DONE', 'DONE', 'DONE', 'DONE']],
  ])('may be %s', async (_, fault, expected) => {
    const toss = tossWorld()
    const { paymentKey } = await accountIn(toss, 'WAITING_FOR_DEPOSIT')
    toss.world.webhooks.splice(0)
    toss.fault(fault)
    toss.sandbox.desk.act(paymentKey, 'deposit')
    expect(told(toss)).toEqual(expected)
  })

  it('comes when its time is over, by the sweep', async () => {
    const toss = tossWorld()
    await accountIn(toss, 'WAITING_FOR_DEPOSIT')
    toss.world.webhooks.splice(0)
    const due = toss.world.now + 7 * DAY
    expect(toss.sandbox.sweep()).toBe(due)
    toss.world.now = due
    toss.sandbox.sweep()
    expect(told(toss)).toEqual(['EXPIRED'])
  })
})

describe('paying back from an account', () => {
  const cancel = (toss: ReturnType<typeof tossWorld>, key: string, more: object) =>
    toss.call('POST', `/${key}/cancel`, { cancelReason: 'test', ...more })

  it.each([
    ['no account', {}],
    ['a bank by its name', { refundReceiveAccount: { ...GUEST_ACCOUNT, bank: '신한' } }],
    ['a number with strokes', { refundReceiveAccount: { ...GUEST_ACCOUNT, accountNumber: '1-2' } }],
    ['no holder', { refundReceiveAccount: { ...GUEST_ACCOUNT, holderName: '' } }],
  ])('refuses %s', async (_, more) => {
    const toss = tossWorld()
    const { paymentKey } = await accountIn(toss, 'DONE')
    const { body } = await cancel(toss, paymentKey, more)
    expect(body.code).toBe('INVALID_REFUND_ACCOUNT_INFO')
    expect(toss.sandbox.find(paymentKey)?.balanceAmount).toBe(18_000)
  })

  it('takes an account, and parts', async () => {
    const toss = tossWorld()
    const { paymentKey } = await accountIn(toss, 'DONE')
    const more = { refundReceiveAccount: GUEST_ACCOUNT, cancelAmount: 5_000 }
    expect((await cancel(toss, paymentKey, more)).body).toMatchObject({
      status: 'PARTIAL_CANCELED',
      balanceAmount: 13_000,
      virtualAccount: { refundStatus: 'COMPLETED' },
    })
  })

  it.each([
    ['refund_arrives', 'COMPLETED'],
    ['refund_fails', 'FAILED'],
  ] as const)('is under way until it is told: %s', async (action, refundStatus) => {
    const toss = tossWorld()
    const { paymentKey } = await accountIn(toss, 'DONE')
    toss.fault({ operation: 'cancel', refund_pending: true })
    const { body } = await cancel(toss, paymentKey, { refundReceiveAccount: GUEST_ACCOUNT })
    expect(body.virtualAccount?.refundStatus).toBe('PENDING')
    expect(toss.sandbox.desk.act(paymentKey, action).kind).toBe('done')
    expect(toss.sandbox.desk.act(paymentKey, action).kind).toBe('over')
    const after = await toss.call('GET', `/${paymentKey}`)
    expect(after.body.virtualAccount?.refundStatus).toBe(refundStatus)
  })

  it('is whole or not at all where a payment was opened so', async () => {
    const toss = tossWorld()
    toss.fault({ operation: 'open', whole_only: true })
    const { paymentKey, isPartialCancelable } = await accountIn(toss, 'DONE')
    expect(isPartialCancelable).toBe(false)
    const account = { refundReceiveAccount: GUEST_ACCOUNT }
    const part = await cancel(toss, paymentKey, { ...account, cancelAmount: 1 })
    expect(part.body.code).toBe('NOT_ALLOWED_PARTIAL_REFUND')
    expect((await cancel(toss, paymentKey, account)).status).toBe(200)
  })
})

describe("the account's page", () => {
  const press = (toss: ReturnType<typeof tossWorld>, key: string, fields: Record<string, string>) =>
    toss.sandbox.fetch(
      new Request(`${BASE_URL}/v1/payments/${key}/checkout`, {
        method: 'POST',
        body: new URLSearchParams(fields),
        redirect: 'manual',
      }),
    )

  it('lets the buyer choose a bank, and transfer with a button', async () => {
    const toss = tossWorld()
    const body = openBody(newOrderId(), 18_000, 'VIRTUAL_ACCOUNT')
    const { paymentKey, orderId, checkout } = (await toss.call('POST', '', body)).body
    const html = await (await toss.sandbox.fetch(new Request(checkout.url))).text()
    expect(html).toContain('name="bank"')
    expect((await press(toss, paymentKey, { action: 'deposit' })).status).toBe(409)
    await press(toss, paymentKey, { action: 'pay', bank: '11' })
    await toss.call('POST', '/confirm', { paymentKey, orderId, amount: 18_000 })
    expect(toss.sandbox.find(paymentKey)?.virtualAccount?.bankCode).toBe('11')
    const waiting = await (await toss.sandbox.fetch(new Request(checkout.url))).text()
    expect(waiting).toContain('value="deposit"')
    expect((await press(toss, paymentKey, { action: 'deposit' })).status).toBe(200)
    expect(toss.sandbox.find(paymentKey)?.status).toBe('DONE')
    expect((await press(toss, 'tsbx000', { action: 'deposit' })).status).toBe(404)
  })
})

describe('errors under idempotency keys', () => {
  const key = { 'idempotency-key': 'one' }

  it('come again where a failure is kept', async () => {
    const toss = tossWorld()
    const body = openBody(newOrderId())
    toss.fault({ operation: 'open', fail_status: 503, keep_error: true, times: 1 })
    expect((await toss.call('POST', '', body, key)).status).toBe(503)
    expect((await toss.call('POST', '', body, key)).status).toBe(503)
    expect((await toss.call('POST', '', body)).status).toBe(200)
  })

  it('do not where refusals are forgotten', async () => {
    const toss = tossWorld()
    toss.fault({ operation: 'open', reject: 'PROVIDER_ERROR', forget_error: true, times: 1 })
    const body = openBody(newOrderId())
    expect((await toss.call('POST', '', body, key)).body.code).toBe('PROVIDER_ERROR')
    expect((await toss.call('POST', '', body, key)).status).toBe(200)
  })
})
