import { expect, it } from 'vitest'
import { newCharge } from '../../../src/domain/wallet/charge.ts'
import { planPointsRefund } from '../../../src/domain/wallet/points-refund.ts'
import type { PaymentProvider } from '../../../src/providers/payment-port.ts'
import { payBackPoints, type PayingBackDeps } from '../../../src/usecases/wallet/pay-back-points.ts'
import { random } from '../../support/identity.ts'
import { NOW } from '../../support/wallets.ts'

const REFUSED = {
  kind: 'refused',
  failure: { code: 'NOT_CANCELABLE_AMOUNT', message: '' },
} as const

/** A refund of a charge whose provider says no to it, and that to whoever looks. */
async function refused(lookUp: PaymentProvider['lookUp'], times: number) {
  const wish = {
    userId: 'u',
    method: 'CARD',
    amount: 500,
    askedBy: 'u',
    restaurantId: null,
  } as const
  const charge = newCharge(wish, { id: 'c', now: NOW })
  const state = { ...charge, payment: { ...charge.payment, status: 'CAPTURED' } } as const
  const refund = () => Promise.resolve(REFUSED)
  const deps = {
    charges: {
      byId: () => Promise.resolve({ state, version: 1 }),
      advance: () => Promise.resolve(true),
    },
    pointsRefunds: { advance: () => Promise.resolve(true) },
    provider: () => Promise.resolve({ refund, lookUp }),
    now: () => NOW,
    random,
    log: () => undefined,
  } as unknown as PayingBackDeps
  const of = { userId: 'u', amount: 500, reason: 'r' }
  const charges = [{ id: 'c', method: 'CARD', amount: 500, refunded: 0 }] as const
  let points = planPointsRefund(of, charges, { id: 'r', mintId: () => 'part', now: NOW })!
  for (let n = 0; n < times; n += 1)
    points = await payBackPoints(deps, { state: points, version: 1 })
  return points
}

it('leaves a refused refund to nobody while it is not known what the provider still has', async () => {
  const away = () => Promise.resolve({ kind: 'unknown', detail: 'time-out' } as const)
  expect(await refused(away, 5)).toMatchObject({ status: 'REQUESTED', parts: [{ attempt: 0 }] })
})

it('leaves it to people after three times, where the provider does not know the charge', async () => {
  const missing = () => Promise.resolve({ kind: 'missing' } as const)
  expect((await refused(missing, 2)).status).toBe('REQUESTED')
  expect((await refused(missing, 3)).status).toBe('DUE')
})
