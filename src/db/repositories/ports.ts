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
  /** When it was exchanged, and for what (encrypted with the presented token: replays hold no secret). */
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
  /** Registers key, owner membership and first settings in one batch; false when the key exists. */
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

/** Writes events and rebuilt rows; a row only ever moves forward by (epoch, seq). */
export interface Projector {
  /** One D1 batch: the latest state per subject. Repeats and old events change nothing. */
  project(events: readonly DomainEvent[], now: number): Promise<void>
  /** Writes rows of a rebuild with their generation. */
  writeRebuilt(page: {
    restaurant: RestaurantState
    orders: readonly OrderView[]
    epoch: number
    asOfSeq: number
    generation: number
    now: number
  }): Promise<void>
  /** Removes the restaurant's rows of generations before `generation` that no later event wrote. */
  sweepGenerations(restaurantId: string, generation: number): Promise<number>
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

export interface RebuildRepository {
  start(run: RebuildRun): Promise<void>
  byId(id: string): Promise<RebuildRun | null>
  nextGeneration(): Promise<number>
  /** Adds to the run's counters; finishes it when every restaurant is done. */
  advance(
    id: string,
    step: { rowsWritten: number; rowsSwept: number; restaurantDone: string | null },
    now: number,
  ): Promise<void>
}
