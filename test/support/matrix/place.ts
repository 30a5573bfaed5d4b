import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { Asker } from '../../../src/domain/actor.ts'
import type {
  Command,
  CommandOutcome,
  CommandType,
  CommandValue,
  Committed,
} from '../../../src/domain/commands.ts'
import type { DomainEvent } from '../../../src/domain/events.ts'
import type { Job } from '../../../src/domain/jobs.ts'
import type { Query, QueryType, Queries } from '../../../src/domain/queries.ts'
import type { RestaurantSettings } from '../../../src/domain/restaurant/settings.ts'
import { runJob } from '../../../src/usecases/jobs/run-job.ts'
import { setClock } from '../clock.ts'
import { openRestaurantObject, OWNER, withItem } from '../restaurant.ts'
import { collectJobs } from '../sent-jobs.ts'
import { RestaurantObject } from '../worker.ts'
import { Line } from './line.ts'
import { Till } from './till.ts'

/** What goes on for ever, and hangs on no order's money. */
const ALWAYS: readonly string[] = ['housekeeping', 'opening-changes', 'publish']
const MOST_RINGS = 300

interface Due {
  kind: string
  subject: string
  due: number
}

/**
 * One restaurant driven from inside its object: the real object and its rows, without the cost of a
 * remote call each, on a clock that goes from one entry of the agenda to the next.
 */
export class Place {
  readonly till: Till
  /** Whether somebody watches the bank account. */
  registers = true
  /** What is committed is handed to nobody: only leases bring it back. */
  dropping = false
  object: RestaurantObject
  lastSeq = 0
  readonly itemId: string
  readonly #key: string
  readonly #state: DurableObjectState
  readonly #sent: Job[] = []
  readonly #running: Promise<unknown>[] = []
  #now: number

  constructor(key: string, state: DurableObjectState, now: number, itemId: string) {
    this.#key = key
    this.#state = state
    this.#now = now
    this.itemId = itemId
    this.till = new Till(() => this.#now)
    this.object = this.#start()
    collectJobs(key, (message) => {
      if (message.kind === 'job') this.#sent.push(message.job)
    })
  }

  #start(): RestaurantObject {
    return new RestaurantObject(this.#state, env)
  }

  now(): number {
    return this.#now
  }

  /** The object wakes anew over its rows: nothing that was in memory is left. */
  evict(): void {
    this.object = this.#start()
  }

  async execute<T extends CommandType>(
    asker: Asker,
    command: Command<T>,
    line = new Line(this),
    idempotency: { key: string; fingerprint: string } | null = null,
  ): Promise<CommandOutcome<T>> {
    const handle = line.deps.restaurants('')
    return handle.execute<T>({ command, asker, idempotency, traceId: null })
  }

  /** What the scene takes for granted. */
  async done<T extends CommandType>(asker: Asker, command: Command<T>): Promise<CommandValue<T>> {
    const outcome = await this.execute(asker, command)
    if (!outcome.ok) throw new Error(`${command.type}: ${JSON.stringify(outcome.refusal)}`)
    return outcome.value
  }

  read<T extends QueryType>(query: Query<T>): Queries[T]['value'] {
    const found = this.object.query<T>({ query, asker: OWNER })
    if (!found.ok) throw new Error(JSON.stringify(found.refusal))
    return found.value
  }

  /** Takes what a call committed as the client does: its jobs are started, on the caller's line. */
  committed<O>({ outcome, jobs }: Committed<O>, line: Line): O {
    this.#startJobs(jobs, line)
    return outcome
  }

  #startJobs(jobs: readonly Job[], line: Line): void {
    for (const job of jobs) {
      if (job.kind === 'publish') this.#published(job.events)
      else if (!this.dropping) this.#running.push(line.run(() => runJob(line.deps, job)))
    }
  }

  /** The read model has everything at once. */
  #published(events: readonly DomainEvent[]): void {
    const [first, last] = [events[0]?.seq, events.at(-1)?.seq]
    if (first === undefined || last === undefined) return
    this.object.report({ kind: 'published', epoch: 1, fromSeq: first, toSeq: last })
  }

  /** Waits for everything that was started. */
  async idle(): Promise<void> {
    for (;;) {
      const running = this.#running.splice(0)
      if (running.length === 0) return
      await Promise.all(running)
    }
  }

  dues(): Due[] {
    return this.#state.storage.sql
      .exec('SELECT kind, subject, due FROM agenda WHERE dead = 0 ORDER BY due')
      .toArray()
      .map((row) => row as unknown as Due)
      .filter(({ kind }) => !ALWAYS.includes(kind))
  }

  rows(sql: string, ...values: string[]): Record<string, unknown>[] {
    return this.#state.storage.sql.exec(sql, ...values).toArray()
  }

  moveClock(to: number): void {
    this.#now = Math.max(this.#now, to)
    setClock(this.#key, this.#now)
  }

  /** The alarm rings; its jobs go the way of the queue. */
  async ring(line = new Line(this)): Promise<void> {
    await line.run(() =>
      line.step('claim', async () => {
        await this.object.alarm()
        this.#startJobs(this.#sent.splice(0), line)
      }),
    )
  }

  /** Time passes, and whatever falls due in it is done. */
  async passesUntil(time: number): Promise<void> {
    await this.idle()
    for (let rings = 0; rings < MOST_RINGS; rings += 1) {
      const next = this.dues()[0]
      if (next === undefined || next.due > time) {
        this.moveClock(time)
        return
      }
      this.moveClock(next.due)
      await this.ring()
      await this.idle()
    }
    throw new Error(`the agenda comes to no rest: ${JSON.stringify(this.dues())}`)
  }

  passes = (ms: number): Promise<void> => this.passesUntil(this.#now + ms)

  /** Until nothing is owed any more. */
  async rests(): Promise<void> {
    await this.idle()
    for (let rings = 0; rings < MOST_RINGS; rings += 1) {
      const next = this.dues()[0]
      if (next === undefined) return
      this.moveClock(next.due)
      await this.ring()
      await this.idle()
    }
    throw new Error(`the agenda comes to no rest: ${JSON.stringify(this.dues())}`)
  }
}

const PRICE = 18_000

/** Lives through scenes in one restaurant of its own. */
export async function inPlace(
  settings: Partial<RestaurantSettings>,
  live: (place: Place) => Promise<void>,
): Promise<void> {
  const restaurant = await openRestaurantObject(settings)
  const { item } = await withItem(restaurant, { price: PRICE })
  await runInDurableObject(restaurant.stub(), async (_, state) => {
    const place = new Place(restaurant.key, state, restaurant.now(), item.id)
    try {
      await live(place)
    } finally {
      // Its alarm would ring in the instance that knows nothing of all this.
      await state.storage.deleteAlarm()
    }
  })
}
