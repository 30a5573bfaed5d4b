import { stableScope } from '../../domain/actor.ts'
import { redriveDeadLetter } from '../../usecases/admin/redrive-dead-letter.ts'
import { redriveDeadLetters } from '../../usecases/admin/redrive-dead-letters.ts'
import { startRebuild } from '../../usecases/admin/start-rebuild.ts'
import { actingIn } from '../acting.ts'
import type { App } from '../context.ts'
import { answer, defineRoute } from '../route.ts'
import {
  deadLetter,
  deadLetterFilterOf,
  deadLetterJson,
  deadLetterQuery,
  deadLetterRedrive,
  projectionParams,
  rebuildRun,
  rebuildRunJson,
} from '../schemas/admin.ts'
import { idParams } from '../schemas/common.ts'
import { listOf, listSchema } from '../schemas/lists.ts'
import { retriedJson, retriedSchema } from '../schemas/outbox.ts'

const ADMIN = { tag: 'Administration', permission: 'projection:rebuild' } as const

/** Rebuilding the read models, and what the queue gave up. */
export function adminRoutes(app: App): void {
  rebuildRoutes(app)
  deadLetterRoutes(app)
}

function rebuildRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...ADMIN,
      method: 'post',
      path: '/admin/rebuild/{projection}',
      operationId: 'startRebuild',
      summary: 'Rebuild a read model from the restaurants themselves',
      description: 'Works while orders come in. The answer is the run, whose progress can be read.',
      idempotency: 'taken',
      request: { params: projectionParams },
      success: { status: 202, description: 'Started', schema: rebuildRun },
      refusals: [],
    },
    async (c) => {
      const { deps, actor, idempotency } = c.var
      const command = idempotency && { scope: stableScope(actor), key: idempotency.key }
      const run = await startRebuild(deps, c.req.valid('param').projection, command, {
        by: actingIn(c.var),
      })
      return { ok: true, value: rebuildRunJson(run) }
    },
  )
  defineRoute(
    app,
    {
      ...ADMIN,
      method: 'get',
      path: '/admin/rebuild/{id}',
      operationId: 'getRebuild',
      summary: 'How far a rebuild is',
      idempotency: 'none',
      request: { params: idParams },
      success: { status: 200, description: 'The run', schema: rebuildRun },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const run = await c.var.deps.rebuilds.byId(c.req.valid('param').id)
      if (run === null) return { ok: false, refusal: { kind: 'NOT_FOUND', what: 'rebuild' } }
      return { ok: true, value: rebuildRunJson(run) }
    },
  )
}

function deadLetterRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...ADMIN,
      method: 'get',
      path: '/admin/dead-letters',
      operationId: 'listDeadLetters',
      summary: 'Queue messages that were given up, newest first',
      idempotency: 'none',
      request: { query: deadLetterQuery },
      success: { status: 200, description: 'A page', schema: listSchema(deadLetter) },
      refusals: [],
    },
    async (c) => {
      const { limit, cursor, redriven = null, ...sent } = c.req.valid('query')
      const filter = { redriven, ...deadLetterFilterOf(sent) }
      const page = { limit, beforeId: cursor ?? null }
      const letters = await c.var.deps.deadLetters.page(page, filter)
      return { ok: true, value: listOf(letters, limit, c.var.now, deadLetterJson) }
    },
  )
  defineRoute(
    app,
    {
      ...ADMIN,
      method: 'post',
      path: '/admin/dead-letters/{id}/redrive',
      operationId: 'redriveDeadLetter',
      summary: 'Send a given-up message again',
      description: 'Once: asked again it answers what stands.',
      idempotency: 'taken',
      request: { params: idParams },
      success: { status: 200, description: 'Sent again', schema: deadLetter },
      refusals: ['NOT_FOUND'],
    },
    async (c) =>
      answer(
        await redriveDeadLetter(c.var.deps, c.req.valid('param').id, actingIn(c.var)),
        deadLetterJson,
      ),
  )
  defineRoute(
    app,
    {
      ...ADMIN,
      method: 'post',
      path: '/admin/dead-letters/redrive',
      operationId: 'redriveDeadLetters',
      summary: 'Send given-up messages again that a filter finds',
      description:
        'Those that were not sent again yet, up to 50 at a time, newest first; `more` says whether ' +
        'there are others.',
      idempotency: 'taken',
      request: { body: deadLetterRedrive },
      success: { status: 200, description: 'How many', schema: retriedSchema },
      refusals: ['IDEMPOTENCY_KEY_REUSED'],
    },
    async (c) => {
      const { deps, actor, idempotency } = c.var
      const filter = deadLetterFilterOf(c.req.valid('json').filter)
      const command = { by: actingIn(c.var), scope: stableScope(actor), idempotency }
      return answer(await redriveDeadLetters(deps, filter, command), retriedJson)
    },
  )
}
