import type { Context } from 'hono'
import type { Refusal } from '../../domain/refusal.ts'
import { refuse } from '../../domain/result.ts'
import { authenticate } from '../../usecases/identity/authenticate.ts'
import { joinGuest } from '../../usecases/identity/join-guest.ts'
import { login } from '../../usecases/identity/login.ts'
import { logout } from '../../usecases/identity/logout.ts'
import { refresh } from '../../usecases/identity/refresh.ts'
import { register } from '../../usecases/identity/register.ts'
import type { SignedIn } from '../../usecases/identity/session-tokens.ts'
import type { App, AppEnv } from '../context.ts'
import { bearerOf } from '../credentials.ts'
import { joinedJson, signedInJson } from '../identity-answers.ts'
import { subscriberOf } from '../network.ts'
import { dropSession, isFromOwnPage, keepSession, keptSession } from '../page-cookies.ts'
import { answer, defineRoute } from '../route.ts'
import { credentials, guestJoining, registration } from '../schemas/identity.ts'
import {
  pageJoined,
  pageSignedIn,
  resumed,
  resuming,
  sessionEnding,
} from '../schemas/page-sessions.ts'

const SESSION = { tag: 'Pages', method: 'post', idempotency: 'none' } as const
const ELSEWHERE: Refusal = { kind: 'FORBIDDEN', permission: 'session:same-origin' }
const NONE: Refusal = { kind: 'UNAUTHENTICATED', reason: 'MISSING' }

type Asked = Context<AppEnv, string>

/**
 * Sessions of our own pages. What lives long is in a cookie that no script reads; a page gets access
 * tokens, and asks for the next with `resume`.
 */
export function pageSessionRoutes(app: App): void {
  guestRoute(app)
  memberRoutes(app)
  resumeRoute(app)
  endRoute(app)
}

function guestRoute(app: App): void {
  defineRoute(
    app,
    {
      ...SESSION,
      path: '/session/guest',
      operationId: 'joinOnPage',
      limit: 'guestToken',
      summary: "A guest's token for a page, by a table's code or to browse",
      description: 'As `POST /auth/guest`; a guest’s token is kept in a cookie besides.',
      permission: 'optional',
      restaurant: 'in-body',
      request: { body: guestJoining },
      success: { status: 201, description: 'The token', schema: pageJoined },
      refusals: ['FORBIDDEN', 'WRONG_TABLE_CODE', 'NOT_SEATED', 'VISIT_ENDED'],
    },
    async (c) => {
      const asked = c as unknown as Asked
      if (!isFromOwnPage(asked)) return refuse(ELSEWHERE)
      const { table_id: tableId, code } = c.req.valid('json')
      const { actor, deps, traceId } = c.var
      const scan = tableId !== undefined && code !== undefined ? { tableId, code } : null
      const caller = actor && { actor, token: bearerOf(c) ?? '' }
      const outcome = await joinGuest(deps, { caller, scan, traceId })
      if (outcome.ok && (actor?.userId ?? null) === null)
        keepSession(asked, 'guest', outcome.value.accessToken, outcome.value.expiresInSeconds)
      return answer(outcome, joinedJson)
    },
  )
}

function memberRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...SESSION,
      path: '/session/login',
      operationId: 'logInOnPage',
      limit: 'login',
      summary: 'Log in on a page: the refresh token stays in a cookie',
      permission: 'public',
      request: { body: credentials },
      success: { status: 200, description: 'Logged in', schema: pageSignedIn },
      refusals: ['FORBIDDEN', 'UNAUTHENTICATED', 'ACCOUNT_LOCKED', 'RATE_LIMITED'],
    },
    async (c) => {
      const asked = c as unknown as Asked
      if (!isFromOwnPage(asked)) return refuse(ELSEWHERE)
      const network = subscriberOf(c.var.clientIp)
      const outcome = await login(c.var.deps, c.req.valid('json'), network)
      return answer(outcome, (given) => kept(asked, given))
    },
  )
  defineRoute(
    app,
    {
      ...SESSION,
      path: '/session/register',
      operationId: 'registerOnPage',
      limit: 'login',
      summary: 'Create an account on a page and log in',
      permission: 'public',
      request: { body: registration },
      success: { status: 201, description: 'Created and logged in', schema: pageSignedIn },
      refusals: ['FORBIDDEN', 'EMAIL_TAKEN'],
    },
    async (c) => {
      const asked = c as unknown as Asked
      if (!isFromOwnPage(asked)) return refuse(ELSEWHERE)
      const outcome = await register(c.var.deps, c.req.valid('json'))
      return answer(outcome, (given) => kept(asked, given))
    },
  )
}

