import { describe, expect, it } from 'vitest'
import {
  afterClaimEvent,
  CLAIM_EVENTS,
  counting,
  newClaim,
  whyNoClaim,
  type ClaimEvent,
} from '../../../src/domain/coupon/claiming.ts'
import {
  CLAIM_STATUSES,
  type ClaimState,
  type ClaimStatus,
  type CouponState,
} from '../../../src/domain/coupon/coupon.ts'
import { reasonOf, takeCoupons } from '../../../src/domain/coupon/taking.ts'
import { aCoupon } from '../../support/coupons.ts'

const NOW = 1_000_000
const MEMBER = { userId: 'u', sessionId: 's' }
const GUEST = { userId: null, sessionId: 'g' }
const LINES = [{ itemId: 'chicken', categoryId: 'mains', total: 18_000 }]

const claim = (status: ClaimStatus, id = 'c', orderId = 'o'): ClaimState => ({
  ...newClaim(aCoupon(), MEMBER, id, 0),
  status,
  orderId: status === 'HELD' || status === 'USED' ? orderId : null,
})

describe('claiming a coupon', () => {
  const refused = (changes: Partial<CouponState>, mine: ClaimState[] = [], asker = MEMBER) =>
    whyNoClaim({ coupon: aCoupon(changes), mine }, asker, NOW)

  it('belongs to the account, or to the session without one', () => {
    expect(newClaim(aCoupon(), MEMBER, 'c', NOW)).toMatchObject({ holder: 'u', status: 'CLAIMED' })
    expect(newClaim(aCoupon(), GUEST, 'c', NOW)).toMatchObject({ holder: 'g', userId: null })
  })

  it.each<[string, Partial<CouponState>]>([
    ['while there are any left', { claimed: 99 }],
    ['at the very moment it starts', { startsAt: NOW }],
    ['at the last moment before it ends', { endsAt: NOW + 1 }],
  ])('is granted %s', (_when, changes) => {
    expect(refused(changes)).toBeNull()
  })

  it.each<[string, Partial<CouponState>]>([
    ['INACTIVE', { active: false }],
    ['NOT_STARTED', { startsAt: NOW + 1 }],
    ['ENDED', { endsAt: NOW }],
  ])('is refused: %s', (reason, changes) => {
    expect(refused(changes)).toMatchObject({ kind: 'COUPON_NOT_APPLICABLE', reason })
  })

  it('says when it starts or ended', () => {
    expect(refused({ startsAt: NOW + 5 })).toMatchObject({ startsAt: NOW + 5 })
    expect(refused({ endsAt: NOW - 5 })).toMatchObject({ endsAt: NOW - 5 })
  })

  it('is refused when all are claimed', () => {
    expect(refused({ claimed: 100 })).toEqual({ kind: 'COUPON_EXHAUSTED', code: 'WELCOME' })
  })

  it('needs an account unless it is for guests', () => {
    expect(whyNoClaim({ coupon: aCoupon(), mine: [] }, GUEST, NOW)).toMatchObject({
      reason: 'ACCOUNT_NEEDED',
    })
    const forGuests = aCoupon({ forGuests: true })
    expect(whyNoClaim({ coupon: forGuests, mine: [] }, GUEST, NOW)).toBeNull()
  })

  it.each(CLAIM_STATUSES)('counts a claim that is %s towards the limit', (status) => {
    expect(refused({}, [claim(status)])).toEqual({
      kind: 'COUPON_ALREADY_CLAIMED',
      code: 'WELCOME',
      why: 'LIMIT_REACHED',
      claimId: 'c',
    })
    expect(refused({ perUserLimit: 2 }, [claim(status)])).toBeNull()
  })

  it('names the newest claim to who has one, also when none is left', () => {
    expect(
      refused({ claimed: 100 }, [claim('USED', 'old'), claim('CLAIMED', 'new')]),
    ).toMatchObject({
      claimId: 'new',
    })
  })
})

