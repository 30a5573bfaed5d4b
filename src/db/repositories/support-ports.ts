import type { AccountRole } from '../../domain/actor.ts'
import type { AuditEntry } from '../../domain/audit.ts'
import type { OrderView } from '../../domain/queries.ts'
import type { EarlierRequests } from '../../domain/support/refund-policy.ts'
import type {
  RefundRequest,
  RefundRequestState,
  SupportAction,
  SupportActivity,
} from '../../domain/support/refund-request.ts'

export interface Customer {
  id: string
  email: string
  name: string
  role: AccountRole
  createdAt: number
  lockedAt: number | null
  erasedAt: number | null
}

export interface Keyset {
  limit: number
  /** The last id of the page before. */
  beforeId: string | null
}

/** An order of the read model, with its money and where it was placed. */
export interface CustomerOrder extends OrderView {
  restaurant: { id: string; name: string | null }
}

/** Accounts and their orders, as support reads them. Nothing here says who has looked. */
export interface SupportCustomers {
  byId(id: string): Promise<Customer | null>
  /** Whose e-mail (in lower case) begins so, in its order; without those who were erased. */
  byEmail(prefix: string, page: Keyset): Promise<readonly Customer[]>
  /** Whose name begins so, in capitals or not, in its order. */
  byName(prefix: string, page: Keyset): Promise<readonly Customer[]>
  /** Newest first; `asOf` as of orders found. */
  orders(
    userId: string,
    page: Keyset,
  ): Promise<{ orders: readonly CustomerOrder[]; asOf: number | null }>
}

export interface ActivityFilter {
  actorId: string | null
  customerId: string | null
  orderId: string | null
  action: SupportAction | null
  from: number | null
  /** Before that time. */
  to: number | null
}

export type UnmaskOutcome = { taken: true } | { taken: false; retryAfterMs: number }

/** Who looked at what of whom. */
export interface SupportActivityLog {
  note(activity: SupportActivity): Promise<void>
  /** Unless the same person has looked at the same since that time. */
  noteView(activity: SupportActivity, since: number): Promise<void>
  /** Where the actor has unmasked fewer than `most` times since that time, counted exactly. */
  noteUnmask(activity: SupportActivity, since: number, most: number): Promise<UnmaskOutcome>
  /** Newest first. */
  page(filter: ActivityFilter, page: Keyset): Promise<readonly SupportActivity[]>
  /** Removes what is older; how many lines. */
  sweep(before: number, limit: number): Promise<number>
}

export interface SupportNote {
  id: string
  userId: string
  authorId: string
  text: string
  createdAt: number
}

export interface SupportNotes {
  /**
   * Writes the note and who wrote it, unless the customer was erased (null). Under a key that its
   * author has used, the first note is found.
   */
  insert(
    note: SupportNote,
    key: { idempotencyKey: string | null; fingerprint: string },
    activity: SupportActivity,
  ): Promise<(SupportNote & { fingerprint: string }) | null>
  /** Newest first. */
  page(userId: string, page: Keyset): Promise<readonly SupportNote[]>
}

export interface RefundRequestFilter {
  state: RefundRequestState | null
  orderId: string | null
  userId: string | null
}

/** What goes with a change, in its batch. */
export interface Traces {
  audit: AuditEntry
  activity: SupportActivity
}

export interface RefundDecision {
  state: 'APPROVED' | 'REFUSED'
  by: string
  at: number
  note: string | null
  lookAt: number | null
}

export type RefundSettlement =
  { state: 'DONE'; refundIds: readonly string[] } | { state: 'FAILED'; failure: string }

/** Refunds that support asks for. Every change of state writes its traces, or is none. */
export interface RefundRequests {
  /**
   * False: nothing was written. The key was used before, another request for the order is open, or
   * the earlier ones are not those that the policy was asked about.
   */
  insert(
    request: RefundRequest,
    key: { idempotencyKey: string; fingerprint: string },
    seen: EarlierRequests & { since: number },
    traces: Traces,
  ): Promise<boolean>
  byKey(
    requestedBy: string,
    idempotencyKey: string,
  ): Promise<{ request: RefundRequest; fingerprint: string } | null>
  byId(id: string): Promise<RefundRequest | null>
  /** The one of the order that is undecided or not carried out yet. */
  openOf(orderId: string): Promise<RefundRequest | null>
  /** Since that time, neither refused nor failed. */
  earlier(of: { orderId: string; userId: string | null; since: number }): Promise<EarlierRequests>
  /** Where it still waits; as it stands afterwards. */
  decide(id: string, decision: RefundDecision, traces: Traces): Promise<RefundRequest | null>
  /** Where it is still approved; as it stands afterwards. */
  settle(id: string, outcome: RefundSettlement, audit: AuditEntry): Promise<RefundRequest | null>
  postpone(id: string, lookAt: number): Promise<void>
  /** Approved ones to be seen to at `now`, longest first. */
  waiting(now: number, limit: number): Promise<readonly RefundRequest[]>
  /** Newest first. */
  page(filter: RefundRequestFilter, page: Keyset): Promise<readonly RefundRequest[]>
}
