import type { DomainEvent } from '../domain/events.ts'
import type { Job } from '../domain/jobs.ts'
import type { Context } from './context.ts'

/** A queue message may carry 128 KB; names and envelope need some of it. */
const MAX_MESSAGE_CHARS = 40_000
const MAX_EVENTS_PER_MESSAGE = 50

/**
 * Which events the projection has confirmed. Confirmations arrive in any order and are only noted in
 * memory; the agenda's publish entry writes the contiguous watermark a moment later. What is
 * forgotten by an eviction is sent again, and the projection only moves rows forward.
 */
export class Outbox {
  readonly #confirmed = new Set<number>()

  confirm(fromSeq: number, toSeq: number): void {
    for (let seq = fromSeq; seq <= toSeq; seq += 1) this.#confirmed.add(seq)
  }

  /** Writes the watermark as far as it is contiguous; gives the first events that are still owed. */
  settle(cx: Context): { watermark: number; owed: readonly DomainEvent[] } {
    const before = cx.store.restaurant.watermark()
    let watermark = before
    while (this.#confirmed.delete(watermark + 1)) watermark += 1
    if (watermark > before) cx.store.restaurant.setWatermark(watermark)
    const owed = cx.store.events.after(cx.restaurant().id, watermark, MAX_EVENTS_PER_MESSAGE)
    return { watermark, owed: fitting(owed) }
  }
}

/** The job that publishes these events, or null when there are none. */
export function publishJob(restaurantId: string, events: readonly DomainEvent[]): Job | null {
  return events.length === 0 ? null : { kind: 'publish', restaurantId, events }
}

/** As many events from the start as one message may carry, and at least one. */
function fitting(events: readonly DomainEvent[]): readonly DomainEvent[] {
  let size = 0
  const end = events.findIndex((event, index) => {
    size += JSON.stringify(event).length
    return index > 0 && size > MAX_MESSAGE_CHARS
  })
  return end === -1 ? events : events.slice(0, end)
}
