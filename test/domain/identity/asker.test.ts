import { describe, expect, it } from 'vitest'
import type { Actor } from '../../../src/domain/actor.ts'
import { mintAccountId } from '../../../src/domain/identity/account-id.ts'
import { askerAt, askerFor } from '../../../src/domain/identity/asker.ts'
import { parseId } from '../../../src/domain/ids.ts'

const HERE = '00000000-0000-8000-8000-aaaaaaaaaaaa'
const TABLE_HERE = '11111111-0000-8000-8000-aaaaaaaaaaaa'
const ELSEWHERE = '00000000-0000-8000-8000-bbbbbbbbbbbb'

const member = (role: Actor['role'], memberships: Actor['memberships']): Actor => ({
  role,
  sessionId: 'session',
  userId: 'user',
  memberships,
  visit: null,
})

describe('how a restaurant sees an actor', () => {
  it('gives the role of the membership there', () => {
    const owner = member('OWNER', [{ restaurantId: HERE, role: 'OWNER' }])
    expect(askerAt(owner, TABLE_HERE).role).toBe('OWNER')
    const helper = member('CUSTOMER', [{ restaurantId: HERE, role: 'STAFF' }])
    expect(askerAt(helper, HERE).role).toBe('STAFF')
  })

  it.each(['OWNER', 'STAFF'] as const)('sees an %s of another restaurant as a customer', (role) => {
    const stranger = member(role, [{ restaurantId: ELSEWHERE, role: 'OWNER' }])
    expect(askerAt(stranger, HERE).role).toBe('CUSTOMER')
  })

  it('leaves guests and support what they are', () => {
    expect(askerAt(member('GUEST', []), HERE).role).toBe('GUEST')
    expect(askerAt(member('SUPPORT', []), HERE).role).toBe('SUPPORT')
  })
})

describe('which of several roles somebody acts by', () => {
  const HIRED = [{ restaurantId: HERE, role: 'STAFF', version: 3 }] as const

  it.each([
    ['MARKETING', 'coupon:manage', 'MARKETING'],
    ['INVENTORY', 'stock:adjust-any', 'INVENTORY'],
    ['ADMIN', 'product:edit', 'ADMIN'],
    ['SUPPORT', 'support:refund', 'SUPPORT'],
    ['MARKETING', 'table:edit', 'STAFF'],
    ['MARKETING', 'board:read', 'STAFF'],
    ['ADMIN', 'order:read', 'STAFF'],
    ['OWNER', 'coupon:manage', 'STAFF'],
    ['CUSTOMER', 'coupon:claim', 'STAFF'],
  ] as const)('%s who is STAFF here, for %s: %s', (role, permission, acts) => {
    expect(askerFor(member(role, HIRED), TABLE_HERE, permission).role).toBe(acts)
  })

  it('names the membership only where it is what lets them', () => {
    const marketing = member('MARKETING', HIRED)
    expect(askerFor(marketing, HERE, 'board:read').membershipVersion).toBe(3)
    expect(askerFor(marketing, HERE, 'coupon:manage')).not.toHaveProperty('membershipVersion')
  })
})

describe('ids of accounts and sessions', () => {
  it('are version 4 UUIDs of the given bytes', () => {
    const id = mintAccountId((length) => new Uint8Array(length).fill(0xff))
    expect(id).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff')
    expect(parseId(id)).toBe(id)
  })
})
