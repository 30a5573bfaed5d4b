import type { DestinationKind } from '../../domain/outgoing/delivery.ts'

/** A destination that has something waiting or given up. Times in ms. */
export interface DestinationLag {
  destinationKind: DestinationKind
  destinationId: string
  /** Whose endpoint it is. */
  partnerId: string | null
  pending: number
  /** When the longest waiting was owed. */
  oldestPendingAt: number | null
  nextTryAt: number | null
  dead: number
  failingSince: number | null
  pausedUntil: number | null
}

/** How far a restaurant's copies are. */
export interface RestaurantLag {
  restaurantId: string
  epoch: number
  /** The highest number that the read model has had. */
  projectedSeq: number
  projectedAt: number
  /** Up to which number the feed has everything; null where it has nothing of the epoch. */
  feedSeq: number | null
  feedMovedAt: number | null
}

/** What a partner may see of a restaurant and has not dealt with. */
export interface PartnerLag {
  partnerId: string
  restaurantId: string
  /** Counted no further than was asked. */
  behind: number
  oldestAt: number
}

export interface LagReader {
  /** Longest waiting first. */
  destinations(limit: number): Promise<readonly DestinationLag[]>
  /** One restaurant, or those whose feed is behind their read model, longest first. */
  restaurants(restaurantId: string | null, limit: number): Promise<readonly RestaurantLag[]>
  /** Longest behind first. */
  partners(
    restaurantId: string | null,
    limit: number,
    counted: number,
  ): Promise<readonly PartnerLag[]>
}
