import {
  endOwnSession,
  endOwnSessions,
  listOwnSessions,
} from '../../usecases/identity/own-sessions.ts'
import { endTablet, listTablets } from '../../usecases/identity/tablets.ts'
import type { App } from '../context.ts'
import { answer, defineRoute } from '../route.ts'
import { idParams } from '../schemas/common.ts'
import { listSchema } from '../schemas/lists.ts'
import {
  endingQuery,
  openSession,
  openSessionJson,
  tabletJson,
  tabletSession,
} from '../schemas/sessions.ts'
import { pageOf, wholeListQuery } from '../schemas/settings-lists.ts'

const OWN = { tag: 'Identity', idempotency: 'none' } as const
const TABLETS = {
  tag: 'Staff',
  idempotency: 'none',
  restaurant: 'me',
  permission: 'staff:manage',
} as const

/** Where one is logged in, and a restaurant's tablets. */
export function sessionRoutes(app: App): void {
  ownRoutes(app)
  endingRoutes(app)
  tabletRoutes(app)
}

function ownRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...OWN,
      method: 'get',
      path: '/auth/sessions',
      operationId: 'listSessions',
      summary: 'Where am I logged in?',
      permission: 'account:read-own',
      request: { query: wholeListQuery },
      success: { status: 200, description: 'Open sessions', schema: listSchema(openSession) },
      refusals: [],
    },
    async (c) => {
      const { actor, deps, now } = c.var
      const sessions = await listOwnSessions(deps, actor)
      const value = pageOf(sessions, c.req.valid('query'), now, (session) =>
        openSessionJson(session, actor.sessionId),
      )
      return { ok: true, value }
    },
  )
}

function endingRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...OWN,
      method: 'delete',
      path: '/auth/sessions/{id}',
      operationId: 'endSession',
      summary: 'Log one of my sessions out',
      permission: 'account:edit-own',
      request: { params: idParams },
      success: {
        status: 204,
        description: 'Ended: its tokens are refused from the next request on',
      },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const { actor, deps } = c.var
      return answer(await endOwnSession(deps, actor, c.req.valid('param').id), () => undefined)
    },
  )
  defineRoute(
    app,
    {
      ...OWN,
      method: 'delete',
      path: '/auth/sessions',
      operationId: 'endSessions',
      summary: 'Log all my other sessions out, or all',
      permission: 'account:edit-own',
      request: { query: endingQuery },
      success: { status: 204, description: 'Ended' },
      refusals: [],
    },
    async (c) => {
      const { actor, deps } = c.var
      const { all: thisOneToo } = c.req.valid('query')
      return answer(await endOwnSessions(deps, actor, { thisOneToo }), () => undefined)
    },
  )
}

function tabletRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...TABLETS,
      method: 'get',
      path: '/restaurants/me/tablets',
      operationId: 'listTablets',
      summary: 'Tablets that people who work here are logged in on',
      request: { query: wholeListQuery },
      success: { status: 200, description: 'Tablets', schema: listSchema(tabletSession) },
      refusals: [],
    },
    async (c) => {
      const { actor, deps, now, restaurantId } = c.var
      return answer(await listTablets(deps, { actor, restaurantId }), (tablets) =>
        pageOf(tablets, c.req.valid('query'), now, tabletJson),
      )
    },
  )
  defineRoute(
    app,
    {
      ...TABLETS,
      method: 'delete',
      path: '/restaurants/me/tablets/{id}',
      operationId: 'endTablet',
      summary: 'Log a tablet out',
      request: { params: idParams },
      success: { status: 204, description: 'Ended: its sockets close' },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const { actor, deps, restaurantId } = c.var
      const { id: sessionId } = c.req.valid('param')
      return answer(await endTablet(deps, { actor, restaurantId, sessionId }), () => undefined)
    },
  )
}
