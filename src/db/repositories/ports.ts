import type { AccountRole, Membership, MembershipRole, VisitClaim } from '../../domain/actor.ts'
import type { AuditEntry } from '../../domain/audit.ts'
import type { SessionDevice } from '../../domain/identity/device.ts'
import type { OrderState } from '../../domain/order/order.ts'
import type { DomainEvent } from '../../domain/events.ts'
import type { Projection, RebuildRows, RowProjection } from '../../domain/rebuilding.ts'
import type { RestaurantSettings, RestaurantState } from '../../domain/restaurant/settings.ts'

export interface User {
  id: string
  email: string
  name: string
  role: AccountRole
  passwordHash: string
  createdAt: number
  /** Since when nobody is let in; null = not locked. */
  lockedAt: number | null
  /** Since when the person is gone from it; null = not. */
  erasedAt: number | null
}
export type NewUser = Omit<User, 'lockedAt' | 'erasedAt'>

export interface UserRepository {
  /** False when the e-mail is taken (compared in lower case). */
  insert(user: NewUser): Promise<boolean>
  byEmail(email: string): Promise<User | null>
  byId(id: string): Promise<User | null>
  /** Only while the present hash is still `replaces`: another request may have set a new password. */
  renewPasswordHash(id: string, replaces: string, passwordHash: string): Promise<void>
}

export interface Session {
  id: string
  userId: string
  createdAt: number
  endedAt: number | null
  /** Bound by a scan while logged in; rides in the next access tokens. */
  visit: VisitClaim | null
  device: SessionDevice
  /** When its refresh token was exchanged last; at first when it began. */
  lastUsedAt: number
}
export type NewSession = Omit<Session, 'device' | 'lastUsedAt'> & { device?: SessionDevice }

/** A tablet's open log-in, with who works on it. */
export interface TabletSession extends Session {
  userName: string
}

/** A log-out that an object must still hear of. */
export interface Revocation {
  sessionId: string
  /** Any id that carries the restaurant's key. */
  restaurantId: string
  endedAt: number
}

/** One generation of a session's refresh token; the digest is SHA-256 of the secret. */
export interface RefreshToken {
  digest: string
  sessionId: string
  expiresAt: number
  /** When it was exchanged, and the digest of what for (a retry derives that token anew). */
  usedAt: number | null
  successorDigest: string | null
}

export interface SessionRepository {
  insert(session: NewSession, refresh: RefreshToken): Promise<void>
  byId(id: string): Promise<Session | null>
  refreshByDigest(digest: string): Promise<RefreshToken | null>
  /** Marks `digest` used and stores its successor in one batch; false when it was used before. */
  rotate(digest: string, usedAt: number, successor: RefreshToken): Promise<boolean>
  bindVisit(id: string, visit: VisitClaim): Promise<void>
  /** Log-ins of the user that can still be refreshed, the one used last first. */
  openOf(userId: string, now: number): Promise<readonly Session[]>
  /** Tablets that people who work at the restaurant are logged in on. */
  tabletsAt(restaurantId: string, now: number): Promise<readonly TabletSession[]>
  /** Ends the session; objects that must be told are noted in the same write. */
  end(id: string, endedAt: number, restaurantIds: readonly string[]): Promise<void>
  /** Ends the user's others, or all, in one write with the notes; returns what is to be pushed. */
  endAll(ending: EndOfSessions): Promise<readonly Revocation[]>
  /** A browsing guest's session that was ended (nothing is stored of it before). */
  endGuest(id: string, endedAt: number, expiresAt: number): Promise<void>
  isGuestEnded(id: string): Promise<boolean>
  /** Log-outs some object has not confirmed yet, oldest first. */
  pendingRevocations(limit: number): Promise<readonly Revocation[]>
  confirmRevocation(sessionId: string, restaurantId: string): Promise<void>
  /** Removes refresh tokens and ended guest sessions past their time; returns how many rows. */
  sweep(now: number, limit: number): Promise<number>
}

/** Which sessions end when, and whom to tell beside each one's own table. */
export interface EndOfSessions {
  userId: string
  /** This one stays open; null ends all. */
  keepSessionId: string | null
  endedAt: number
  restaurantIds: readonly string[]
}

