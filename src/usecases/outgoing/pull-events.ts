import type { FeedPull, HandedEvent } from '../../db/repositories/feed-ports.ts'
import { mintTimedId, PLATFORM_KEY } from '../../domain/ids.ts'
import { LEASE_MS } from '../../domain/outgoing/lease.ts'
import type { Deps } from '../deps.ts'
import { beginWatch, listen, waitedMs, waitForEvents } from './wait-for-events.ts'

export type { HandedEvent }

/** So much that is not wanted is passed over before an answer. */
const MAX_PASSES = 20

export interface EventsWish {
  partnerId: string
  max: number
  waitSeconds: number
  restaurantId: string | null
  types: readonly string[] | null
  /** Whether whoever asked has gone away: nothing is taken for them any more. */
  gone(): boolean
}

export interface PulledEvents {
  events: readonly HandedEvent[]
  /** Null where there are no events. */
  lease: { id: string; until: number } | null
  asOf: number
}

type PullDeps = Pick<Deps, 'feed' | 'arrivals' | 'now' | 'random' | 'pause'>

/** What is next for the partner; where there is nothing, waits for something as long as it may. */
export async function pullEvents(deps: PullDeps, wish: EventsWish): Promise<PulledEvents> {
  const watch = beginWatch(deps.now())
  for (let passes = 0; ;) {
    const asked = askedNow(deps, wish)
    const nothing: PulledEvents = { events: [], lease: null, asOf: asked.now }
    if (wish.gone()) return nothing
    listen(watch, deps, wish.restaurantId)
    const { events, passed } = await deps.feed.pull(asked)
    if (events.length > 0 && wish.gone()) {
      await deps.feed.takeBack(asked.partnerId, asked.leaseId, deps.now())
      return nothing
    }
    if (events.length > 0)
      return { events, lease: { id: asked.leaseId, until: asked.leaseUntil }, asOf: asked.now }
    if (passed > 0 && passes + 1 < MAX_PASSES) {
      passes += 1
      continue
    }
    if (waitedMs(watch, deps.now()) >= wish.waitSeconds * 1_000) return nothing
    await waitForEvents(deps, watch, wish)
  }
}

function askedNow(deps: PullDeps, wish: EventsWish): FeedPull {
  const now = deps.now()
  const leaseId = mintTimedId(PLATFORM_KEY, now, deps.random)
  const { partnerId, max, restaurantId, types } = wish
  return { partnerId, max, restaurantId, types, leaseId, now, leaseUntil: now + LEASE_MS }
}
