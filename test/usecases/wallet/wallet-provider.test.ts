import { describe, expect, it } from 'vitest'
import { StorageUnavailableError } from '../../../src/domain/unavailable.ts'
import type { Deps } from '../../../src/usecases/deps.ts'
import { createWalletProvider } from '../../../src/usecases/wallet/wallet-provider.ts'
import { random } from '../../support/identity.ts'
import { accountWith, NOW, paymentOf, wallets } from '../../support/wallets.ts'

const clock = { now: () => NOW, random }
const points = createWalletProvider({ wallets, ...clock })

const requestFor = (userId: string, amount: number) => {
  const payment = paymentOf(userId, amount)
  return {
    capture: { ...payment, attemptId: 'a', providerKey: null },
    name: { paymentId: payment.paymentId, providerKey: null },
    refund: (back: number, refundId: string) => ({
      ...payment,
      amount: back,
      refundId,
      providerKey: null,
      attempt: 0,
      currency: 'KRW',
      reason: 'r',
      account: null,
    }),
  }
}

describe('points behind the payment port', () => {
  it('are captured once, found, and given back once', async () => {
    const { capture, name, refund } = requestFor(await accountWith(5_000), 3_000)
    expect(await points.lookUp(name)).toEqual({ kind: 'missing' })
    const captured = { kind: 'captured', amount: 3_000, currency: 'KRW' }
    expect(await points.capture(capture)).toEqual(captured)
    expect(await points.capture({ ...capture, attemptId: 'b' })).toEqual(captured)
    const done = await points.refund(refund(1_000, 'r1'))
    expect(done).toMatchObject({ kind: 'done' })
    expect(await points.refund({ ...refund(1_000, 'r1'), attempt: 1 })).toEqual(done)
    expect(await points.lookUp(name)).toMatchObject({
      kind: 'found',
      state: 'CAPTURED',
      amount: 3_000,
      refundedAmount: 1_000,
      refunds: [{ refundId: 'r1', amount: 1_000, status: 'DONE' }],
    })
    expect(await points.refund(refund(2_001, 'r2'))).toMatchObject({ kind: 'refused' })
  })

  it('that are voided first are never captured', async () => {
    const { capture, name } = requestFor(await accountWith(5_000), 3_000)
    expect(await points.void(name)).toEqual({ kind: 'voided' })
    expect(await points.void(name)).toEqual({ kind: 'voided' })
    expect(await points.capture(capture)).toMatchObject({ failure: { code: 'POINTS_VOIDED' } })
    expect(await points.lookUp(name)).toMatchObject({ kind: 'found', state: 'ENDED', amount: 0 })
  })

  it('that are voided too late say so', async () => {
    const { capture, name } = requestFor(await accountWith(5_000), 3_000)
    await points.capture(capture)
    expect(await points.void(name)).toMatchObject({
      kind: 'captured',
      found: { state: 'CAPTURED', amount: 3_000 },
    })
  })

  it('are refused by code, and to who has no account', async () => {
    const { capture } = requestFor(await accountWith(10), 3_000)
    const refusedBy = async (
      request: typeof capture | (Omit<typeof capture, 'userId'> & { userId: null }),
    ) => (await points.capture(request)) as { failure?: { code: string } }
    expect((await refusedBy(capture)).failure?.code).toBe('INSUFFICIENT_POINTS')
    expect((await refusedBy({ ...capture, userId: null })).failure?.code).toBe(
      'POINTS_NEED_ACCOUNT',
    )
  })

  it('are nothing that anybody opens', async () => {
    const { capture } = requestFor('u', 1)
    const request = { ...capture, orderName: '', currency: 'KRW', method: 'POINTS' } as const
    const where = { successUrl: '', failUrl: '', expiresAt: NOW, payerName: null }
    expect(await points.open({ ...request, ...where })).toMatchObject({ kind: 'refused' })
  })
})

describe('while the database is away', () => {
  const away = () => Promise.reject(new StorageUnavailableError(new Error('gone')))
  const broken: Deps['wallets'] = {
    ...wallets,
    debitForOrder: away,
    creditBack: away,
    voidDebit: away,
    ofPayment: away,
  }
  const nobody = createWalletProvider({ wallets: broken, ...clock })

  it('every verb says that it does not know', async () => {
    const { capture, name, refund } = requestFor('u', 1)
    const told = await Promise.all([
      nobody.capture(capture),
      nobody.lookUp(name),
      nobody.refund(refund(1, 'r')),
      nobody.void(name),
    ])
    expect(told.map(({ kind }) => kind)).toEqual(Array(4).fill('unknown'))
  })

  it('a bug is still a bug', async () => {
    const wrong = () => Promise.reject(new Error('no such table'))
    const failing = createWalletProvider({ wallets: { ...broken, ofPayment: wrong }, ...clock })
    await expect(failing.lookUp(requestFor('u', 1).name)).rejects.toThrow('no such table')
  })
})
