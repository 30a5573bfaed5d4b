import type { DomainEvent } from '../../domain/events.ts'
import { publishEvents, type PublishDeps } from './publish-events.ts'

/** A run longer than this has lost its request; the next caller does not wait for it. */
const STUCK_MS = 10_000
/** One request carries the others' events for so long: it is cut off some time after its answer. */
const RUN_MS = 5_000

interface Run {
  startedAt: number
  waiting: DomainEvent[]
}

/**
 * The direct projection, one write at a time per restaurant and isolate: what is committed while one
 * is under way goes with the next. A quiet restaurant's event is written at once, a rush shares its
 * writes. What a cut-off run leaves behind, the queue brings.
 */
export class Publisher {
  readonly #runs = new Map<string, Run>()

  async publish(
    deps: PublishDeps,
    restaurantId: string,
    events: readonly DomainEvent[],
  ): Promise<void> {
    const now = deps.now()
    const running = this.#runs.get(restaurantId)
    if (running !== undefined && now - running.startedAt < STUCK_MS) {
      running.waiting.push(...events)
      return
    }
    const run: Run = { startedAt: now, waiting: [...events] }
    this.#runs.set(restaurantId, run)
    try {
      while (run.waiting.length > 0 && deps.now() - now < RUN_MS)
        await publishEvents(deps, restaurantId, run.waiting.splice(0))
    } finally {
      if (this.#runs.get(restaurantId) === run) this.#runs.delete(restaurantId)
    }
  }
}
