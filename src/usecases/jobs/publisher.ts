import type { DomainEvent } from '../../domain/events.ts'
import { confirmEvents, type PublishDeps } from './publish-events.ts'

/** A run longer than this has lost its request; the next caller does not wait for it. */
const STUCK_MS = 10_000
/** One request carries the others' events for so long: it is cut off some time after its answer. */
const RUN_MS = 5_000

/**
 * What is written within so long is confirmed together: an object is busiest when most is written, and
 * a provider takes about so long between a payment's claim and its end. The backup waits for twice that.
 */
const CONFIRM_MS = 1_000

/** Where something was written a moment ago, what follows waits so long for more to come. */
const GATHER_MS = 20

interface Run<T> {
  startedAt: number
  waiting: T[]
}

/** An event whose write is all that is left to tell. */
type Numbered = Pick<DomainEvent, 'epoch' | 'seq'>

const isUnderWay = <T>(run: Run<T> | undefined, now: number): run is Run<T> =>
  run !== undefined && now - run.startedAt < STUCK_MS

const numberOf = ({ epoch, seq }: Numbered): Numbered => ({ epoch, seq })

/**
 * The direct projection, one write at a time per restaurant and isolate: what is committed while one
 * is under way goes with the next. A quiet restaurant's event is written at once, a rush waits a moment
 * and shares its writes. What a cut-off run leaves behind, the queue brings.
 */
export class Publisher {
  readonly #pause: (ms: number) => Promise<void>
  readonly #runs = new Map<string, Run<DomainEvent>>()
  readonly #confirmations = new Map<string, Run<Numbered>>()

  constructor(pause: (ms: number) => Promise<void> = () => Promise.resolve()) {
    this.#pause = pause
  }

  async publish(
    deps: PublishDeps,
    restaurantId: string,
    events: readonly DomainEvent[],
  ): Promise<void> {
    const now = deps.now()
    const running = this.#runs.get(restaurantId)
    if (isUnderWay(running, now)) {
      running.waiting.push(...events)
      return
    }
    const run: Run<DomainEvent> = { startedAt: now, waiting: [...events] }
    const confirmed: Promise<void>[] = []
    this.#runs.set(restaurantId, run)
    try {
      if (isUnderWay(this.#confirmations.get(restaurantId), now)) await this.#pause(GATHER_MS)
      while (run.waiting.length > 0 && deps.now() - now < RUN_MS) {
        const written = run.waiting.splice(0)
        await deps.projector.project(written, deps.now())
        confirmed.push(this.#confirm(deps, restaurantId, written.map(numberOf)))
      }
    } finally {
      if (this.#runs.get(restaurantId) === run) this.#runs.delete(restaurantId)
      await Promise.all(confirmed)
    }
  }

  /** Who comes first waits a moment for the others and speaks for them. */
  async #confirm(
    deps: PublishDeps,
    restaurantId: string,
    written: readonly Numbered[],
  ): Promise<void> {
    const now = deps.now()
    const gathering = this.#confirmations.get(restaurantId)
    if (isUnderWay(gathering, now)) {
      gathering.waiting.push(...written)
      return
    }
    const mine: Run<Numbered> = { startedAt: now, waiting: [...written] }
    this.#confirmations.set(restaurantId, mine)
    await this.#pause(CONFIRM_MS)
    if (this.#confirmations.get(restaurantId) === mine) this.#confirmations.delete(restaurantId)
    await confirmEvents(deps, restaurantId, mine.waiting)
  }
}
