import { ERASURE_BLOCKERS } from '../../domain/identity/erasure.ts'
import { refuse } from '../../domain/result.ts'
import { erasePerson } from '../../usecases/admin/erase-person.ts'
import { exportPerson } from '../../usecases/admin/export-person.ts'
import { actingIn } from '../acting.ts'
import type { App } from '../context.ts'
import { personalDataResponse } from '../personal-data.ts'
import { answer, defineRoute } from '../route.ts'
import { erasure, erasureJson, erasureWish, exportWish, personalData } from '../schemas/accounts.ts'
import { idParams } from '../schemas/common.ts'

const ADMIN = { tag: 'Administration', idempotency: 'none' } as const

/** What is held of people: handed out, and taken away (docs/administration.md). */
export function personalDataRoutes(app: App): void {
  exportRoutes(app)
  erasureRoutes(app)
}

function exportRoutes(app: App): void {
  const file = {
    status: 200,
    description: 'The file, written as it is read',
    schema: personalData,
  } as const
  defineRoute(
    app,
    {
      ...ADMIN,
      method: 'post',
      path: '/admin/users/{id}/export',
      operationId: 'exportAccount',
      summary: 'Everything that is held of a person, as one file',
      description:
        'Account, log-ins, work, orders with payments and refunds, coupons, points, carts, what ' +
        'support wrote. No secrets. Who asked stands in the audit trail before anything is given.',
      permission: 'user:export',
      request: { params: idParams, body: exportWish },
      success: file,
      refusals: ['NOT_FOUND', 'CUSTOMER_ERASED'],
    },
    async (c) => {
      const { deps, actor, now } = c.var
      const wish = { userId: c.req.valid('param').id, reason: c.req.valid('json').reason }
      const held = await exportPerson(deps, wish, actingIn(c.var))
      return held.ok ? personalDataResponse(held.value, actor.sessionId, now) : held
    },
  )
  defineRoute(
    app,
    {
      tag: 'Identity',
      method: 'get',
      path: '/auth/me/export',
      operationId: 'exportOwnAccount',
      summary: 'Everything that is held of me, as one file',
      permission: 'account:read-own',
      idempotency: 'none',
      success: file,
      refusals: [],
    },
    async (c) => {
      const { deps, actor, now } = c.var
      if (actor.userId === null)
        return refuse({ kind: 'FORBIDDEN', permission: 'account:read-own' })
      const wish = { userId: actor.userId, reason: null }
      const held = await exportPerson(deps, wish, actingIn(c.var))
      return held.ok ? personalDataResponse(held.value, actor.sessionId, now) : held
    },
  )
}

function erasureRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...ADMIN,
      method: 'post',
      path: '/admin/users/{id}/erase',
      operationId: 'eraseAccount',
      summary: 'Take a person out of everything, for good',
      description:
        'Name, e-mail and password are gone with the answer, and every log-in with them; the rest ' +
        'follows by itself, which takes an hour at least. Orders stay, with what was ordered and ' +
        'paid, as nobody’s. Refused while something is open that needs the person; ' +
        `\`details.blockers\` says what: ${ERASURE_BLOCKERS.join(', ')}. Asked again it answers ` +
        'how far it is.',
      permission: 'user:erase',
      request: { params: idParams, body: erasureWish },
      success: { status: 202, description: 'Begun', schema: erasure },
      refusals: ['NOT_FOUND', 'OWN_ACCOUNT', 'ERASURE_BLOCKED'],
    },
    async (c) => {
      const { confirm, reason, forfeit_points: forfeitPoints } = c.req.valid('json')
      const wish = { userId: c.req.valid('param').id, confirm, reason, forfeitPoints }
      return answer(await erasePerson(c.var.deps, wish, actingIn(c.var)), erasureJson)
    },
  )
  defineRoute(
    app,
    {
      ...ADMIN,
      method: 'get',
      path: '/admin/users/{id}/erasure',
      operationId: 'getErasure',
      summary: 'How far taking a person out of everything is',
      permission: 'user:erase',
      request: { params: idParams },
      success: { status: 200, description: 'So far', schema: erasure },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const progress = await c.var.deps.erasures.progress(c.req.valid('param').id)
      return progress === null
        ? refuse({ kind: 'NOT_FOUND', what: 'erasure' })
        : { ok: true, value: erasureJson(progress) }
    },
  )
}
