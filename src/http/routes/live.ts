import { z } from '@hono/zod-openapi'
import type { Refusal } from '../../domain/refusal.ts'
import type { Asker } from '../../domain/actor.ts'
import { issueTicket } from '../../usecases/live/issue-ticket.ts'
import { openSocket, type Upgrade } from '../../usecases/live/open-socket.ts'
import type { App, HttpVariables } from '../context.ts'
import { bearerOf, protocolFor, socketCredentialOf } from '../credentials.ts'
import { answer, defineRoute, type Answer } from '../route.ts'
import { idParams, idSchema, isoTime } from '../schemas/common.ts'
import { socketQuery, ticketSchema } from '../schemas/live.ts'

const SOCKET = {
  method: 'get',
  tag: 'Live',
  idempotency: 'none',
  restaurant: 'by-id',
  opens: 'socket',
  success: { status: 101, description: 'The socket; messages as docs/live.md tells' },
  refusals: ['VISIT_ENDED'],
} as const

const HOW =
  'The token comes by `Authorization`, by the subprotocol `bearer.<token>`, alone or beside ' +
  '`ordersync`, or by `?ticket=`.'

/** Sockets, at the root. */
export function liveRoutes(app: App): void {
  defineRoute(
    app,
    {
      ...SOCKET,
      path: '/ws/orders/{order_id}',
      operationId: 'watchOrder',
      summary: 'Watch an order: its changes, and those of the menu',
      description: `${HOW} A guest hears of all their own orders of the visit.`,
      permission: 'order:read',
      request: { params: z.object({ order_id: idSchema }), query: socketQuery },
    },
    (c) => {
      const { after } = c.req.valid('query')
      return open(c, { orderId: c.req.valid('param').order_id }, after)
    },
  )
  defineRoute(
    app,
    {
      ...SOCKET,
      path: '/ws/restaurants/{id}',
      operationId: 'watchBoard',
      summary: 'The live board of a restaurant, for its staff',
      description: HOW,
      permission: 'board:read',
      request: { params: idParams, query: socketQuery },
    },
    (c) => open(c, { restaurantId: c.req.valid('param').id }, c.req.valid('query').after),
  )
}

/** Tickets, under `/api/v1`. */
export function ticketRoutes(app: App): void {
  defineRoute(
    app,
    {
      method: 'post',
      path: '/ws-tickets',
      operationId: 'createTicket',
      summary: 'Get a ticket that opens one socket within 30 s',
      description: 'For browsers that keep their token out of the subprotocol: `?ticket=…`.',
      tag: 'Live',
      permission: 'ticket:create',
      // A ticket is a secret: nothing of it may be kept to replay.
      idempotency: 'none',
      success: { status: 201, description: 'The ticket', schema: ticketSchema },
      refusals: [],
    },
    async (c) => {
      const { actor, deps } = c.var
      const issued = await issueTicket(deps, { actor, token: bearerOf(c) ?? '' })
      return answer(issued, ({ ticket, expiresAt }) => ({ ticket, expires_at: isoTime(expiresAt) }))
    },
  )
}

const NO_UPGRADE: Refusal = { kind: 'INVALID', errors: [{ field: 'Upgrade', reason: 'required' }] }

interface SocketContext {
  req: {
    header(name: string): string | undefined
    query(name: string): string | undefined
  }
  readonly var: Readonly<Pick<HttpVariables, 'deps'>> & { readonly asker: Asker }
}

async function open(
  c: SocketContext,
  watch: Upgrade['watch'],
  after: number | undefined,
): Promise<Answer<never> | Response> {
  if (c.req.header('upgrade')?.toLowerCase() !== 'websocket')
    return { ok: false, refusal: NO_UPGRADE }
  const credential = socketCredentialOf(c)
  if (credential === null) throw new Error('a socket route let a stranger through')
  const { deps, asker } = c.var
  const protocol = protocolFor(c)
  const opened = await openSocket(deps, {
    asker,
    credential,
    watch,
    after: after ?? null,
    protocol,
  })
  if (!opened.ok) return opened
  const watched = 'orderId' in watch ? 'order' : 'restaurant'
  deps.metrics.count('sockets_opened_total', { watch: watched })
  return opened.value
}
