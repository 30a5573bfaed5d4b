import { isPartner, type Actor } from '../../domain/actor.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { pullEvents } from '../../usecases/outgoing/pull-events.ts'
import { acknowledgeEvents, giveEventsBack } from '../../usecases/outgoing/settle-events.ts'
import type { App } from '../context.ts'
import { answer, defineRoute } from '../route.ts'
import {
  acknowledgement,
  givingBack,
  pulledEvents,
  pulledJson,
  pullQuery,
  settledEvents,
} from '../schemas/feed.ts'

const FEED = {
  tag: 'Integrations',
  permission: 'feed:pull',
  signed: true,
  // Leases and events' ids are what makes repeats harmless here.
  idempotency: 'none',
} as const

const PULL =
  'In the order of each restaurant, up to 100 at once, none past an event that is missing or waits for ' +
  'its retry. Whoever pulls holds the restaurants that it is given events of for 60 s. What is not ' +
  'acknowledged by then comes again; after 10 times `DEAD_LETTERED` stands in its place. Every event ' +
  'comes at least once: its `id` tells whether it was had before. See docs/partners.md.'

const NOT_A_PARTNER: Refusal = { kind: 'FORBIDDEN', permission: FEED.permission }

/** The partners' feed: pull, acknowledge, give back. */
export function feedRoutes(app: App): void {
  pullRoute(app)
  settlingRoutes(app)
}

function pullRoute(app: App): void {
  defineRoute(
    app,
    {
      ...FEED,
      method: 'get',
      path: '/integrations/events/pull',
      operationId: 'pullEvents',
      summary: 'Take the next events',
      description: PULL,
      request: { query: pullQuery },
      success: { status: 200, description: 'Events and the lease on them', schema: pulledEvents },
      refusals: [],
    },
    async (c) => {
      const partnerId = partnerOf(c.var.actor)
      if (partnerId === null) return { ok: false, refusal: NOT_A_PARTNER }
      const { max, wait, restaurant_id: restaurantId = null, types = null } = c.req.valid('query')
      const { signal } = c.req.raw
      const pulled = await pullEvents(c.var.deps, {
        ...{ partnerId, max, restaurantId, types },
        waitSeconds: wait,
        gone: () => signal.aborted,
      })
      return { ok: true, value: pulledJson(pulled) }
    },
  )
}

function settlingRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...FEED,
      method: 'post',
      path: '/integrations/events/ack',
      operationId: 'acknowledgeEvents',
      summary: 'Say that events of a lease are dealt with',
      request: { body: acknowledgement },
      success: { status: 200, description: 'Noted', schema: settledEvents },
      refusals: ['LEASE_EXPIRED'],
    },
    async (c) => {
      const partnerId = partnerOf(c.var.actor)
      if (partnerId === null) return { ok: false, refusal: NOT_A_PARTNER }
      const { lease_id: leaseId, event_ids: eventIds } = c.req.valid('json')
      return answer(
        await acknowledgeEvents(c.var.deps, { partnerId, leaseId, eventIds }),
        settledJson,
      )
    },
  )
  defineRoute(
    app,
    {
      ...FEED,
      method: 'post',
      path: '/integrations/events/retry',
      operationId: 'giveEventsBack',
      summary: 'Give events of a lease back, to have them again later',
      description: 'Until then their restaurants hand out nothing that is behind them.',
      request: { body: givingBack },
      success: { status: 200, description: 'Noted', schema: settledEvents },
      refusals: ['LEASE_EXPIRED'],
    },
    async (c) => {
      const partnerId = partnerOf(c.var.actor)
      if (partnerId === null) return { ok: false, refusal: NOT_A_PARTNER }
      const body = c.req.valid('json')
      const settling = { partnerId, leaseId: body.lease_id, eventIds: body.event_ids }
      return answer(await giveEventsBack(c.var.deps, settling, body.delay_seconds), settledJson)
    },
  )
}

/** Accounts may have the role too; the feed belongs to partners. */
const partnerOf = (actor: Actor): string | null => (isPartner(actor) ? actor.sessionId : null)

const settledJson = ({ leaseId, open }: { leaseId: string; open: number }) => ({
  lease_id: leaseId,
  open,
})
