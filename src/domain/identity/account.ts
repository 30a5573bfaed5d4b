import type { AccountRole } from '../actor.ts'
import type { AuditEntry } from '../audit.ts'

/** Roles that administrators give. Working at a restaurant is a membership, and partners are no accounts. */
export const ASSIGNABLE_ROLES = [
  'CUSTOMER',
  'OWNER',
  'SUPPORT',
  'INVENTORY',
  'MARKETING',
  'ADMIN',
] as const satisfies readonly AccountRole[]
export type AssignableRole = (typeof ASSIGNABLE_ROLES)[number]

/** What an account may do, and whether it is let in. Times in ms. */
export interface AccountStanding {
  role: AccountRole
  /** Null = not locked. */
  lockedAt: number | null
}

/** Left out: as it is. */
export interface AccountWish {
  role?: AssignableRole | undefined
  locked?: boolean | undefined
}

export interface AccountChange {
  after: AccountStanding
  /** `user-locked`, `user-unlocked`, or `user-role-changed` where both change. */
  action: string
  changes: AuditEntry['changes']
  /** Who is let in as somebody else, or no longer, is logged out everywhere. */
  endsSessions: boolean
}

/** What the wish makes of the account; null where everything is so already. */
export function accountAfter(
  before: AccountStanding,
  { role, locked = before.lockedAt !== null }: AccountWish,
  now: number,
): AccountChange | null {
  const after = { role: role ?? before.role, lockedAt: locked ? (before.lockedAt ?? now) : null }
  const roleChanges = after.role !== before.role
  const lockChanges = locked !== (before.lockedAt !== null)
  if (!roleChanges && !lockChanges) return null
  return {
    after,
    action: roleChanges ? 'user-role-changed' : locked ? 'user-locked' : 'user-unlocked',
    changes: {
      ...(roleChanges && { role: { from: before.role, to: after.role } }),
      ...(lockChanges && { locked: { from: !locked, to: locked } }),
    },
    endsSessions: roleChanges || locked,
  }
}

/** Whether the account administers the platform now. */
export const administers = ({ role, lockedAt }: AccountStanding): boolean =>
  role === 'ADMIN' && lockedAt === null
