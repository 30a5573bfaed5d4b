import type { HandedEvent } from '../../db/repositories/feed-ports.ts'
import { mintTimedId, PLATFORM_KEY } from '../../domain/ids.ts'
import { LEASE_MS } from '../../domain/outgoing/lease.ts'
import type { Deps } from '../deps.ts'

export type { HandedEvent }

/** How often whoever waits is looked for. */
const STEP_MS = 1_000
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

/** What is next for the partner; where there is nothing, waits for something as long as it may. */
export async function pullEvents(
  deps: Pick<Deps, 'feed' | 'now' | 'random' | 'pause'>,
  wish: EventsWish,
): Promise<PulledEvents> {
  let waited = 0
  for (let passes = 0; ;) {
    const now = deps.now()
    const leaseId = mintTimedId(PLATFORM_KEY, now, deps.random)
    const { partnerId, max, restaurantId, types } = wish
    const asked = { partnerId, max, restaurantId, types, leaseId, now, leaseUntil: now + LEASE_MS }
    const { events, passed } = await deps.feed.pull(asked)
    if (events.length > 0)
      return { events, lease: { id: leaseId, until: asked.leaseUntil }, asOf: now }
    passes += passed > 0 ? 1 : 0
    const again = passed > 0 && passes < MAX_PASSES
    if (wish.gone() || (!again && waited >= wish.waitSeconds))
      return { events, lease: null, asOf: now }
    if (again) continue
    await deps.pause(STEP_MS)
    waited += STEP_MS / 1_000
    if (wish.gone()) return { events, lease: null, asOf: now }
  }
}