/** New passwords. Each ends sessions in the same write as it is set. */
export interface PasswordRepository {
  /** Null when the present hash is no longer `replaces`. Links sent earlier are void afterwards. */
  change(
    change: EndOfSessions & { replaces: string; passwordHash: string },
  ): Promise<readonly Revocation[] | null>
  /** Notes a link for the account of the e-mail, in place of an older one; the same work without one. */
  noteLink(link: { email: string; digest: string; expiresAt: number }): Promise<void>
  /** Whose unused link it is. */
  linkByDigest(digest: string): Promise<{ user: User; expiresAt: number } | null>
  /** Uses the link, once; null when it was used, replaced or has expired. `useId` is the request's own. */
  reset(
    reset: Omit<EndOfSessions, 'keepSessionId'> & {
      digest: string
      useId: string
      passwordHash: string
    },
  ): Promise<readonly Revocation[] | null>
  /** Removes links past their time; returns how many. */
  sweep(now: number, limit: number): Promise<number>
}

/** A limit that a try counts against: so many in a window for the subject. */
export interface AttemptLimit {
  subject: string
  max: number
}

/** Exact counters of tries. A window begins with its first try. Times in ms. */
export interface AttemptRepository {
  /**
   * Counts a try, or several at once, against all limits, or, when one is used up, against none and
   * says how long until that window is over.
   */
  take(
    limits: readonly AttemptLimit[],
    windowMs: number,
    now: number,
    tries?: number,
  ): Promise<{ taken: true } | { taken: false; retryAfterMs: number }>
  /** How long until a try would be counted again; null when one would be now. Counts nothing. */
  waiting(limits: readonly AttemptLimit[], windowMs: number, now: number): Promise<number | null>
  /** A try counted at `takenAt` was none. */
  giveBack(subjects: readonly string[], takenAt: number): Promise<void>
  clear(subject: string): Promise<void>
  /** Removes windows that began before; returns how many. */
  sweep(startedBefore: number, limit: number): Promise<number>
}

/** Somebody who works at a restaurant. */
export interface StaffMember {
  userId: string
  email: string
  name: string
  role: MembershipRole
  since: number
}

/** A dismissal or change of role; `version` is the membership's first that counts again. */
export interface MembershipChange {
  userId: string
  restaurantId: string
  version: number
  changedAt: number
}

/** Who works at a restaurant, and what its object must still hear of it. */
export interface StaffRepository {
  at(restaurantId: string): Promise<readonly StaffMember[]>
  /**
   * Hires, or changes the role; `change` where an older token must be refused. Null: it would leave
   * the restaurant without an owner.
   */
  setRole(
    wanted: { userId: string; restaurantId: string; role: MembershipRole },
    at: number,
  ): Promise<{ member: StaffMember; change: MembershipChange | null } | null>
  /** What became of it. A repeat of the dismissal of `at` finds it done. */
  dismiss(
    wanted: { userId: string; restaurantId: string },
    at: number,
  ): Promise<MembershipChange | 'LAST_OWNER' | 'UNKNOWN'>
  /** Changes that the object has not confirmed, oldest first. */
  untold(limit: number): Promise<readonly MembershipChange[]>
  confirmTold(change: MembershipChange): Promise<void>
}

export interface RegistryEntry {
  id: string
  key: string
  ownerId: string
  settings: RestaurantSettings
  createdAt: number
  initializedAt: number | null
}

/** Which restaurants exist and who works there; keys are unique here. */
export interface RestaurantRegistry {
  /**
   * Registers key, owner membership and first settings in one batch; false when the key exists, or
   * the owner's idempotency key does (ask `byIdempotencyKey` again).
   */
  register(
    entry: RegistryEntry,
    idempotencyKey: string | null,
    fingerprint: string,
  ): Promise<boolean>
  byIdempotencyKey(
    ownerId: string,
    key: string,
  ): Promise<{ entry: RegistryEntry; fingerprint: string } | null>
  markInitialized(id: string, at: number): Promise<void>
  /** Registered before `olderThan` but never initialised: a request died between the two steps. */
  unfinished(olderThan: number, limit: number): Promise<readonly RegistryEntry[]>
  memberships(userId: string): Promise<readonly Membership[]>
  /** Ids of all initialised restaurants in order, after `afterId`. */
  page(afterId: string | null, limit: number): Promise<readonly string[]>
}

export interface OrderPage {
  limit: number
  beforeId: string | null
  /**
   * Left out: what the primary says. Null: what the nearest copy says. A bookmark: a copy that is at
   * least as far, so that pages of one reader never go back in time.
   */
  bookmark?: string | null
}

/** `asOf` is when the projection last moved, in ms; `bookmark` how far the copy was that answered. */
export interface OrdersFound {
  orders: readonly OrderState[]
  asOf: number
  bookmark: string | null
}

/** The read model asked across restaurants. */
export interface OrderIndex {
  byUser(userId: string, page: OrderPage): Promise<OrdersFound>
  bySession(sessionId: string, page: OrderPage): Promise<OrdersFound>
}

