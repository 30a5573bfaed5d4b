import { describe, expect, it } from 'vitest'
import { MINUTE, tossWorld } from '../../sandbox/world.ts'
import {
  AMOUNT,
  GUEST_ACCOUNT,
  issued,
  opened,
  OTHER_REFUND_ID,
  paidAccount,
  REFUND_ID,
} from './shop.ts'

describe('a virtual account at Toss Payments', () => {
  it('is issued, waits, and is paid', async () => {
    const toss = tossWorld()
    const { outcome, lookUp, providerKey } = await issued(toss)
    const dueAt = toss.world.now + 7 * 24 * 60 * MINUTE
    const { accountNumber = '' } = toss.sandbox.find(providerKey)?.virtualAccount ?? {}
    const account = { bank: '우리은행', accountNo: accountNumber, holder: '김손님', dueAt }
    expect(outcome).toEqual({
      kind: 'awaiting',
      account,
      secret: toss.sandbox.find(providerKey)?.secret,
    })
    expect(await lookUp()).toMatchObject({ kind: 'found', state: 'AWAITING', account })
    toss.sandbox.desk.act(providerKey, 'deposit')
    expect(await lookUp()).toMatchObject({ state: 'CAPTURED', amount: AMOUNT, account: null })
  })

  it('is issued once: the same attempt tells it again, another must look', async () => {
    const toss = tossWorld()
    const payment = await opened(toss, 'VIRTUAL_ACCOUNT')
    toss.sandbox.click(payment.providerKey, 'pay')
    toss.fault({ operation: 'confirm', fail_after: 'drop', times: 1 })
    expect((await payment.capture('first')).kind).toBe('unknown')
    expect((await payment.capture('first')).kind).toBe('awaiting')
    expect((await payment.capture('second')).kind).toBe('unknown')
    expect(await payment.lookUp()).toMatchObject({ state: 'AWAITING' })
  })

  it('ends when its time is over', async () => {
    const toss = tossWorld()
    const { lookUp } = await issued(toss)
    toss.world.now += 7 * 24 * 60 * MINUTE
    expect(await lookUp()).toMatchObject({ state: 'ENDED' })
  })

  it('waits again when the bank takes the deposit back', async () => {
    const toss = tossWorld()
    const { lookUp, providerKey } = await paidAccount(toss)
    toss.sandbox.desk.act(providerKey, 'bounce')
    expect(await lookUp()).toMatchObject({ kind: 'found', state: 'AWAITING' })
  })

  it('is closed when nothing shall come any more', async () => {
    const toss = tossWorld()
    const payment = await issued(toss)
    expect(await payment.void()).toEqual({ kind: 'voided' })
    expect(await payment.void()).toEqual({ kind: 'voided' })
    expect(toss.sandbox.desk.act(payment.providerKey, 'deposit').kind).toBe('over')
    expect(await payment.lookUp()).toMatchObject({ state: 'ENDED', refunds: [] })
  })

  it('is closed though the answer is lost, and asked about until it is', async () => {
    const toss = tossWorld()
    const payment = await issued(toss)
    toss.fault({ operation: 'cancel', fail_status: 503, keep_error: true, times: 1 })
    expect(await payment.void()).toEqual({
      kind: 'unknown',
      detail: 'FAILED_INTERNAL_SYSTEM_PROCESSING',
    })
    toss.fault({ operation: 'cancel', fail_after: 'drop', times: 1 })
    expect(await payment.void()).toEqual({ kind: 'voided' })
  })

  it('tells of money that came before it could be closed', async () => {
    const toss = tossWorld()
    const payment = await paidAccount(toss)
    expect(await payment.void()).toMatchObject({
      kind: 'captured',
      found: { state: 'CAPTURED', amount: AMOUNT },
    })
    expect(toss.sandbox.find(payment.providerKey)).toMatchObject({ balanceAmount: AMOUNT })
  })

  it('tells of money that came while it was being closed', async () => {
    const toss = tossWorld()
    const payment = await issued(toss)
    toss.fault({ operation: 'cancel', slow_ms: 1, times: 1 })
    toss.world.wait = () => {
      toss.sandbox.desk.act(payment.providerKey, 'deposit')
      return Promise.resolve()
    }
    expect(await payment.void()).toMatchObject({ kind: 'captured' })
    expect(toss.sandbox.find(payment.providerKey)).toMatchObject({ balanceAmount: AMOUNT })
  })

  it('is paid back to an account of the guest, in parts too', async () => {
    const toss = tossWorld()
    const { refund, lookUp } = await paidAccount(toss)
    expect(await refund(REFUND_ID, 8_000)).toMatchObject({
      kind: 'refused',
      failure: { code: 'REFUND_ACCOUNT_REQUIRED' },
    })
    const account = GUEST_ACCOUNT
    expect((await refund(REFUND_ID, 8_000, 1, { account })).kind).toBe('done')
    expect((await refund(OTHER_REFUND_ID, 10_000, 0, { account })).kind).toBe('done')
    expect(await lookUp()).toMatchObject({ state: 'CAPTURED', refundedAmount: AMOUNT })
  })

  it('tells when a transfer back has failed, and makes no second one', async () => {
    const toss = tossWorld()
    const { refund, providerKey, lookUp } = await paidAccount(toss)
    const account = GUEST_ACCOUNT
    toss.fault({ operation: 'cancel', refund_pending: true })
    await refund(REFUND_ID, 8_000, 0, { account })
    toss.sandbox.desk.act(providerKey, 'refund_fails')
    expect(await lookUp()).toMatchObject({
      refundedAmount: 0,
      refunds: [{ refundId: REFUND_ID, status: 'FAILED' }],
    })
    expect(await refund(REFUND_ID, 8_000, 1, { account })).toMatchObject({
      kind: 'refused',
      failure: { code: 'REFUND_TRANSFER_FAILED' },
    })
    expect(toss.sandbox.find(providerKey)?.cancels).toHaveLength(1)
  })
})
