import { describe, expect, it } from 'vitest'
import { ACCOUNT_ROLES } from '../../src/domain/actor.ts'
import { may, PERMISSIONS, type Permission } from '../../src/domain/permissions.ts'
import { grid } from '../support/grid.ts'

const ROLES = ['GUEST', ...ACCOUNT_ROLES] as const
const MATRIX = `
  permission             GUEST  CUSTOMER  OWNER  STAFF  SUPPORT  INVENTORY  MARKETING  ADMIN  EXTERNAL
  session:end            yes    yes       yes    yes    yes      yes        yes        yes    yes
  account:read-own       -      yes       yes    yes    yes      yes        yes        yes    -
  account:edit-own       -      yes       yes    yes    yes      yes        yes        yes    -
  cart:use               yes    yes       yes    yes    yes      yes        yes        yes    -
  cart:merge             yes    yes       yes    yes    yes      yes        yes        yes    -
  order:place            yes    yes       yes    yes    yes      yes        yes        yes    -
  order:read             yes    yes       yes    yes    yes      yes        yes        yes    -
  order:cancel           yes    yes       yes    yes    yes      yes        yes        yes    -
  payment:open           yes    yes       yes    yes    yes      yes        yes        yes    -
  ticket:create          yes    yes       yes    yes    yes      yes        yes        yes    -
  wallet:read-own        -      yes       yes    yes    yes      yes        yes        yes    -
  points:charge          -      yes       yes    yes    yes      yes        yes        yes    -
  points:take-cash       -      -         yes    yes    -        -          -          yes    -
  points:refund-own      -      yes       yes    yes    yes      yes        yes        yes    -
  points:refund-due      -      -         -      -      -        -          -          yes    -
  table:read             yes    yes       yes    yes    -        -          -          -      -
  restaurant:create      -      -         yes    -      -        -          -          -      -
  restaurant:read        -      -         yes    yes    -        -          -          -      -
  restaurant:edit        -      -         yes    -      -        -          -          -      -
  staff:manage           -      -         yes    -      -        -          -          -      -
  restaurant:pause       -      -         yes    yes    -        -          -          -      -
  menu:read              -      -         yes    yes    -        -          -          -      -
  menu:edit              -      -         yes    -      -        -          -          -      -
  menu:sold-out          -      -         yes    yes    -        -          -          -      -
  statistics:read        -      -         yes    -      -        -          -          -      -
  table:list             -      -         yes    yes    -        -          -          -      -
  table:edit             -      -         yes    -      -        -          -          -      -
  table:seat             -      -         yes    yes    -        -          -          -      -
  board:read             -      -         yes    yes    -        -          -          -      -
  order:handle           -      -         yes    yes    -        -          -          -      -
  order:settle           -      -         yes    yes    -        -          -          -      -
  order:refund           -      -         yes    -      -        -          -          -      -
  deposit:handle         -      -         yes    yes    -        -          -          -      -
  stock:read             -      -         yes    yes    -        -          -          -      -
  stock:adjust           -      -         yes    yes    -        -          -          -      -
  stock:read-any         -      -         -      -      -        yes        -          yes    -
  stock:adjust-any       -      -         -      -      -        yes        -          yes    -
  coupon:manage          -      -         yes    -      -        -          yes        yes    -
  coupon:claim           yes    yes       yes    yes    yes      yes        yes        yes    -
  product:edit           -      -         yes    -      -        -          -          yes    -
  support:read           -      -         -      -      yes      -          -          yes    -
  support:write          -      -         -      -      yes      -          -          -      -
  support:unmask         -      -         -      -      yes      -          -          yes    -
  support:refund         -      -         -      -      yes      -          -          -      -
  support:decide-refund  -      -         -      -      yes      -          -          yes    -
  support:activity       -      -         -      -      yes      -          -          yes    -
  order:read-any         -      -         -      -      yes      -          -          yes    -
  order:manage-any       -      -         -      -      -        -          -          yes    -
  user:read-any          -      -         -      -      -        -          -          yes    -
  user:manage            -      -         -      -      -        -          -          yes    -
  user:export            -      -         -      -      -        -          -          yes    -
  user:erase             -      -         -      -      -        -          -          yes    -
  settings:read          -      -         -      -      -        -          -          yes    -
  settings:propose       -      -         -      -      -        -          -          yes    -
  settings:decide        -      -         -      -      -        -          -          yes    -
  audit:read             -      -         -      -      -        -          -          yes    -
  stats:read-any         -      -         -      -      yes      -          yes        yes    -
  metrics:read           -      -         -      -      -        -          -          yes    -
  alert:read             -      -         -      -      yes      -          -          yes    -
  alert:manage           -      -         -      -      -        -          -          yes    -
  rates:manage           -      -         -      -      -        -          -          yes    -
  projection:rebuild     -      -         -      -      -        -          -          yes    -
  platform:restore       -      -         -      -      -        -          -          yes    -
  partner:manage         -      -         -      -      -        -          -          yes    -
  feed:pull              -      -         -      -      -        -          -          -      yes
  outbox:read            -      -         -      -      yes      -          -          yes    -
  outbox:retry           -      -         -      -      -        -          -          yes    -
  reconciliation:read    -      -         -      -      yes      -          -          yes    -
  reconciliation:run     -      -         -      -      -        -          -          yes    -
`
const GRANTED = grid(MATRIX)

describe('the permission matrix', () => {
  it('has a row here for every permission, and no other', () => {
    const rows = MATRIX.trim().split('\n').slice(1)
    expect(rows.map((row) => row.trim().split(/\s+/)[0]).sort()).toEqual(
      Object.keys(PERMISSIONS).sort(),
    )
  })

  it.each(Object.keys(PERMISSIONS) as Permission[])('%s, for every role', (permission) => {
    for (const role of ROLES)
      expect(may(role, permission), role).toBe(GRANTED(permission, role) === 'yes')
  })
})
