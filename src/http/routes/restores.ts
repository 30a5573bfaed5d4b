import { stableScope } from '../../domain/actor.ts'
import { beginEpoch } from '../../usecases/admin/begin-epoch.ts'
import { databaseRestored } from '../../usecases/admin/database-restored.ts'
import { restoreRestaurant } from '../../usecases/admin/restore-restaurant.ts'
import { actingIn } from '../acting.ts'
import type { App } from '../context.ts'
import { answer, defineRoute } from '../route.ts'
import { idParams } from '../schemas/common.ts'
import {
  databaseRestored as restoredSchema,
  databaseRestoredJson,
  epochBegun,
  epochBegunJson,
  restoreReason,
  restoreWish,
} from '../schemas/restores.ts'

const RESTORING = {
  tag: 'Administration',
  permission: 'platform:restore',
  method: 'post',
  idempotency: 'taken',
} as const

/** What must follow a restore (docs/restoring.md). */
export function restoreRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...RESTORING,
      path: '/admin/restaurants/{id}/epoch',
      operationId: 'beginEpoch',
      summary: 'Say that a restaurant was restored from an earlier state',
      description:
        'Its events are numbered in a new epoch, its sockets start anew, and read models and feed are rebuilt.',
      request: { params: idParams, body: restoreReason },
      success: { status: 202, description: 'Begun; rebuilds run', schema: epochBegun },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const { actor, deps, idempotency } = c.var
      const begun = await deps.toTheEnd(() =>
        beginEpoch(deps, {
          restaurantId: c.req.valid('param').id,
          reason: c.req.valid('json').reason,
          by: actingIn(c.var),
          command: idempotency && { scope: stableScope(actor), key: idempotency.key },
        }),
      )
      return answer(begun, epochBegunJson)
    },
  )
  defineRoute(
    app,
    {
      ...RESTORING,
      path: '/admin/restaurants/{id}/restore',
      operationId: 'restoreRestaurant',
      summary: 'Put a restaurant back to an earlier state',
      description:
        'Everything that happened in it since is undone, and an epoch begins. From a minute to thirty ' +
        'days ago; not where the runtime keeps no earlier states, as in development.',
      request: { params: idParams, body: restoreWish },
      success: { status: 202, description: 'Put back; rebuilds run', schema: epochBegun },
      refusals: ['NOT_FOUND', 'NOT_SUPPORTED_HERE'],
    },
    async (c) => {
      const { actor, deps, idempotency } = c.var
      const { at, reason } = c.req.valid('json')
      const begun = await deps.toTheEnd(() =>
        restoreRestaurant(deps, {
          restaurantId: c.req.valid('param').id,
          at: Date.parse(at),
          reason,
          by: actingIn(c.var),
          command: idempotency && { scope: stableScope(actor), key: idempotency.key },
        }),
      )
      return answer(begun, epochBegunJson)
    },
  )
  defineRoute(
    app,
    {
      ...RESTORING,
      path: '/admin/database/restored',
      operationId: 'databaseRestored',
      summary: 'Say that the platform’s database was restored from an earlier state',
      description:
        'Every log-in from before ends, the caller’s too; read models and feed are rebuilt, and what ' +
        'points paid is entered again.',
      request: { body: restoreReason },
      success: { status: 202, description: 'Marked; rebuilds run', schema: restoredSchema },
      refusals: [],
    },
    async (c) => {
      const { actor, deps, idempotency } = c.var
      const restored = await deps.toTheEnd(() =>
        databaseRestored(deps, {
          reason: c.req.valid('json').reason,
          by: actingIn(c.var),
          command: idempotency && { scope: stableScope(actor), key: idempotency.key },
        }),
      )
      return { ok: true, value: databaseRestoredJson(restored) }
    },
  )
}
