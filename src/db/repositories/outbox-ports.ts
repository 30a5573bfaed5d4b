import type { AuditEntry } from '../../domain/audit.ts'
import type { Delivery, DeliveryState, DestinationKind } from '../../domain/outgoing/delivery.ts'

/** Null = whatever it is. */
export interface OutboxFilter {
  state: DeliveryState | null
  destinationKind: DestinationKind | null
  destinationId: string | null
  /** Pushes to this partner's endpoints. */
  partnerId: string | null
  restaurantId: string | null
  orderId: string | null
  type: string | null
  /** Owed since then, in ms. */
  since: number | null
}

export interface Retried {
  retried: number
  /** Whether the filter finds more that could be sent again. */
  more: boolean
}

/** What leaves the platform, as people look at it. */
export interface Outbox {
  /** Newest first. */
  page(
    filter: OutboxFilter,
    page: { limit: number; beforeId: string | null },
  ): Promise<readonly Delivery[]>
  /**
   * Given up or skipped: it is due now with all its tries. Waiting: it is due now. The delivery as it
   * is then; null when there is none.
   */
  retry(id: string, now: number, audit: AuditEntry): Promise<Delivery | null>
  /** The same for up to `limit` that were given up or skipped, oldest first; where they go. */
  retryAll(
    filter: OutboxFilter & { state: 'DEAD' | 'SKIPPED' },
    limit: number,
    now: number,
    audit: AuditEntry,
  ): Promise<Retried & { destinations: readonly string[] }>
}

/** What administrators have had sent again by a filter. */
export interface RetryRun extends Retried {
  id: string
  what: 'DELIVERIES' | 'FEED' | 'DEAD_LETTERS'
  fingerprint: string
  /** JSON. */
  filter: string
  userId: string | null
  retriedAt: number
}

export interface RetryRuns {
  byId(id: string): Promise<RetryRun | null>
  /** The same id again changes nothing. */
  insert(run: RetryRun): Promise<void>
  /** Removes some of before; returns how many. */
  sweep(before: number, limit: number): Promise<number>
}
