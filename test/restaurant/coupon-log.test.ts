import { describe, expect, it } from 'vitest'
import type { ClaimState } from '../../src/domain/coupon/coupon.ts'
import type { DomainEvent, Subject } from '../../src/domain/events.ts'
import { couponLines } from '../../src/restaurant/coupon-log.ts'
import { aCoupon } from '../support/coupons.ts'

const at = 1_000
const event = (subject: Subject): DomainEvent => ({
  type: subject.kind === 'claim' ? 'COUPON_CLAIM_CHANGED' : 'COUPON_CHANGED',
  subject,
  message: null,
  ...{ id: 'e', restaurantId: 'r', epoch: 1, seq: 1, at },
})
const claim = (status: ClaimState['status'], history: ClaimState['history']): Subject => ({
  kind: 'claim',
  claim: {
    ...{ id: 'claim', couponId: 'coupon', code: 'WELCOME', holder: 'u', userId: 'u' },
    ...{ sessionId: 's', status, orderId: null, claimedAt: 0, changedAt: at, history },
  },
})
const coupon: Subject = { kind: 'coupon', coupon: aCoupon({ id: 'coupon', claimed: 3 }) }
const move = (to: ClaimState['history'][number]['to'], when: number) => ({
  ...{ to, at: when, orderId: null },
})

describe('what is logged of coupons', () => {
  it.each([
    ['made', 'CLAIMED', [move('CLAIMED', at)], null],
    ['made and held at once', 'HELD', [move('CLAIMED', at), move('HELD', at)], null],
    ['held', 'HELD', [move('CLAIMED', 1), move('HELD', at)], 'CLAIMED'],
    ['held again', 'HELD', [move('HELD', 1), move('RELEASED', 2), move('HELD', at)], 'CLAIMED'],
    ['over', 'EXPIRED', [move('HELD', 1), move('RELEASED', at), move('EXPIRED', at)], 'HELD'],
  ] as const)('a claim that is %s, from where and to where', (_, to, history, from) => {
    expect(couponLines([event(claim(to, history))])).toEqual([
      {
        ...{ level: 'info', kind: 'coupon', restaurantId: 'r', couponId: 'coupon' },
        ...{ claimId: 'claim', userId: 'u', orderId: null, from, to },
      },
    ])
  })

  it('a coupon that is made or edited, and no count that a claim explains', () => {
    expect(couponLines([event(coupon)])).toMatchObject([{ claimed: 3, left: 97 }])
    const claimed = claim('CLAIMED', [move('CLAIMED', at)])
    expect(couponLines([event(claimed), event(coupon)])).toHaveLength(1)
  })

  it('nothing of other events', () => {
    const table = { kind: 'table', table: { id: 't', name: 'A1', deleted: false } } as const
    expect(couponLines([event(table)])).toEqual([])
  })
})