/** How far a restaurant's projection is: the highest number it has had. Times in ms. */
export interface ProjectionState {
  restaurantId: string
  epoch: number
  seq: number
  updatedAt: number
}

/** Writes events and rebuilt rows; a row only ever moves forward by (epoch, seq). */
export interface Projector {
  /**
   * One D1 batch: the latest state per subject, and who is owed what of the events. Repeats and old
   * events change nothing. Gives the destinations that are owed something new.
   */
  project(events: readonly DomainEvent[], now: number): Promise<readonly string[]>
  /** Where the projections of these restaurants stand; those never projected are left out. */
  states(restaurantIds: readonly string[]): Promise<readonly ProjectionState[]>
  /** Writes rows of a rebuild with their generation; returns how many things they are about. */
  writeRebuilt(read: {
    restaurant: RestaurantState
    page: RebuildRows
    epoch: number
    asOfSeq: number
    generation: number
    now: number
  }): Promise<number>
  /**
   * Removes the restaurant's rows that the rebuild of `generation` did not see and that are not newer
   * than its first page; returns how many. Once a later rebuild has begun there, it removes nothing.
   */
  sweepGenerations(
    restaurantId: string,
    generation: number,
    projection: RowProjection,
    now: number,
  ): Promise<number>
}

export interface RebuildRun {
  id: string
  projection: Projection
  generation: number
  state: 'RUNNING' | 'DONE'
  restaurantsTotal: number
  restaurantsDone: number
  rowsWritten: number
  rowsSwept: number
  startedAt: number
  finishedAt: number | null
}

/** A page that a rebuild owes: `afterId` is its cursor, null the restaurant's first. */
export interface RebuildStep {
  rebuildId: string
  restaurantId: string
  afterId: string | null
}

export interface RebuildRepository {
  /**
   * Enters a run over every initialised restaurant of this moment, or over one, with the next
   * generation.
   */
  start(
    id: string,
    projection: Projection,
    now: number,
    /** Null: of every restaurant; and where another line of the audit trail tells of it already. */
    of: { restaurantId: string | null; audit: AuditEntry | null },
  ): Promise<RebuildRun>
  byId(id: string): Promise<RebuildRun | null>
  /**
   * Takes first pages of the run that nobody has sent yet, in the order of their restaurants, after
   * `afterRestaurantId`; they count as moved at `takenAt`, and nobody but the cron takes them again.
   */
  takeUnsent(
    id: string,
    afterRestaurantId: string | null,
    limit: number,
    takenAt: number,
  ): Promise<RebuildStep[]>
  /** What was taken then and has not moved since has been sent now. */
  noteSent(id: string, takenAt: number, now: number): Promise<void>
  /**
   * Takes pages that did not move since `movedBefore` (a message was lost), longest first; they count
   * as moved now. Runs from before `startedAfter` are left to people.
   */
  takeStalled(
    since: { movedBefore: number; startedAfter: number },
    limit: number,
    now: number,
  ): Promise<RebuildStep[]>
  /**
   * Counts a page, once: a repeat of a page that was counted before changes nothing. `next` is the
   * page owed after it, null when the restaurant is done.
   */
  advance(
    step: RebuildStep,
    done: { rowsWritten: number; rowsSwept: number; next: string | null },
    now: number,
  ): Promise<void>
  /** The page the restaurant is at; null when it is done or not part of the run. */
  owed(rebuildId: string, restaurantId: string): Promise<RebuildStep | null>
}

/** A queue message that was given up. Its body is kept as it was. */
export interface DeadLetter {
  id: string
  body: unknown
  errorKind: 'MALFORMED' | 'EXHAUSTED'
  firstSeenAt: number
  redrivenAt: number | null
}

/** Null = whatever it is. */
export interface DeadLetterFilter {
  errorKind: DeadLetter['errorKind'] | null
  /** The message's kind, or its job's. */
  messageKind: string | null
  restaurantId: string | null
  redriven: boolean | null
}

export interface DeadLetters {
  /** Keeps the letter; the same id again changes nothing. */
  insert(letter: DeadLetter): Promise<void>
  byId(id: string): Promise<DeadLetter | null>
  /** Newest first; ids sort by time. */
  page(
    page: { limit: number; beforeId: string | null },
    filter?: DeadLetterFilter,
  ): Promise<readonly DeadLetter[]>
  /** False when it was marked before; then there is no line of the audit trail either. */
  markRedriven(id: string, at: number, audit: AuditEntry): Promise<boolean>
  /** Removes letters sent again before `redrivenBefore`; returns how many rows. */
  sweep(redrivenBefore: number, limit: number): Promise<number>
}
