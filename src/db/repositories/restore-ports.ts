import type { AuditEntry } from '../../domain/audit.ts'

/** An epoch that people began for a restaurant whose object was restored. Times in ms. */
export interface RestaurantEpoch {
  id: string
  restaurantId: string
  epoch: number
  reason: string
  askedBy: string
  askedAt: number
  /** The moment that the object is to be put back to; null where that was done already. */
  restoreTo: number | null
  /** When the object had been told that it will be. */
  markedAt: number | null
  /** When the object knew of it; null until then. */
  begunAt: number | null
  /** The number before its first. */
  startSeq: number | null
}

export interface RestoreRepository {
  /**
   * Enters an epoch above every one that is known here and above `above`. The same id is the same
   * entry, and while one of the restaurant is not begun, that one stands.
   */
  noteEpoch(
    asked: Omit<RestaurantEpoch, 'epoch' | 'markedAt' | 'begunAt' | 'startSeq'>,
    above: number,
    audit: AuditEntry,
  ): Promise<RestaurantEpoch>
  /** The object's mark stands, and goes with the restore. */
  epochMarked(id: string, at: number): Promise<void>
  epochBegun(id: string, startSeq: number, at: number): Promise<void>
  /** Asked for before, and not begun; oldest first. */
  unfinishedEpochs(askedBefore: number, limit: number): Promise<readonly RestaurantEpoch[]>
  /** From `markedAt` on, log-ins from before it have ended. Gives the time that stands for the id. */
  markDatabase(
    restore: { id: string; reason: string; askedBy: string; markedAt: number },
    audit: AuditEntry,
  ): Promise<number>
}

/** An event as the feed keeps it. */
export interface FeedRow {
  restaurantId: string
  epoch: number
  seq: number
  id: string
  type: string
  occurredAt: number
  /** JSON as it goes out. */
  data: string
}

export interface FeedArrival {
  epoch: number
  /** Up to which number everything has arrived. */
  contiguousSeq: number
  /** The highest number that is there in any form. */
  highestSeq: number
}

/** Makes the feed what a restaurant's object says. */
export interface FeedMending {
  /** What the feed says has arrived of the restaurant, by epoch. */
  arrived(restaurantId: string): Promise<readonly FeedArrival[]>
  /** What the object no longer keeps of an epoch counts as arrived, up to `hadSeq`. */
  startAt(
    restaurantId: string,
    first: { epoch: number; startSeq: number; hadSeq: number },
    now: number,
  ): Promise<void>
  /** Of the numbers `fromSeq` to `toSeq` there are these rows and no others. */
  mend(
    restaurantId: string,
    page: { fromSeq: number; toSeq: number; rows: readonly FeedRow[] },
  ): Promise<{ written: number; removed: number }>
  /** Earlier epochs end where this one begins. Returns how many rows were beyond. */
  endEarlier(
    restaurantId: string,
    current: { epoch: number; epochStart: number },
    now: number,
  ): Promise<number>
  /** What is beyond `lastSeq` up to `ahead` in the epoch never was. Returns how many rows it had. */
  cutBack(
    restaurantId: string,
    epoch: number,
    cut: { lastSeq: number; ahead: number },
    now: number,
  ): Promise<number>
}
