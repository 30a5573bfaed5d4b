import { stableScope } from '../../domain/actor.ts'
import { redriveEvent, redriveEvents } from '../../usecases/admin/redrive-feed.ts'
import { actingIn } from '../acting.ts'
import type { App } from '../context.ts'
import { boundOf, fromKeyset, toKeyset } from '../keyset.ts'
import { answer, defineRoute } from '../route.ts'
import { isoTime } from '../schemas/common.ts'
import {
  givenUpEvent,
  givenUpFilterOf,
  givenUpJson,
  givenUpKey,
  givenUpParams,
  givenUpQuery,
  givenUpRetry,
  keyOfGivenUp,
} from '../schemas/feed-dead.ts'
import { listSchema } from '../schemas/lists.ts'
import { retriedJson, retriedSchema } from '../schemas/outbox.ts'

const RETRYING = {
  tag: 'Administration',
  method: 'post',
  permission: 'outbox:retry',
  idempotency: 'taken',
  success: { status: 200, description: 'How many', schema: retriedSchema },
} as const

/** What the feed gave up after handing it out in vain. */
export function feedDeadRoutes(app: App): void {
  listRoute(app)
  retryRoutes(app)
}

function listRoute(app: App): void {
  defineRoute(
    app,
    {
      tag: 'Administration',
      method: 'get',
      path: '/admin/integrations/feed/dead',
      operationId: 'listGivenUpEvents',
      summary: 'Events of the feed that partners were handed in vain, newest first',
      permission: 'outbox:read',
      idempotency: 'none',
      request: { query: givenUpQuery },
      success: { status: 200, description: 'A page', schema: listSchema(givenUpEvent) },
      refusals: [],
    },
    async (c) => {
      const { limit, cursor, ...sent } = c.req.valid('query')
      const filter = givenUpFilterOf(sent)
      const bound = await boundOf(filter)
      const after = cursor === undefined ? null : givenUpKey(fromKeyset(bound, cursor))
      if (cursor !== undefined && after === null) {
        const errors = [{ field: 'cursor', reason: 'invalid_format' }]
        return { ok: false, refusal: { kind: 'INVALID', errors } }
      }
      const found = await c.var.deps.givenUpEvents.page(filter, { limit, after })
      const last = found.length === limit ? found.at(-1) : undefined
      const value = {
        items: found.map(givenUpJson),
        next_cursor: last === undefined ? null : toKeyset(bound, keyOfGivenUp(last)),
        as_of: isoTime(c.var.now),
      }
      return { ok: true, value }
    },
  )
}

function retryRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...RETRYING,
      path: '/admin/integrations/feed/dead/{partner_id}/{event_id}/retry',
      operationId: 'retryGivenUpEvent',
      summary: 'Hand an event out to a partner once more',
      description: 'Out of turn, before everything else of its restaurant.',
      request: { params: givenUpParams },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const { partner_id: partnerId, event_id: eventId } = c.req.valid('param')
      const event = { partnerId, eventId }
      return answer(await redriveEvent(c.var.deps, event, actingIn(c.var)), retriedJson)
    },
  )
  defineRoute(
    app,
    {
      ...RETRYING,
      path: '/admin/integrations/feed/dead/retry',
      operationId: 'retryGivenUpEvents',
      summary: 'Hand out once more what a filter finds',
      description: 'Up to 100 at a time, newest first; `more` says whether there are others.',
      request: { body: givenUpRetry },
      refusals: ['IDEMPOTENCY_KEY_REUSED'],
    },
    async (c) => {
      const { deps, actor, idempotency } = c.var
      const filter = givenUpFilterOf(c.req.valid('json').filter)
      const command = { by: actingIn(c.var), scope: stableScope(actor), idempotency }
      return answer(await redriveEvents(deps, filter, command), retriedJson)
    },
  )
}
