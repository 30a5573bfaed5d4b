import { publicSeq } from '../events.ts'

/** An event as it was kept for going out. */
export interface KeptEvent {
  id: string
  type: string
  restaurantId: string
  epoch: number
  seq: number
  occurredAt: number
  /** JSON. */
  data: string
}

/** The body of a push, the same text for every try. */
export function pushBody({ data, ...event }: KeptEvent): string {
  const { id, type, restaurantId, epoch, seq, occurredAt } = event
  const head = JSON.stringify({
    ...{ id, type, restaurant_id: restaurantId, seq: publicSeq(epoch, seq) },
    occurred_at: new Date(occurredAt).toISOString(),
  })
  return `${head.slice(0, -1)},"data":${data}}`
}
