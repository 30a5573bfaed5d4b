import { refuse } from '../../domain/result.ts'
import { changeAccount } from '../../usecases/admin/change-account.ts'
import { endAccountSessions } from '../../usecases/admin/end-account-sessions.ts'
import { readAccount } from '../../usecases/admin/read-account.ts'
import type { AccountKey } from '../../usecases/admin/types.ts'
import { actingIn } from '../acting.ts'
import type { App } from '../context.ts'
import { boundOf, fromKeyset, toKeyset } from '../keyset.ts'
import { answer, defineRoute } from '../route.ts'
import {
  account,
  accountChange,
  accountDetails,
  accountDetailsJson,
  accountFilterOf,
  accountJson,
  accountQuery,
} from '../schemas/accounts.ts'
import { idParams, isoTime } from '../schemas/common.ts'
import { listSchema } from '../schemas/lists.ts'

const READING = {
  tag: 'Administration',
  method: 'get',
  permission: 'user:read-any',
  idempotency: 'none',
} as const
const CHANGING = {
  tag: 'Administration',
  permission: 'user:manage',
  // Each says how things shall be: a repeat finds them so.
  idempotency: 'none',
} as const

/** People's accounts, administered (docs/administration.md). */
export function accountRoutes(app: App): void {
  listRoute(app)
  readRoute(app)
  changeRoutes(app)
}

function listRoute(app: App): void {
  defineRoute(
    app,
    {
      ...READING,
      path: '/admin/users',
      operationId: 'listAccounts',
      summary: 'Accounts, newest first',
      request: { query: accountQuery },
      success: { status: 200, description: 'A page', schema: listSchema(account) },
      refusals: [],
    },
    async (c) => {
      const { limit, cursor, ...sent } = c.req.valid('query')
      const filter = accountFilterOf(sent)
      const bound = await boundOf(filter)
      const after = cursor === undefined ? null : keyOf(fromKeyset(bound, cursor))
      if (cursor !== undefined && after === null)
        return refuse({ kind: 'INVALID', errors: [{ field: 'cursor', reason: 'invalid_format' }] })
      const found = await c.var.deps.people.page(filter, { limit, after })
      const last = found.length === limit ? found.at(-1) : undefined
      const value = {
        items: found.map(accountJson),
        next_cursor: last === undefined ? null : toKeyset(bound, [last.createdAt, last.id]),
        as_of: isoTime(c.var.now),
      }
      return { ok: true, value }
    },
  )
}

function keyOf(key: ReturnType<typeof fromKeyset>): AccountKey | null {
  const [createdAt, id] = key ?? []
  return typeof createdAt === 'number' && typeof id === 'string' ? { createdAt, id } : null
}

function readRoute(app: App): void {
  defineRoute(
    app,
    {
      ...READING,
      path: '/admin/users/{id}',
      operationId: 'getAccount',
      summary: 'An account: where it works, where it is logged in, what its wallet holds',
      request: { params: idParams },
      success: { status: 200, description: 'The account', schema: accountDetails },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const { deps, actor } = c.var
      const found = await readAccount(deps, c.req.valid('param').id)
      return answer(found, (details) => accountDetailsJson(details, actor.sessionId))
    },
  )
}

function changeRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...CHANGING,
      method: 'patch',
      path: '/admin/users/{id}',
      operationId: 'changeAccount',
      summary: "Another role for an account, or its lock's opening or closing",
      description:
        'Whoever becomes somebody else, or is locked out, is logged out everywhere from the next ' +
        'request on, sockets too. Nobody does this to themselves, and one administrator stays. Who ' +
        'works at a restaurant is said there.',
      request: { params: idParams, body: accountChange },
      success: { status: 200, description: 'As it is now', schema: account },
      refusals: ['NOT_FOUND', 'OWN_ACCOUNT', 'LAST_ADMIN', 'CUSTOMER_ERASED'],
    },
    async (c) => {
      const wish = { ...c.req.valid('json'), id: c.req.valid('param').id }
      return answer(await changeAccount(c.var.deps, wish, actingIn(c.var)), accountJson)
    },
  )
  defineRoute(
    app,
    {
      ...CHANGING,
      method: 'delete',
      path: '/admin/users/{id}/sessions',
      operationId: 'endAccountSessions',
      summary: 'Log an account out everywhere',
      request: { params: idParams },
      success: { status: 204, description: 'None of its log-ins is open' },
      refusals: ['NOT_FOUND'],
    },
    async (c) => {
      const { id } = c.req.valid('param')
      return answer(await endAccountSessions(c.var.deps, id, actingIn(c.var)), () => null)
    },
  )
}
