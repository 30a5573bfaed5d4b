import type { FeedArrival, FeedRow } from '../../db/repositories/restore-ports.ts'
import { SYSTEM } from '../../domain/actor.ts'
import type { DomainEvent } from '../../domain/events.ts'
import { feedEventOf } from '../../domain/outgoing/feed-event.ts'
import type { RestaurantState } from '../../domain/restaurant/settings.ts'
import type { Deps } from '../deps.ts'
import type { PageDone } from './rebuild-page.ts'

const EVENTS_PER_PAGE = 50
const SECTION = 'events:'

type FeedDeps = Pick<Deps, 'restaurants' | 'projector' | 'feedMending' | 'now' | 'log'>

/**
 * Holds one page of the events that a restaurant keeps against the feed. What never arrived is
 * published as ever; of what did, the rows are made what the object says. After the last page
 * nothing is left of numbers that were undone or never given.
 */
export async function rebuildFeedPage(
  deps: FeedDeps,
  restaurantId: string,
  cursor: string | null,
): Promise<PageDone> {
  const { feedMending } = deps
  const after = cursor === null ? 0 : Number(cursor.slice(SECTION.length))
  // Before the object is asked: what is ahead of its answer then, it does not know.
  const arrived = await feedMending.arrived(restaurantId)
  const [restaurant, events] = await read(deps, restaurantId, after)
  const [first, last] = [events.at(0), events.at(-1)]
  if (cursor === null && first !== undefined) await begin(deps, restaurant, first, arrived)
  const owed = events.filter((event) => !hasArrived(event, arrived))
  await deps.projector.project(owed, deps.now())
  const { written, removed } = await feedMending.mend(restaurantId, {
    fromSeq: after + 1,
    toSeq: last?.seq ?? after,
    rows: events.flatMap(rowOf),
  })
  const rowsWritten = written + owed.flatMap(rowOf).length
  if (last !== undefined && events.length === EVENTS_PER_PAGE)
    return { rowsWritten, rowsSwept: removed, next: `${SECTION}${last.seq}` }

  const { epoch, epochStart = 0 } = restaurant
  const beyond =
    epoch > 1 ? await feedMending.endEarlier(restaurantId, { epoch, epochStart }, deps.now()) : 0
  const ahead = arrived.find((one) => one.epoch === epoch)?.highestSeq ?? 0
  const cut = { lastSeq: last?.seq ?? after, ahead }
  const never =
    ahead > cut.lastSeq ? await feedMending.cutBack(restaurantId, epoch, cut, deps.now()) : 0
  return { rowsWritten, rowsSwept: removed + beyond + never, next: null }
}

async function read({ restaurants }: FeedDeps, restaurantId: string, seq: number) {
  const object = restaurants(restaurantId)
  const own = await object.query<'own-restaurant'>({
    query: { type: 'own-restaurant' },
    asker: SYSTEM,
  })
  const kept = await object.query<'events-after'>({
    query: { type: 'events-after', seq, limit: EVENTS_PER_PAGE },
    asker: SYSTEM,
  })
  if (!own.ok) throw new Error(`restaurant ${restaurantId} refused: ${own.refusal.kind}`)
  if (!kept.ok) throw new Error(`restaurant ${restaurantId} refused: ${kept.refusal.kind}`)
  return [own.value.restaurant, kept.value] as const
}

/** What the object no longer keeps cannot be had again: the feed must not wait for it. */
async function begin(
  { feedMending, log, now }: FeedDeps,
  restaurant: RestaurantState,
  first: DomainEvent,
  arrived: readonly FeedArrival[],
): Promise<void> {
  const { restaurantId, epoch, seq } = first
  const had = arrived.find((one) => one.epoch === epoch)?.contiguousSeq ?? 0
  if (had >= seq - 1) return
  log({ level: 'warn', kind: 'feed-events-lost', restaurantId, epoch, after: had, before: seq })
  const startSeq = epoch === restaurant.epoch ? (restaurant.epochStart ?? 0) : seq - 1
  await feedMending.startAt(restaurantId, { epoch, startSeq, hadSeq: seq - 1 }, now())
}

const hasArrived = ({ epoch, seq }: DomainEvent, arrived: readonly FeedArrival[]): boolean =>
  arrived.some((one) => one.epoch === epoch && seq <= one.contiguousSeq)

function rowOf(event: DomainEvent): FeedRow[] {
  const shown = feedEventOf(event)
  if (shown === null) return []
  const { restaurantId, epoch, seq, id, at: occurredAt } = event
  const data = JSON.stringify(shown.data)
  return [{ restaurantId, epoch, seq, id, type: shown.type, occurredAt, data }]
}
