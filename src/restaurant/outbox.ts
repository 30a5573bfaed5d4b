import type { DomainEvent } from '../domain/events.ts'
import type { Job, Report } from '../domain/jobs.ts'
import type { RestaurantState } from '../domain/restaurant/settings.ts'
import type { Context } from './context.ts'

/** A queue message may carry 128 KB; names and envelope need some of it. */
const MAX_MESSAGE_CHARS = 40_000
const MAX_EVENTS_PER_MESSAGE = 50

type Epoch = Pick<RestaurantState, 'epoch' | 'epochStart'>
type Confirmed = Pick<Extract<Report, { kind: 'published' }>, 'epoch' | 'fromSeq' | 'toSeq'>

/** How long the direct projection has before the queue is asked to do it. */
export const PUBLISH_BACKUP_MS = 2_000

/**
 * Which events the projection has confirmed. Confirmations arrive in any order and are only noted in
 * memory; the agenda's publish entry writes the contiguous watermark a moment later. What is
 * forgotten by an eviction is sent again, and the projection only moves rows forward.
 */
export class Outbox {
  readonly #confirmed = new Set<number>()
  /** The batch handed out last, where it left others behind. */
  #batch: readonly number[] = []

  /**
   * Notes a confirmation. Of earlier epochs only the numbers before this one began are meant: those
   * after it were undone. True when it completes a batch that left others behind: the next can be
   * handed out at once.
   */
  confirm({ epoch, epochStart = 0 }: Epoch, confirmed: Confirmed): boolean {
    if (confirmed.epoch > epoch) return false
    const toSeq = confirmed.epoch < epoch ? Math.min(confirmed.toSeq, epochStart) : confirmed.toSeq
    for (let seq = confirmed.fromSeq; seq <= toSeq; seq += 1) this.#confirmed.add(seq)
    const complete = this.#batch.length > 0 && this.#batch.every((seq) => this.#confirmed.has(seq))
    if (complete) this.#batch = []
    return complete
  }

  /** What was confirmed may be of an epoch's undone numbers. */
  forget(): void {
    this.#confirmed.clear()
    this.#batch = []
  }

  /** Writes the watermark as far as it is contiguous; gives the first events that are still owed. */
  settle(cx: Context): { moved: boolean; owed: readonly DomainEvent[] } {
    const { id } = cx.restaurant()
    const before = cx.store.restaurant.watermark()
    let watermark = before
    while (this.#confirmed.has(watermark + 1)) watermark += 1
    if (watermark > before) cx.store.restaurant.setWatermark(watermark)
    // Only what was written before: this transaction may still be rolled back.
    for (const seq of this.#confirmed) if (seq <= before) this.#confirmed.delete(seq)
    const owed = fitting(cx.store.events.after(id, watermark, MAX_EVENTS_PER_MESSAGE))
    this.#batch = owed.map(({ seq }) => seq)
    return { moved: watermark > before, owed }
  }
}

/** The job that publishes these events. */
export const publishJob = (restaurantId: string, events: readonly DomainEvent[]): Job => ({
  kind: 'publish',
  restaurantId,
  events,
})

/** As many events from the start as one message may carry, and at least one. */
function fitting(events: readonly DomainEvent[]): readonly DomainEvent[] {
  let size = 0
  const end = events.findIndex((event, index) => {
    size += JSON.stringify(event).length
    return index > 0 && size > MAX_MESSAGE_CHARS
  })
  return end === -1 ? events : events.slice(0, end)
}
