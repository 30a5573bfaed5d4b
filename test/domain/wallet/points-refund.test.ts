import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RefundOutcome } from '../../../src/domain/payment/outcomes.ts'
import {
  afterPartReport,
  planPointsRefund,
  refundablePoints,
  withProof,
  type PointsRefund,
  type RefundableCharge,
} from '../../../src/domain/wallet/points-refund.ts'

const NOW = 1_000_000
const DONE: RefundOutcome = { kind: 'done', providerRef: 'r' }
const NO: RefundOutcome = { kind: 'refused', failure: { code: 'NO', message: '' } }
const UNKNOWN: RefundOutcome = { kind: 'unknown', detail: '' }
const PROOF = { method: 'CASH', note: 'n', by: 'admin', at: NOW } as const

const charge = (
  id: string,
  amount: number,
  refunded = 0,
  method: RefundableCharge['method'] = 'CARD',
): RefundableCharge => ({ id, amount, refunded, method })

function plan(amount: number, charges: readonly RefundableCharge[]): PointsRefund | null {
  let ids = 0
  const supply = { id: 'refund', mintId: () => `part-${(ids += 1)}`, now: NOW }
  return planPointsRefund({ userId: 'u', amount, reason: 'r' }, charges, supply)
}
function planned(amount: number, charges: readonly RefundableCharge[]): PointsRefund {
  const refund = plan(amount, charges)
  if (refund === null) throw new Error('not planned')
  return refund
}
const partsOf = ({ parts }: PointsRefund) =>
  parts.map(({ paymentId, amount, status }) => [paymentId, amount, status])

describe('planning a refund of points', () => {
  it('takes charges in their order, each to what is left of it', () => {
    const refund = planned(900, [charge('new', 500), charge('half', 400, 300), charge('old', 700)])
    expect(partsOf(refund)).toEqual([
      ['new', 500, 'REQUESTED'],
      ['half', 100, 'REQUESTED'],
      ['old', 300, 'REQUESTED'],
    ])
  })

  it.each(['CASH', 'INSTANT'] as const)('leaves %s to people', (method) => {
    const refund = planned(500, [charge('c', 500, 0, method)])
    expect([refund.status, refund.tryAt, partsOf(refund)]).toEqual([
      'DUE',
      null,
      [['c', 500, 'DUE']],
    ])
  })

  it('never promises more than was bought and has not gone back', () => {
    const amounts = fc.record({
      amount: fc.integer({ min: 1, max: 900 }),
      back: fc.integer({ min: 0, max: 900 }),
    })
    const charges = fc
      .array(amounts, { maxLength: 6 })
      .map((all) =>
        all.map(({ amount, back }, n) => charge(String(n), amount, Math.min(amount, back))),
      )
    fc.assert(
      fc.property(charges, fc.integer({ min: 1, max: 4_000 }), (all, amount) => {
        const most = refundablePoints(Number.MAX_SAFE_INTEGER, all)
        const refund = plan(amount, all)
        expect(refund === null).toBe(amount > most)
        const sum = (refund?.parts ?? []).reduce((total, part) => total + part.amount, 0)
        expect(sum).toBe(refund === null ? 0 : amount)
        for (const part of refund?.parts ?? []) {
          const of = all.find(({ id }) => id === part.paymentId)
          expect(part.amount).toBeLessThanOrEqual((of?.amount ?? 0) - (of?.refunded ?? 0))
        }
      }),
    )
  })

  it('says at most what the wallet still holds', () => {
    expect(refundablePoints(100, [charge('c', 500)])).toBe(100)
    expect(refundablePoints(900, [charge('c', 500, 200)])).toBe(300)
  })
})

describe('a refund of points', () => {
  const two = planned(600, [charge('a', 500), charge('b', 500)])
  const [first, second] = two.parts

  it('is done when all its parts are', () => {
    const half = afterPartReport(two, first!, DONE, NOW)
    expect(half.status).toBe('REQUESTED')
    const whole = afterPartReport(half, second!, DONE, NOW)
    expect([whole.status, whole.tryAt]).toEqual(['DONE', null])
  })

  it('is tried again after an answer that tells nothing, later each time', () => {
    const soon = afterPartReport(two, first!, UNKNOWN, NOW)
    const late = afterPartReport(two, first!, UNKNOWN, NOW + 600_000)
    expect([soon.tryAt, late.tryAt]).toEqual([NOW + 60_000, NOW + 1_200_000])
    expect(partsOf(soon)).toEqual(partsOf(two))
  })

  it("is left to people after the provider's third no", () => {
    let refund = planned(500, [charge('a', 500)])
    for (const status of ['REQUESTED', 'REQUESTED', 'DUE']) {
      refund = afterPartReport(refund, refund.parts[0]!, NO, NOW)
      expect(refund.status).toBe(status)
    }
    expect(withProof(refund, PROOF)).toMatchObject({ status: 'DONE', parts: [{ proof: PROOF }] })
  })

  it('takes no proof of what is not due', () => {
    expect(withProof(two, PROOF)).toBeNull()
  })
})
