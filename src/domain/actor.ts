export const ACCOUNT_ROLES = [
  'CUSTOMER',
  'OWNER',
  'STAFF',
  'SUPPORT',
  'INVENTORY',
  'MARKETING',
  'ADMIN',
  'EXTERNAL',
] as const
export type AccountRole = (typeof ACCOUNT_ROLES)[number]
export type Role = 'GUEST' | AccountRole
export type MembershipRole = 'OWNER' | 'STAFF'

export interface Membership {
  restaurantId: string
  role: MembershipRole
  /** Rises with every change of it; left out for the first. What names an earlier one is refused. */
  version?: number
}

/** A stay of a party at a table, from the first scan (or staff's `open`) to the reset. */
export interface VisitClaim {
  visitId: string
  tableId: string
}

/** Who a verified token speaks for. */
export interface Actor {
  role: Role
  /** Stable for the life of a log-in or guest session; idempotency and own orders hang on it. */
  sessionId: string
  userId: string | null
  memberships: readonly Membership[]
  visit: VisitClaim | null
  /** See `Asker`. */
  named?: string
}

/** The actor as one restaurant sees it: `role` is the membership's role there, if there is one. */
export interface Asker {
  role: Role | 'SYSTEM'
  sessionId: string
  userId: string | null
  visit: VisitClaim | null
  /** Of the membership that gives the role; left out for the first and for those without one. */
  membershipVersion?: number
  /**
   * The table, or the order, that the caller has named by nothing but its id. It opens that one alone:
   * a table where tables are open, an order that was placed in that way.
   */
  named?: string
}

/** A partner system: no account stands behind it, and its session is the partner itself. */
export const isPartner = (actor: Pick<Actor, 'role' | 'userId'>): boolean =>
  actor.role === 'EXTERNAL' && actor.userId === null

/**
 * Somebody without a token who has named a table or an order. The table itself is the guest: its id
 * stands where others have a session.
 */
export const nameless = (named: string): Actor => ({
  role: 'GUEST',
  sessionId: named,
  userId: null,
  memberships: [],
  visit: null,
  named,
})

export const isStaff = (asker: Pick<Asker, 'role'>): boolean =>
  asker.role === 'OWNER' || asker.role === 'STAFF'

/** The agenda and the providers' reports act as the system. */
export const SYSTEM: Asker = { role: 'SYSTEM', sessionId: 'system', userId: null, visit: null }

/** Someone who sent no token, asking for what is public. */
export const STRANGER: Asker = { role: 'GUEST', sessionId: 'stranger', userId: null, visit: null }

/** The account where there is one, else the session: whom limits, keys and own orders belong to. */
export const stableScope = (asker: Pick<Asker, 'sessionId' | 'userId'>): string =>
  asker.userId ?? asker.sessionId
