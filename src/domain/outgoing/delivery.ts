export const DESTINATION_KINDS = ['PUSH', 'DISCORD', 'SLACK', 'EMAIL', 'DATA_PLATFORM'] as const
export type DestinationKind = (typeof DESTINATION_KINDS)[number]

/**
 * PENDING: to be sent, or sent again, at `nextAt`. DEAD: given up; people may have it sent again.
 * SKIPPED: nobody is there to receive it (no address, endpoint taken away).
 */
export const DELIVERY_STATES = ['PENDING', 'DONE', 'DEAD', 'SKIPPED'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

export interface Delivery {
  id: string
  destinationKind: DestinationKind
  destinationId: string
  dedupeKey: string
  restaurantId: string
  eventId: string
  eventType: string
  orderId: string | null
  traceId: string | null
  state: DeliveryState
  attempts: number
  nextAt: number
  leaseUntil: number | null
  lastStatus: number | null
  lastError: string | null
  createdAt: number
  settledAt: number | null
}
