import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  afterPaymentEvent,
  isBeingAsked,
  isLive,
  PAYMENT_EVENTS,
} from '../../../src/domain/payment/machine.ts'
import { PAYMENT_STATUSES } from '../../../src/domain/payment/payment.ts'
import { grid } from '../../support/grid.ts'
import { aPayment, captured, NOW, points } from '../../support/orders.ts'

const AFTER = grid(`
  event              OPENING   READY      CAPTURING  AWAITING  CAPTURED  FAILED    ENDED
  opened             READY     -          -          -         -         -         -
  open-refused       FAILED    -          -          -         -         -         -
  claimed            -         CAPTURING  -          -         -         -         -
  not-authenticated  -         -          READY      -         -         -         -
  awaiting           -         AWAITING   AWAITING   -         -         -         -
  captured           CAPTURED  CAPTURED   CAPTURED   CAPTURED  -         CAPTURED  CAPTURED
  refused            FAILED    FAILED     FAILED     FAILED    -         -         -
  over               ENDED     ENDED      ENDED      ENDED     -         -         -
`)

describe('one payment', () => {
  it.each(PAYMENT_EVENTS)('after %s, in every status', (event) => {
    for (const status of PAYMENT_STATUSES) {
      const after = afterPaymentEvent(aPayment({ status }), event)
      expect(after?.status ?? '-', status).toBe(AFTER(event, status))
    }
  })

  it('stays captured whatever is reported, however often and in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PAYMENT_EVENTS)), (events) => {
        const payment = captured()
        const after = events.reduce((now, event) => afterPaymentEvent(now, event) ?? now, payment)
        expect(after).toBe(payment)
      }),
    )
  })

  it('ends captured when the money came at any moment of its life', () => {
    const events = fc.array(fc.constantFrom(...PAYMENT_EVENTS))
    fc.assert(
      fc.property(events, events, (before, afterwards) => {
        const reports = [...before, 'captured' as const, ...afterwards]
        const start = aPayment({ status: 'OPENING' })
        const end = reports.reduce((now, event) => afterPaymentEvent(now, event) ?? now, start)
        expect(end.status).toBe('CAPTURED')
      }),
    )
  })

  it('carries the claim that is asking, and drops it with the answer', () => {
    const claim = { attemptId: 'attempt-1', leaseUntil: NOW + 30_000 }
    const claimed = afterPaymentEvent(aPayment(), 'claimed', claim)
    expect(claimed).toMatchObject({ status: 'CAPTURING', ...claim })
    for (const event of ['captured', 'refused', 'not-authenticated', 'awaiting', 'over'] as const)
      expect(afterPaymentEvent(aPayment({ status: 'CAPTURING', ...claim }), event)).toMatchObject({
        attemptId: null,
        leaseUntil: null,
      })
  })

  it('takes what the event brings, but never its status', () => {
    const changes = { capturedAt: NOW, status: 'ENDED' } as const
    expect(afterPaymentEvent(aPayment(), 'captured', changes)).toMatchObject({
      capturedAt: NOW,
      status: 'CAPTURED',
    })
  })

  it('is being asked for while claimed, but for points, which hold nothing up', () => {
    const asked = PAYMENT_STATUSES.filter((status) => isBeingAsked(aPayment({ status })))
    expect(asked).toEqual(['CAPTURING'])
    expect(isBeingAsked(points())).toBe(false)
  })

  it('may bring money by itself while opening, ready, claimed or awaited', () => {
    expect(PAYMENT_STATUSES.filter((status) => isLive(aPayment({ status })))).toEqual([
      'OPENING',
      'READY',
      'CAPTURING',
      'AWAITING',
    ])
  })
})
