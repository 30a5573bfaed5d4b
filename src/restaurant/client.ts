import type { CommandEnvelope, CommandOutcome, CommandType, Committed } from '../domain/commands.ts'
import type { Job, Report, ReportResult } from '../domain/jobs.ts'
import { restaurantKeyOf } from '../domain/ids.ts'
import type { QueryEnvelope, QueryOutcome, QueryType } from '../domain/queries.ts'
import { StorageUnavailableError } from '../domain/unavailable.ts'
import type { RestaurantObject } from './restaurant-object.ts'
import type { RestaurantHandle, Restaurants } from './restaurant-port.ts'

/** A second run of these finds the first one's state and answers the same; they need no key. */
const REPEATABLE: ReadonlySet<CommandType> = new Set<CommandType>([
  'initialize',
  'join-visit',
  'end-session',
  'end-membership',
  'edit-restaurant',
  'pause-restaurant',
  'resume-restaurant',
  'mark-busy',
  'edit-category',
  'edit-item',
  'mark-sold-out',
  'order-categories',
  'order-items',
  'set-item-image',
  'acknowledge-order',
  'note-webhook',
  'record-opening',
  'settle-capture',
])

const FIRST_PAUSE_MS = 30

/** The object's face as it comes over RPC. */
interface Face {
  execute(envelope: CommandEnvelope): Promise<Committed<CommandOutcome>>
  query(envelope: QueryEnvelope): Promise<QueryOutcome>
  report(report: Report): Promise<Committed<ReportResult>>
  fetch(request: Request): Promise<Response>
}

const shortPause = (): Promise<void> => scheduler.wait(FIRST_PAUSE_MS)

/**
 * Finds restaurants' objects. `startJobs` gets what a call committed, and must not throw. Calls that
 * may be repeated are, once, when the runtime says that it would help.
 */
export function createRestaurants(
  namespace: DurableObjectNamespace<RestaurantObject>,
  startJobs: (jobs: readonly Job[]) => void,
  pause: () => Promise<void> = shortPause,
): Restaurants {
  return (idWithKey) => {
    const name = restaurantKeyOf(idWithKey)
    // A stub that threw stays broken: every call takes its own.
    const object = () => namespace.getByName(name) as unknown as Face
    const committed = <O>({ outcome, jobs }: Committed<O>): O => {
      if (jobs.length > 0) startJobs(jobs)
      return outcome
    }
    const handle: RestaurantHandle = {
      async execute<T extends CommandType>(envelope: CommandEnvelope<T>) {
        const mayRepeat = envelope.idempotency !== null || REPEATABLE.has(envelope.command.type)
        const answer = await reach(() => object().execute(envelope), mayRepeat ? pause : null)
        return committed(answer)
      },
      async query<T extends QueryType>(envelope: QueryEnvelope<T>) {
        return await reach(() => object().query(envelope), pause)
      },
      async report(report) {
        return committed(await reach(() => object().report(report), pause))
      },
      connect: (request) => reach(() => object().fetch(request), null),
    }
    return handle
  }
}

/**
 * Calls the object, a second time after `pause` where that is given and would help. What is only
 * momentary comes out as unavailable. An overloaded object is never asked again: that would keep it so.
 */
async function reach<R>(call: () => Promise<R>, pause: (() => Promise<void>) | null): Promise<R> {
  try {
    return await call()
  } catch (error) {
    const { retryable, overloaded } = error as { retryable?: boolean; overloaded?: boolean }
    if (overloaded !== true && retryable !== true) throw error
    if (overloaded === true || pause === null) throw new StorageUnavailableError(error)
    await pause()
    return reach(call, null)
  }
}
