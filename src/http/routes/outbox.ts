import { stableScope } from '../../domain/actor.ts'
import { readLag } from '../../usecases/admin/read-lag.ts'
import { retryDeliveries, retryDelivery } from '../../usecases/admin/retry-deliveries.ts'
import { actingIn } from '../acting.ts'
import type { App } from '../context.ts'
import { answer, defineRoute } from '../route.ts'
import { idParams } from '../schemas/common.ts'
import { lagJson, lagQuery, lagSchema } from '../schemas/lag.ts'
import { listOf, listSchema } from '../schemas/lists.ts'
import {
  deliveryJson,
  deliverySchema,
  outboxFilterOf,
  outboxQuery,
  outboxRetry,
  retriedJson,
  retriedSchema,
} from '../schemas/outbox.ts'

const READING = {
  tag: 'Administration',
  method: 'get',
  permission: 'outbox:read',
  idempotency: 'none',
} as const
const RETRYING = {
  tag: 'Administration',
  method: 'post',
  permission: 'outbox:retry',
  idempotency: 'taken',
} as const

/** What leaves the platform: what waits, what was given up, and how far behind everything is. */
export function outboxRoutes(app: App): void {
  readRoutes(app)
  retryRoutes(app)
}

function readRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...READING,
      path: '/admin/integrations/outbox',
      operationId: 'listOutbox',
      summary: 'What destinations are owed or were sent, newest first',
      description: 'What arrived is kept for 7 days, what was given up for 30.',
      request: { query: outboxQuery },
      success: { status: 200, description: 'A page', schema: listSchema(deliverySchema) },
      refusals: [],
    },
    async (c) => {
      const { limit, cursor, state = null, ...sent } = c.req.valid('query')
      const filter = { state, ...outboxFilterOf(sent) }
      const found = await c.var.deps.outbox.page(filter, { limit, beforeId: cursor ?? null })
      return { ok: true, value: listOf(found, limit, c.var.now, deliveryJson) }
    },
  )
  defineRoute(
    app,
    {
      ...READING,
      path: '/admin/integrations/lag',
      operationId: 'getOutgoingLag',
      summary: 'How far behind everything is that leaves the platform',
      description:
        'Destinations that have something waiting or given up; restaurants whose feed is behind (20 ' +
        'at most, longest first), or the one that is named; partners that have events before them.',
      request: { query: lagQuery },
      success: { status: 200, description: 'As it is now', schema: lagSchema },
      refusals: [],
    },
    async (c) => {
      const lag = await readLag(c.var.deps, c.req.valid('query').restaurant_id ?? null)
      return { ok: true, value: lagJson(lag, c.var.now) }
    },
  )
}

function retryRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...RETRYING,
      path: '/admin/integrations/outbox/{id}/retry',
      operationId: 'retryDelivery',
      summary: 'Send a delivery again',
      description:
        'One that was given up or skipped gets all its tries anew; one that waits is sent now. Any ' +
        'other is answered as it stands.',
      request: { params: idParams },
      success: { status: 200, description: 'As it is now', schema: deliverySchema },
      refusals: ['NOT_FOUND'],
    },
    async (c) =>
      answer(
        await retryDelivery(c.var.deps, c.req.valid('param').id, actingIn(c.var)),
        deliveryJson,
      ),
  )
  defineRoute(
    app,
    {
      ...RETRYING,
      path: '/admin/integrations/outbox/retry',
      operationId: 'retryDeliveries',
      summary: 'Send again what a filter finds',
      description: 'Up to 500 at a time, oldest first; `more` says whether there are others.',
      request: { body: outboxRetry },
      success: { status: 200, description: 'How many', schema: retriedSchema },
      refusals: ['IDEMPOTENCY_KEY_REUSED'],
    },
    async (c) => {
      const { deps, actor, idempotency } = c.var
      const { state, ...sent } = c.req.valid('json').filter
      const command = { by: actingIn(c.var), scope: stableScope(actor), idempotency }
      const filter = { state, ...outboxFilterOf(sent) }
      return answer(await retryDeliveries(deps, filter, command), retriedJson)
    },
  )
}