describe('taking a coupon for an order', () => {
  const take = (changes: Partial<CouponState>, mine: ClaimState[] = []) => {
    const taken = takeCoupons([{ coupon: aCoupon(changes), mine }], LINES, MEMBER, NOW)
    return taken.ok ? (taken.value[0]?.claim?.id ?? 'a new one') : taken.refusal
  }

  it('takes the oldest free claim, also when none is left or the limit is reached', () => {
    const mine = [claim('USED', 'a'), claim('CLAIMED', 'b'), claim('CLAIMED', 'c')]
    expect(take({ claimed: 100 }, mine)).toBe('b')
  })

  it('makes a claim where the asker has none', () => {
    expect(take({})).toBe('a new one')
    expect(take({ perUserLimit: 2 }, [claim('USED')])).toBe('a new one')
  })

  it('refuses by the rules of claiming', () => {
    expect(take({ claimed: 100 })).toMatchObject({ kind: 'COUPON_EXHAUSTED' })
    expect(take({}, [claim('USED')])).toMatchObject({ why: 'LIMIT_REACHED' })
    expect(take({}, [claim('EXPIRED')])).toMatchObject({ why: 'LIMIT_REACHED' })
  })

  it('says that another order has it, and by which claim', () => {
    const mine = [claim('HELD', 'a'), claim('USED', 'b')]
    expect(take({ perUserLimit: 2 }, mine)).toMatchObject({ why: 'IN_USE', claimId: 'a' })
  })

  it('refuses what is claimed but does not run', () => {
    for (const changes of [{ active: false }, { endsAt: NOW }])
      expect(take(changes, [claim('CLAIMED')])).toMatchObject({ kind: 'COUPON_NOT_APPLICABLE' })
  })

  it('says what the order must come to', () => {
    expect(take({ minOrderAmount: 20_000 })).toMatchObject({
      reason: 'BELOW_MIN_ORDER_AMOUNT',
      minOrderAmount: 20_000,
    })
  })

  it('has a reason for every refusal', () => {
    const reasons = [take({ claimed: 100 }), take({}, [claim('HELD')]), take({ active: false })]
    expect(
      reasons.map((refusal) =>
        typeof refusal === 'string' ? refusal : reasonOf(refusal as never),
      ),
    ).toEqual(['EXHAUSTED', 'IN_USE', 'INACTIVE'])
  })
})

describe('the life of a claim', () => {
  const LEGAL: Record<ClaimEvent, Partial<Record<ClaimStatus, ClaimStatus>>> = {
    held: { CLAIMED: 'HELD' },
    used: { HELD: 'USED' },
    'given-back': { HELD: 'CLAIMED', USED: 'CLAIMED' },
    expired: { CLAIMED: 'EXPIRED' },
  }
  const cells = CLAIM_EVENTS.flatMap((event) =>
    CLAIM_STATUSES.map((from) => [event, from] as const),
  )

  it.each(cells)('%s from %s', (event, from) => {
    const after = afterClaimEvent(claim(from), event, 'o', NOW)
    expect(after?.status).toBe(LEGAL[event][from])
  })

  it('is moved by the order that has it alone', () => {
    for (const event of ['used', 'given-back'] as const)
      expect(afterClaimEvent(claim('HELD', 'c', 'other'), event, 'o', NOW)).toBeNull()
  })

  it('forgets its order when it is free, and its history does not', () => {
    const held = afterClaimEvent(claim('CLAIMED'), 'held', 'o', NOW)
    const back = held && afterClaimEvent(held, 'given-back', 'o', NOW + 1)
    expect(back).toMatchObject({ status: 'CLAIMED', orderId: null, changedAt: NOW + 1 })
    expect(back?.history.map(({ to, orderId }) => [to, orderId])).toEqual([
      ['CLAIMED', null],
      ['HELD', 'o'],
      ['RELEASED', 'o'],
    ])
  })

  it('keeps the newest 50 moves', () => {
    let one = claim('CLAIMED')
    for (let at = 0; at < 60; at += 1)
      one = afterClaimEvent(one, at % 2 === 0 ? 'held' : 'given-back', 'o', at) ?? one
    expect(one.history).toHaveLength(50)
    expect(one.history.at(-1)?.at).toBe(59)
  })

  it.each([
    [null, 'CLAIMED', { claimed: 1, held: 0, used: 0 }],
    [null, 'USED', { claimed: 1, held: 0, used: 1 }],
    ['CLAIMED', 'HELD', { claimed: 0, held: 1, used: 0 }],
    ['HELD', 'USED', { claimed: 0, held: -1, used: 1 }],
    ['USED', 'EXPIRED', { claimed: 0, held: 0, used: -1 }],
    ['CLAIMED', 'EXPIRED', { claimed: 0, held: 0, used: 0 }],
  ] as const)('counts %s → %s', (before, after, counts) => {
    expect(counting(before, after)).toEqual(counts)
  })
})