function kept(c: Asked, given: SignedIn) {
  keepSession(c, 'member', given.refreshToken, c.var.deps.settings.tabletRefreshTtlSeconds)
  const { refresh_token: _kept, ...shown } = signedInJson(given)
  return shown
}

function resumeRoute(app: App): void {
  defineRoute(
    app,
    {
      ...SESSION,
      path: '/session/resume',
      operationId: 'resumeOnPage',
      summary: 'An access token for the session that the browser keeps',
      permission: 'public',
      request: { body: resuming },
      success: { status: 200, description: 'The token', schema: resumed },
      refusals: ['FORBIDDEN', 'UNAUTHENTICATED', 'REFRESH_REUSED'],
    },
    async (c) => {
      const asked = c as unknown as Asked
      if (!isFromOwnPage(asked)) return refuse(ELSEWHERE)
      const { as } = c.req.valid('json')
      const secret = keptSession(asked, as)
      if (secret === null) return refuse(NONE)
      const outcome = as === 'guest' ? await resumeGuest(asked, secret) : await renew(asked, secret)
      if (!outcome.ok) dropSession(asked, as)
      return outcome
    },
  )
}

async function resumeGuest(c: Asked, token: string) {
  const { deps, now } = c.var
  const verified = await deps.tokens.verify('access', token, now)
  if (verified === null) return refuse(NONE)
  return {
    ok: true as const,
    value: {
      access_token: token,
      token_type: 'Bearer' as const,
      expires_in: Math.max(0, Math.floor((verified.expiresAt - now) / 1000)),
      user: null,
      visit: visitJson(verified.actor.visit),
    },
  }
}

async function renew(c: Asked, refreshToken: string) {
  const outcome = await refresh(c.var.deps, { refreshToken })
  if (!outcome.ok) return outcome
  const verified = await c.var.deps.tokens.verify('access', outcome.value.accessToken, c.var.now)
  return {
    ok: true as const,
    value: { ...kept(c, outcome.value), visit: visitJson(verified?.actor.visit ?? null) },
  }
}

const visitJson = (visit: { visitId: string; tableId: string } | null) =>
  visit && { id: visit.visitId, table_id: visit.tableId }

function endRoute(app: App): void {
  defineRoute(
    app,
    {
      ...SESSION,
      path: '/session/end',
      operationId: 'endOnPage',
      summary: 'Log out of the session that the browser keeps',
      permission: 'public',
      request: { body: sessionEnding },
      success: { status: 204, description: 'Ended' },
      refusals: ['FORBIDDEN', 'TEMPORARILY_UNAVAILABLE'],
    },
    async (c) => {
      const asked = c as unknown as Asked
      if (!isFromOwnPage(asked)) return refuse(ELSEWHERE)
      const { as } = c.req.valid('json')
      const token = await tokenOf(asked, as)
      if (token !== null) {
        const verified = await authenticate(c.var.deps, token, { own: false }, 'access')
        if (verified.ok) {
          const ended = await logout(c.var.deps, { actor: verified.value })
          if (!ended.ok) return ended
        }
      }
      dropSession(asked, as)
      return { ok: true, value: undefined }
    },
  )
}

/** An access token of the session, of whichever kind; null where it is over already. */
async function tokenOf(c: Asked, as: 'guest' | 'member'): Promise<string | null> {
  const secret = keptSession(c, as)
  if (secret === null || as === 'guest') return secret
  const outcome = await refresh(c.var.deps, { refreshToken: secret })
  return outcome.ok ? outcome.value.accessToken : null
}
