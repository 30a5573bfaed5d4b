import type { AuditEntry } from '../../domain/audit.ts'
import type { ErasureBlocker } from '../../domain/identity/erasure.ts'
import type { EndOfSessions, Revocation } from './ports.ts'

/** A person being taken out of everything. Times in ms. */
export interface Erasure {
  userId: string
  askedBy: string
  askedAt: number
  /** Null = still under way. */
  doneAt: number | null
}

export interface ErasureProgress extends Erasure {
  restaurants: number
  restaurantsDone: number
}

/** Erasing people: first the account, then what is left here, then every restaurant they ordered at. */
export interface ErasureRepository {
  /** What has to be settled first; `forfeits`: points that are left are given up. */
  blockers(userId: string, forfeits: boolean): Promise<readonly ErasureBlocker[]>
  /**
   * Takes name, e-mail and password from the account, ends its sessions and work, and notes what is
   * still to be done: in one write with the line of the audit trail, where nothing is in the way. Null
   * otherwise.
   */
  begin(
    wanted: Omit<EndOfSessions, 'keepSessionId'> & {
      askedBy: string
      /** The id of the entry by which points are given up; null: none may be left. */
      forfeitEntryId: string | null
    },
    audit: AuditEntry,
  ): Promise<readonly Revocation[] | null>
  progress(userId: string): Promise<ErasureProgress | null>
  /** Under way: those never tried, then those tried longest ago. */
  open(limit: number): Promise<readonly Erasure[]>
  tried(userId: string, at: number): Promise<void>
  /** Carts, links, notes and words of theirs go. Repeats change nothing. */
  forgetLeftovers(userId: string): Promise<void>
  /** What is kept to be sent, or was given up, goes without them. Repeats change nothing. */
  forgetSent(userId: string): Promise<void>
  /** Notes the restaurants that the read model knows something of the person from; who is still to do. */
  restaurantsLeft(userId: string): Promise<readonly string[]>
  restaurantDone(userId: string, restaurantId: string, at: number): Promise<void>
  /** Where no restaurant is left, and the read model has nothing of the person. False: not yet. */
  finish(userId: string, at: number): Promise<boolean>
  /** The restaurant was put back to what it was: it has to forget again. */
  reopenAt(restaurantId: string): Promise<void>
}
