import type { AccountRole } from '../../domain/actor.ts'
import type { AuditEntry } from '../../domain/audit.ts'
import type { AccountStanding } from '../../domain/identity/account.ts'
import type { EndOfSessions, Revocation, User } from './ports.ts'

/** An account as administrators see it. Times in ms. */
export type Account = Omit<User, 'passwordHash'>

/** Null = whatever it is. */
export interface AccountFilter {
  role: AccountRole | null
  /** The e-mail begins with it. */
  email: string | null
  /** The name contains it, in any case. */
  name: string | null
  locked: boolean | null
  /** Works there. */
  restaurantId: string | null
}

export interface AccountKey {
  createdAt: number
  id: string
}

/** Accounts, administered. */
export interface AccountRepository {
  /** Newest first, after the key. */
  page(
    filter: AccountFilter,
    page: { limit: number; after: AccountKey | null },
  ): Promise<readonly Account[]>
  byId(id: string): Promise<Account | null>
  /**
   * Role and lock from `before` to `after`, the end of the account's sessions, and the line of the
   * audit trail: in one write, while the account stands as before, who asks administers the
   * platform, and somebody still will. Null otherwise.
   */
  change(
    wanted: {
      id: string
      by: string
      before: AccountStanding
      after: AccountStanding
      /** Null: they go on. */
      ending: Omit<EndOfSessions, 'userId' | 'keepSessionId'> | null
    },
    audit: AuditEntry,
  ): Promise<readonly Revocation[] | null>
  /** Ends all of the account's sessions; told where there was one. */
  endSessions(
    ending: Omit<EndOfSessions, 'keepSessionId'>,
    audit: AuditEntry,
  ): Promise<readonly Revocation[]>
}
