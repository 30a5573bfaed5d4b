/** An event that a partner was handed in vain, as often as it may be. Times in ms. */
export interface GivenUpEvent {
  partnerId: string
  restaurantId: string
  eventId: string
  /** Null once the event has been swept. */
  type: string | null
  occurredAt: number | null
  attempts: number
  givenUpAt: number
}

/** Null = whatever it is. */
export interface GivenUpFilter {
  partnerId: string | null
  restaurantId: string | null
}

/** After which one a page begins. */
export type GivenUpKey = Pick<GivenUpEvent, 'givenUpAt' | 'partnerId' | 'eventId'>

export interface GivenUpEvents {
  /** Newest first. */
  page(
    filter: GivenUpFilter,
    page: { limit: number; after: GivenUpKey | null },
  ): Promise<readonly GivenUpEvent[]>
}
