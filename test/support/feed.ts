import { env } from 'cloudflare:workers'
import { drizzle } from 'drizzle-orm/d1'
import { createProjector } from '../../src/db/projector.ts'
import { partnerSubscriptions } from '../../src/db/schema/deliveries.ts'
import { createPartnerFeed } from '../../src/db/repositories/feed.ts'
import type { HandedEvent } from '../../src/db/repositories/feed-ports.ts'
import type { DomainEvent, EventType } from '../../src/domain/events.ts'
import { mintTimedId, PLATFORM_KEY } from '../../src/domain/ids.ts'
import { LEASE_MS, leaseVerdict } from '../../src/domain/outgoing/lease.ts'
import { anAudit } from './audit.ts'
import { eventsOf, NOON, orderIdIn, orderState, restaurantState } from './events.ts'
import { random } from './identity.ts'

const projector = createProjector(env.DB)
const ownFeed = createPartnerFeed(env.DB)

export interface Batch {
  leaseId: string
  events: readonly HandedEvent[]
  seqs: readonly number[]
  passed: number
}

/** A restaurant whose events arrive as the test says; their ids are the same however often they come. */
export function feedRestaurant(id?: string) {
  const made = eventsOf(id)
  const known = new Map<string, DomainEvent>()
  const event = (seq: number, epoch = 1, type: EventType = 'STATUS_CHANGED'): DomainEvent => {
    const key = `${epoch}.${seq}`
    const present = known.get(key)
    if (present) return present
    const order = orderState({ id: orderIdIn(made.restaurantId, NOON + seq) })
    const fresh = { ...made.order(seq, order, epoch), type }
    known.set(key, fresh)
    return fresh
  }
  const arrive = async (...seqs: readonly number[]) => {
    await projector.project(
      seqs.map((seq) => event(seq)),
      NOON,
    )
  }
  return {
    id: made.restaurantId,
    event,
    arrive,
    project: (...events: readonly DomainEvent[]) => projector.project(events, NOON),
    /** The event that says where a later epoch began. */
    beginning: (epoch: number, seq: number, epochStart: number) => {
      const key = `${epoch}.${seq}`
      const begun = made.restaurant(
        seq,
        restaurantState(made.restaurantId, { epoch, epochStart }),
        epoch,
      )
      known.set(key, begun)
      return begun
    },
  }
}

/** A partner with workers of its own, on a clock that only the test moves. */
export function feedPartner(id: string = crypto.randomUUID(), feed = ownFeed) {
  const clock = { now: NOON }
  const subscribe = async (restaurantId: string | null, types: readonly string[] | null = null) => {
    const row = {
      ...{ id: crypto.randomUUID(), partnerId: id, restaurantId },
      ...{ types: types && [...types], createdAt: clock.now, endedAt: null },
    }
    await drizzle(env.DB).insert(partnerSubscriptions).values(row)
    return row
  }
  async function pull(
    asked: { max?: number; restaurantId?: string; types?: readonly string[] } = {},
  ): Promise<Batch> {
    const { now } = clock
    const leaseId = mintTimedId(PLATFORM_KEY, now, random)
    const { events, passed } = await feed.pull({
      ...{ partnerId: id, leaseId, now, leaseUntil: now + LEASE_MS },
      max: asked.max ?? 100,
      restaurantId: asked.restaurantId ?? null,
      types: asked.types ?? null,
    })
    return { leaseId, events, passed, seqs: events.map(({ seq }) => seq) }
  }
  const settling = ({ leaseId }: Batch, eventIds: readonly string[]) => ({
    ...{ partnerId: id, leaseId, eventIds, now: clock.now },
  })
  const idsOf = (batch: Batch, seqs: readonly number[]) =>
    batch.events.filter(({ seq }) => seqs.includes(seq)).map((event) => event.id)
  return {
    id,
    clock,
    subscribe,
    pull,
    /** All of the batch, unless the test names numbers of it. */
    async ack(batch: Batch, seqs = batch.seqs, ids = idsOf(batch, seqs)) {
      return leaseVerdict(await feed.ack(settling(batch, ids)), ids, clock.now)
    },
    async giveBack(batch: Batch, seqs: readonly number[] = batch.seqs, delayMs = 0) {
      const ids = idsOf(batch, seqs)
      const facts = await feed.giveBack(settling(batch, ids), clock.now + delayMs)
      return leaseVerdict(facts, ids, clock.now)
    },
    redrive: (eventId: string) => feed.redriveMark(id, eventId, clock.now, anAudit()),
    /** The lease ends with nobody having said anything. */
    forget: () => (clock.now += LEASE_MS),
    feed,
  }
}

/** A restaurant with so many events, and a partner that may see all of it. */
export async function served(count: number) {
  const [restaurant, partner] = [feedRestaurant(), feedPartner()]
  await partner.subscribe(restaurant.id)
  if (count > 0) await restaurant.arrive(...Array.from({ length: count }, (_, n) => n + 1))
  return { restaurant, partner }
}
