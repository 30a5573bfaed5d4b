import { describe, expect, it } from 'vitest'
import {
  accountAfter,
  administers,
  type AccountStanding,
  type AccountWish,
} from '../../../src/domain/identity/account.ts'

const NOW = 1_000
const at = (role: AccountStanding['role'], lockedAt: number | null = null) => ({ role, lockedAt })
const open = at('CUSTOMER')
const shut = at('CUSTOMER', 7)

describe('what becomes of an account', () => {
  it.each<[string, AccountStanding, AccountWish]>([
    ['nothing is wished', open, {}],
    ['it has the role', open, { role: 'CUSTOMER' }],
    ['it is open', open, { locked: false }],
    ['it is locked', shut, { locked: true, role: 'CUSTOMER' }],
  ])('is nothing where %s already', (_, before, wish) => {
    expect(accountAfter(before, wish, NOW)).toBeNull()
  })

  it.each<[string, AccountStanding, AccountWish, object]>([
    [
      'another role',
      open,
      { role: 'SUPPORT' },
      { after: at('SUPPORT'), action: 'user-role-changed', endsSessions: true },
    ],
    [
      'a lock, from now on',
      open,
      { locked: true },
      { after: at('CUSTOMER', NOW), action: 'user-locked', endsSessions: true },
    ],
    [
      'no lock: nobody is in who would have to leave',
      shut,
      { locked: false },
      { after: open, action: 'user-unlocked', endsSessions: false },
    ],
    [
      'another role behind the same lock',
      shut,
      { role: 'ADMIN', locked: true },
      { after: at('ADMIN', 7), action: 'user-role-changed', endsSessions: true },
    ],
    [
      'both at once',
      open,
      { role: 'MARKETING', locked: true },
      {
        after: at('MARKETING', NOW),
        changes: {
          role: { from: 'CUSTOMER', to: 'MARKETING' },
          locked: { from: false, to: true },
        },
      },
    ],
  ])('is %s', (_, before, wish, change) => {
    expect(accountAfter(before, wish, NOW)).toMatchObject(change)
  })
})

describe('who administers', () => {
  it.each([
    [at('ADMIN'), true],
    [at('ADMIN', 7), false],
    [at('SUPPORT'), false],
  ])('%o: %s', (standing, does) => {
    expect(administers(standing)).toBe(does)
  })
})
