import type { z } from '@hono/zod-openapi'
import { login } from '../../usecases/identity/login.ts'
import { logout } from '../../usecases/identity/logout.ts'
import { joinGuest } from '../../usecases/identity/join-guest.ts'
import { me, type Me } from '../../usecases/identity/me.ts'
import { refresh } from '../../usecases/identity/refresh.ts'
import { register } from '../../usecases/identity/register.ts'
import type { App } from '../context.ts'
import { bearerOf } from '../credentials.ts'
import { joinedJson, signedInJson } from '../identity-answers.ts'
import { subscriberOf } from '../network.ts'
import { answer, defineRoute } from '../route.ts'
import {
  credentials,
  guestJoining,
  joined,
  refreshing,
  registration,
  signedIn,
  whoAmI,
} from '../schemas/identity.ts'

/** Answers hold secrets: they ignore Idempotency-Key, since nothing of them may be kept to replay. */
const TOKENS = { tag: 'Identity', idempotency: 'none' } as const

/** Accounts, sessions and guests. */
export function authRoutes(app: App): void {
  accountRoutes(app)
  sessionRoutes(app)
  guestRoute(app)
}

function accountRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...TOKENS,
      method: 'post',
      path: '/auth/register',
      operationId: 'register',
      limit: 'login',
      summary: 'Create an account and log in',
      permission: 'public',
      request: { body: registration },
      success: { status: 201, description: 'Created and logged in', schema: signedIn },
      refusals: ['EMAIL_TAKEN'],
    },
    async (c) => answer(await register(c.var.deps, c.req.valid('json')), signedInJson),
  )
  defineRoute(
    app,
    {
      ...TOKENS,
      method: 'post',
      path: '/auth/login',
      operationId: 'login',
      limit: 'login',
      summary: 'Log in',
      description:
        'An unknown e-mail and a wrong password are answered alike, and count alike: too many of ' +
        'them for an account or from an address, and log-ins wait. A tablet of people who work at a ' +
        'restaurant stays logged in for 90 days after each refresh.',
      permission: 'public',
      request: { body: credentials },
      success: { status: 200, description: 'Logged in', schema: signedIn },
      refusals: ['UNAUTHENTICATED', 'ACCOUNT_LOCKED', 'RATE_LIMITED'],
    },
    async (c) => {
      const network = subscriberOf(c.var.clientIp)
      return answer(await login(c.var.deps, c.req.valid('json'), network), signedInJson)
    },
  )
  defineRoute(
    app,
    {
      ...TOKENS,
      method: 'get',
      path: '/auth/me',
      operationId: 'getMe',
      summary: 'Who am I, and where do I work?',
      permission: 'account:read-own',
      success: { status: 200, description: 'The account', schema: whoAmI },
      refusals: [],
    },
    async (c) => answer(await me(c.var.deps, { actor: c.var.actor }), meJson),
  )
}

function sessionRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...TOKENS,
      method: 'post',
      path: '/auth/refresh',
      operationId: 'refresh',
      summary: 'Exchange the refresh token for a new pair',
      description:
        'The same token again within 60 s, before the new one was used, gets the same new one. ' +
        'Any later reuse ends the session.',
      permission: 'public',
      request: { body: refreshing },
      success: { status: 200, description: 'The new pair', schema: signedIn },
      refusals: ['UNAUTHENTICATED', 'REFRESH_REUSED'],
    },
    async (c) => {
      const { refresh_token: refreshToken } = c.req.valid('json')
      return answer(await refresh(c.var.deps, { refreshToken }), signedInJson)
    },
  )
  defineRoute(
    app,
    {
      ...TOKENS,
      method: 'post',
      path: '/auth/logout',
      operationId: 'logout',
      summary: 'End this session: its tokens are refused from the next request on',
      permission: 'session:end',
      success: { status: 204, description: 'Ended' },
      refusals: ['TEMPORARILY_UNAVAILABLE'],
    },
    async (c) => answer(await logout(c.var.deps, { actor: c.var.actor }), () => undefined),
  )
}

function guestRoute(app: App): void {
  defineRoute(
    app,
    {
      ...TOKENS,
      method: 'post',
      path: '/auth/guest',
      operationId: 'joinAsGuest',
      limit: 'guestToken',
      summary: "Get a guest's token, at a table by its code or to browse without one",
      description:
        "Sent with a token, the session stays: a member gets that member's token bound to the visit. " +
        'Without one, the cart of the session that `X-Session-Id` names becomes the new one’s.',
      permission: 'optional',
      restaurant: 'in-body',
      request: { body: guestJoining },
      success: { status: 201, description: 'The token', schema: joined },
      refusals: ['WRONG_TABLE_CODE', 'NOT_SEATED', 'VISIT_ENDED'],
    },
    async (c) => {
      const { table_id: tableId, code } = c.req.valid('json')
      const { actor, deps, traceId, sessionHeader: namedSession } = c.var
      const scan = tableId !== undefined && code !== undefined ? { tableId, code } : null
      const caller = actor && { actor, token: bearerOf(c) ?? '' }
      return answer(await joinGuest(deps, { caller, scan, namedSession, traceId }), joinedJson)
    },
  )
}

const meJson = ({ memberships, ...user }: Me): z.input<typeof whoAmI> => ({
  ...user,
  memberships: memberships.map(({ restaurantId, role }) => ({ restaurant_id: restaurantId, role })),
})
