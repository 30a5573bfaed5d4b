import type { Role } from './actor.ts'

/** Who may do what. A role here is the effective one: inside a restaurant, the membership's. */
const EVERYBODY: readonly Role[] = [
  'GUEST',
  'CUSTOMER',
  'OWNER',
  'STAFF',
  'SUPPORT',
  'INVENTORY',
  'MARKETING',
  'ADMIN',
  'EXTERNAL',
]
const PEOPLE: readonly Role[] = EVERYBODY.filter((role) => role !== 'EXTERNAL')
const ACCOUNTS: readonly Role[] = PEOPLE.filter((role) => role !== 'GUEST')

export const PERMISSIONS = {
  'session:end': EVERYBODY,
  'account:read-own': ACCOUNTS,
  'account:edit-own': ACCOUNTS,
  'cart:use': PEOPLE,
  'cart:merge': PEOPLE,
  'order:place': PEOPLE,
  'order:read': PEOPLE,
  'order:cancel': PEOPLE,
  'payment:open': PEOPLE,
  'ticket:create': PEOPLE,
  'wallet:read-own': ACCOUNTS,
  'points:charge': ACCOUNTS,
  'points:take-cash': ['OWNER', 'STAFF', 'ADMIN'],
  'points:refund-own': ACCOUNTS,
  'points:refund-due': ['ADMIN'],
  'table:read': ['GUEST', 'CUSTOMER', 'OWNER', 'STAFF'],
  'restaurant:create': ['OWNER'],
  'restaurant:read': ['OWNER', 'STAFF'],
  'restaurant:edit': ['OWNER'],
  'staff:manage': ['OWNER'],
  'restaurant:pause': ['OWNER', 'STAFF'],
  'menu:read': ['OWNER', 'STAFF'],
  'menu:edit': ['OWNER'],
  'menu:sold-out': ['OWNER', 'STAFF'],
  'statistics:read': ['OWNER'],
  'table:list': ['OWNER', 'STAFF'],
  'table:edit': ['OWNER'],
  'table:seat': ['OWNER', 'STAFF'],
  'board:read': ['OWNER', 'STAFF'],
  'order:handle': ['OWNER', 'STAFF'],
  'order:settle': ['OWNER', 'STAFF'],
  'order:refund': ['OWNER'],
  'deposit:handle': ['OWNER', 'STAFF'],
  'stock:read': ['OWNER', 'STAFF'],
  'stock:adjust': ['OWNER', 'STAFF'],
  'stock:read-any': ['INVENTORY', 'ADMIN'],
  'stock:adjust-any': ['INVENTORY', 'ADMIN'],
  /** Marketing and administrators for any restaurant, owners for their own. */
  'coupon:manage': ['OWNER', 'MARKETING', 'ADMIN'],
  'coupon:claim': PEOPLE,
  /** Owners at their own restaurants, administrators at any. */
  'product:edit': ['OWNER', 'ADMIN'],
  'support:read': ['SUPPORT', 'ADMIN'],
  'support:write': ['SUPPORT'],
  'support:unmask': ['SUPPORT', 'ADMIN'],
  'support:refund': ['SUPPORT'],
  /** By another person than who asked for it. */
  'support:decide-refund': ['SUPPORT', 'ADMIN'],
  'support:activity': ['SUPPORT', 'ADMIN'],
  'order:read-any': ['SUPPORT', 'ADMIN'],
  'order:manage-any': ['ADMIN'],
  'user:read-any': ['ADMIN'],
  'user:manage': ['ADMIN'],
  'user:export': ['ADMIN'],
  'user:erase': ['ADMIN'],
  'settings:read': ['ADMIN'],
  'settings:propose': ['ADMIN'],
  /** By another person than who proposed it. */
  'settings:decide': ['ADMIN'],
  'audit:read': ['ADMIN'],
  'stats:read-any': ['SUPPORT', 'MARKETING', 'ADMIN'],
  'metrics:read': ['ADMIN'],
  'alert:read': ['SUPPORT', 'ADMIN'],
  'alert:manage': ['ADMIN'],
  'rates:manage': ['ADMIN'],
  'projection:rebuild': ['ADMIN'],
  'platform:restore': ['ADMIN'],
  'partner:manage': ['ADMIN'],
  'feed:pull': ['EXTERNAL'],
  'outbox:read': ['SUPPORT', 'ADMIN'],
  'outbox:retry': ['ADMIN'],
  'reconciliation:read': ['SUPPORT', 'ADMIN'],
  'reconciliation:run': ['ADMIN'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof PERMISSIONS

/** Whether the matrix grants the permission to the role. */
export const may = (role: Role, permission: Permission): boolean =>
  (PERMISSIONS[permission] as readonly Role[]).includes(role)
