import type {
  Command,
  CommandEnvelope,
  CommandOutcome,
  CommandType,
  Committed,
} from '../domain/commands.ts'
import type { Job, Report, ReportResult } from '../domain/jobs.ts'
import { restaurantKeyOf } from '../domain/ids.ts'
import { orderOf } from '../domain/order/order-of.ts'
import type { QueryEnvelope, QueryOutcome, QueryType } from '../domain/queries.ts'
import { StorageUnavailableError } from '../domain/unavailable.ts'
import type { RestaurantObject } from './restaurant-object.ts'
import type { RestaurantHandle, Restaurants } from './restaurant-port.ts'
import { UnderWay } from './under-way.ts'
import { fromText, toText, type Text } from './wire.ts'

/** A second run of these finds the first one's state and answers the same; they need no key. */
const REPEATABLE: ReadonlySet<CommandType> = new Set<CommandType>([
  'initialize',
  'begin-epoch',
  'mark-restore',
  'join-visit',
  'end-session',
  'end-membership',
  'forget-person',
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
  'create-coupon',
  'edit-coupon',
  'acknowledge-order',
  'note-webhook',
  'record-opening',
  'settle-capture',
])

/** The trace that the calls are of; and the order that they turn out to be about, for its line. */
export interface About {
  readonly traceId: string | null
  orderId: string | null
}

const FIRST_PAUSE_MS = 30

/** The object's face as it comes over RPC. */
interface Face {
  executeText(
    envelope: Text<CommandEnvelope>,
    amongOthers: boolean,
  ): Promise<Text<Committed<CommandOutcome>>>
  queryText(envelope: Text<QueryEnvelope>): Promise<Text<QueryOutcome>>
  reportText(report: Text<Report>): Promise<Text<Committed<ReportResult>>>
  canRestore(at: number): Promise<boolean>
  restore(epoch: number, at: number): Promise<void>
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
  about: About = { traceId: null, orderId: null },
  underWay = new UnderWay(() => Date.now()),
): Restaurants {
  return (idWithKey) => {
    const name = restaurantKeyOf(idWithKey)
    // A stub that threw stays broken: every call takes its own.
    const object = () => namespace.getByName(name) as unknown as Face
    const committed = <O>(text: Text<Committed<O>>): O => {
      const { outcome, jobs } = fromText(text)
      if (jobs.length > 0) startJobs(jobs)
      return outcome
    }
    const handle: RestaurantHandle = {
      async execute<T extends CommandType>(envelope: CommandEnvelope<T>) {
        const mayRepeat = envelope.idempotency !== null || REPEATABLE.has(envelope.command.type)
        const { traceId } = about
        const asked = toText({
          ...(envelope as CommandEnvelope),
          traceId: envelope.traceId ?? traceId,
        })
        const outcome = committed<CommandOutcome<T>>(
          await underWay.during(name, (amongOthers) =>
            reach(() => object().executeText(asked, amongOthers), mayRepeat ? pause : null),
          ),
        )
        about.orderId ??= orderOf(envelope.command as Command, outcome)
        return outcome
      },
      async query<T extends QueryType>(envelope: QueryEnvelope<T>) {
        const asked = toText(envelope as QueryEnvelope)
        return fromText(await reach(() => object().queryText(asked), pause))
      },
      async report(report) {
        const told = toText(about.traceId === null ? report : { ...report, traceId: about.traceId })
        return committed(await reach(() => object().reportText(told), pause))
      },
      canRestore: (at) => reach(() => object().canRestore(at), pause),
      async restore(epoch, at) {
        try {
          await object().restore(epoch, at)
        } catch {
          // It ends in the middle of the call. The one that started anew says whether it is done.
          await pause()
          await object().restore(epoch, at)
        }
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
