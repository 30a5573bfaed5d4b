import { describe, expect, it } from 'vitest'
import type { DomainEvent, EventType } from '../../../src/domain/events.ts'
import { toldBy } from '../../../src/domain/metrics/told-by-events.ts'

const AT = 1_000_000
const event = (type: EventType, scannedAt?: number): DomainEvent =>
  ({
    type,
    at: AT,
    subject: {
      kind: 'order',
      order: { paymentMethod: 'CARD' },
      ...(scannedAt !== undefined && { scannedAt }),
    },
  }) as unknown as DomainEvent

describe('what events tell the metrics', () => {
  it.each([
    ['an order that is paid', [event('PAYMENT_COMPLETED')], [null]],
    ['the first of a visit', [event('PAYMENT_COMPLETED', AT - 90_500)], [90.5]],
    ['two', [event('PAYMENT_COMPLETED'), event('PAYMENT_COMPLETED', AT)], [null, 0]],
    ['nothing of what is not paid', [event('PAYMENT_CHANGED', AT - 1), event('NEW_ORDER')], []],
  ])('%s', (_, events, seconds) => {
    expect(toldBy(events)).toEqual({
      paid: seconds.map((secondsSinceScan) => ({ method: 'CARD', secondsSinceScan })),
      unseen: 0,
    })
  })

  it('orders that nobody saw', () => {
    expect(toldBy([event('ORDER_UNSEEN'), event('ORDER_UNSEEN')]).unseen).toBe(2)
  })
})
