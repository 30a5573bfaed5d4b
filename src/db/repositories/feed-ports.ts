import type { AuditEntry } from '../../domain/audit.ts'
import type { FeedEventType } from '../../domain/outgoing/feed-event.ts'
import type { LeaseFacts } from '../../domain/outgoing/lease.ts'

/** An event as the feed hands it out; what it carries is JSON already. */
export interface HandedEvent {
  id: string
  restaurantId: string
  epoch: number
  seq: number
  type: FeedEventType
  occurredAt: number
  data: string
  /** Which time it is handed out. */
  attempt: number
  /** It was given up: a notice of it is handed out in its place. */
  dead: boolean
}

export interface FeedPull {
  partnerId: string
  /** Sorts by time. */
  leaseId: string
  now: number
  leaseUntil: number
  max: number
  /** Null = every one that the partner may see. */
  restaurantId: string | null
  /** What the caller handles: the rest counts as done. Null = all that the partner may see. */
  types: readonly string[] | null
}

export interface FeedSettling {
  partnerId: string
  leaseId: string
  eventIds: readonly string[]
  now: number
}

/** What partners are handed out, in D1. */
export interface PartnerFeed {
  /**
   * Takes restaurants that nobody of the partner holds and hands out what is next in each, in one
   * batch. `passed`: so many restaurants had nothing but what is not wanted; asking again goes on there.
   */
  pull(wanted: FeedPull): Promise<{ events: readonly HandedEvent[]; passed: number }>
  /** Marks the events as done where the lease holds all of them; gives what the verdict needs. */
  ack(settling: FeedSettling): Promise<LeaseFacts>
  /** Gives them back likewise, until `notBefore`. */
  giveBack(settling: FeedSettling, notBefore: number): Promise<LeaseFacts>
  /** What a lease holds was handed to nobody: it is as if it had not been. */
  takeBack(partnerId: string, leaseId: string, now: number): Promise<void>
  /** Hands a given-up event out once more, out of turn. False when there is none, or no longer. */
  redriveMark(partnerId: string, eventId: string, now: number, audit: AuditEntry): Promise<boolean>
  /** Closes what was given up and whose notice nobody acknowledged; gives how many. */
  closeGivenUp(now: number): Promise<number>
  /** Removes some events, and what partners did with them, from before `before`. */
  sweepEvents(before: number, limit: number): Promise<number>
  /** Removes some of what was acknowledged under leases from before `before`. */
  sweepMarks(before: number, limit: number): Promise<number>
}
