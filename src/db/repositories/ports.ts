import type { AccountRole, Membership, VisitClaim } from '../../domain/actor.ts'
import type { OrderState } from '../../domain/order/order.ts'
import type { DomainEvent } from '../../domain/events.ts'
import type { OrderView } from '../../domain/queries.ts'
import type { RestaurantSettings, RestaurantState } from '../../domain/restaurant/settings.ts'

export interface User {
  id: string
  email: string
  name: string
  role: AccountRole
  passwordHash: string
  createdAt: number
}

export interface UserRepository {
  /** False when the e-mail is taken (compared in lower case). */
  insert(user: User): Promise<boolean>
  byEmail(email: string): Promise<User | null>
  byId(id: string): Promise<User | null>
  setPasswordHash(id: string, passwordHash: string): Promise<void>
}

export interface Session {
  id: string
  userId: string
  createdAt: number
  endedAt: number | null
  /** Bound by a scan while logged in; rides in the next access tokens. */
  visit: VisitClaim | null
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
  insert(session: Session, refresh: RefreshToken): Promise<void>
  byId(id: string): Promise<Session | null>
  refreshByDigest(digest: string): Promise<RefreshToken | null>
  /** Marks `digest` used and stores its successor in one batch; false when it was used before. */
  rotate(digest: string, usedAt: number, successor: RefreshToken): Promise<boolean>
  bindVisit(id: string, visit: VisitClaim): Promise<void>
  /** Ends the session; objects that must be told are noted in the same write. */
  end(id: string, endedAt: number, restaurantIds: readonly string[]): Promise<void>
  /** A browsing guest's session that was ended (nothing is stored of it before). */
  endGuest(id: string, endedAt: number, expiresAt: number): Promise<void>
  isGuestEnded(id: string): Promise<boolean>
  /** Log-outs some object has not confirmed yet, oldest first. */
  pendingRevocations(
    limit: number,
  ): Promise<readonly { sessionId: string; restaurantId: string; endedAt: number }[]>
  confirmRevocation(sessionId: string, restaurantId: string): Promise<void>
  /** Removes refresh tokens and ended guest sessions past their time; returns how many rows. */
  sweep(now: number, limit: number): Promise<number>
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

/** The read model asked across restaurants. `asOf` is when the projection last moved, in ms. */
export interface OrderIndex {
  byUser(
    userId: string,
    page: { limit: number; beforeId: string | null },
  ): Promise<{ orders: readonly OrderState[]; asOf: number }>
  bySession(
    sessionId: string,
    page: { limit: number; beforeId: string | null },
  ): Promise<{ orders: readonly OrderState[]; asOf: number }>
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
  /** One D1 batch: the latest state per subject. Repeats and old events change nothing. */
  project(events: readonly DomainEvent[], now: number): Promise<void>
  /** Where the projections of these restaurants stand; those never projected are left out. */
  states(restaurantIds: readonly string[]): Promise<readonly ProjectionState[]>
  /** Writes rows of a rebuild with their generation. */
  writeRebuilt(page: {
    restaurant: RestaurantState
    orders: readonly OrderView[]
    epoch: number
    asOfSeq: number
    generation: number
    now: number
  }): Promise<void>
  /**
   * Removes the restaurant's rows that the rebuild of `generation` did not see and that are not newer
   * than its first page; returns how many. Once a later rebuild has begun there, it removes nothing.
   */
  sweepGenerations(restaurantId: string, generation: number, now: number): Promise<number>
}

export interface RebuildRun {
  id: string
  projection: 'orders'
  generation: number
  state: 'RUNNING' | 'DONE'
  restaurantsTotal: number
  restaurantsDone: number
  rowsWritten: number
  rowsSwept: number
  startedAt: number
  finishedAt: number | null
}

/** A page that a rebuild owes: the restaurant's orders after `afterId`. */
export interface RebuildStep {
  rebuildId: string
  restaurantId: string
  afterId: string | null
}

export interface RebuildRepository {
  /** Enters a run over every initialised restaurant of this moment, with the next generation. */
  start(id: string, projection: RebuildRun['projection'], now: number): Promise<RebuildRun>
  byId(id: string): Promise<RebuildRun | null>
  /** Restaurants of the run that are not done, with the page each is at, after `afterRestaurantId`. */
  pending(id: string, afterRestaurantId: string | null, limit: number): Promise<RebuildStep[]>
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

export interface DeadLetters {
  /** Keeps the letter; the same id again changes nothing. */
  insert(letter: DeadLetter): Promise<void>
  byId(id: string): Promise<DeadLetter | null>
  /** Newest first; ids sort by time. */
  page(page: { limit: number; beforeId: string | null }): Promise<readonly DeadLetter[]>
  /** False when it was marked before. */
  markRedriven(id: string, at: number): Promise<boolean>
  /** Removes letters sent again before `redrivenBefore`; returns how many rows. */
  sweep(redrivenBefore: number, limit: number): Promise<number>
}
