import type { Asker } from '../domain/actor.ts'
import { isStaff } from '../domain/actor.ts'
import { parsePublicSeq } from '../domain/events.ts'
import { isOwn } from '../domain/order/lifecycle.ts'
import type { OrderState } from '../domain/order/order.ts'
import type { Refusal } from '../domain/refusal.ts'
import { ok, refuse, type Result } from '../domain/result.ts'
import { admit, withoutDeadVisit } from './admit.ts'
import type { Context } from './context.ts'
import { concerns, eventMessage, snapshotMessage, type SocketMessage } from './socket-messages.ts'
import type { Sockets } from './sockets.ts'

/** A replay longer than this is answered with a snapshot instead. */
const MAX_REPLAY = 150

/** What the Worker says of the upgrade it verified. */
export interface SocketRequest {
  asker: Asker
  expiresAt: number
  /** The order a guest wants to watch; null on the staff's board. */
  orderId: string | null
  after: number | null
  ticket: { id: string; expiresAt: number } | null
}

export const SOCKET_HEADER = 'x-ordersync-socket'
export const REFUSAL_HEADER = 'x-ordersync-refusal'

/** A socket that may be opened, with what it is told first. */
export interface SocketPlan {
  asker: Asker
  expiresAt: number
  opening: readonly SocketMessage[]
}

/** Inside the transaction: admission, caps, ticket, and what the client missed or a snapshot. */
export function prepareSocket(
  opened: Context,
  request: Request,
  sockets: Sockets,
): Result<SocketPlan, Refusal> {
  const wish = JSON.parse(request.headers.get(SOCKET_HEADER) ?? 'null') as SocketRequest | null
  if (wish === null) throw new Error('a socket request came without its asker')
  const asked = opened.as(wish.asker)
  const refusal = admit(asked, 'socket')
  if (refusal !== null) return refuse(refusal)
  const cx = withoutDeadVisit(asked)
  if (!mayWatch(cx, wish.orderId)) return refuse({ kind: 'NOT_FOUND', what: 'order' })
  if (!sockets.hasRoom(cx.asker))
    return refuse({ kind: 'TEMPORARILY_UNAVAILABLE', retryAfterSeconds: 30 })
  if (wish.ticket !== null && !cx.store.sessions.spendTicket(wish.ticket.id, wish.ticket.expiresAt))
    return refuse({ kind: 'UNAUTHENTICATED', reason: 'INVALID_TOKEN' })
  return ok({ asker: cx.asker, expiresAt: wish.expiresAt, opening: opening(cx, wish.after) })
}

/** After the commit: the upgrade itself. The Worker has chosen the subprotocol to answer with. */
export function openSocket(plan: SocketPlan, request: Request, sockets: Sockets): Response {
  const { 0: client, 1: server } = new WebSocketPair()
  sockets.accept(server, plan.asker, plan.expiresAt)
  for (const message of plan.opening) sockets.send(server, message)
  const protocol = request.headers.get('sec-websocket-protocol')
  return new Response(null, {
    status: 101,
    webSocket: client,
    ...(protocol === null ? {} : { headers: { 'sec-websocket-protocol': protocol } }),
  })
}

/** A refused upgrade carries its refusal home for the Worker's one map. */
export const refuseSocket = (refusal: Refusal): Response =>
  new Response(null, { status: 403, headers: { [REFUSAL_HEADER]: JSON.stringify(refusal) } })

function mayWatch(cx: Context, orderId: string | null): boolean {
  if (isStaff(cx.asker)) return true
  const order = orderId === null ? null : cx.store.orders.get(orderId)
  return order !== null && isOwn(order, cx.asker)
}

/** The missed events, or a snapshot for a new client, an old number, or another epoch's. */
function opening(cx: Context, after: number | null): readonly SocketMessage[] {
  const { id, epoch } = cx.restaurant()
  const asked = after === null ? null : parsePublicSeq(after)
  const last = cx.store.events.lastSeq()
  const replayable =
    asked?.epoch === epoch && asked.seq <= last && asked.seq >= cx.store.events.firstSeq() - 1
  if (!replayable) return [snapshotMessage(cx, watched(cx))]
  const missed = cx.store.events.after(id, asked.seq, MAX_REPLAY + 1)
  if (missed.length > MAX_REPLAY) return [snapshotMessage(cx, watched(cx))]
  return missed
    .filter((event) => concerns(event, cx.asker))
    .map((event) => eventMessage(event, cx.asker))
}

/** Open orders for the board; a guest's own of the visit, or the latest without one. */
function watched(cx: Context): readonly OrderState[] {
  if (isStaff(cx.asker)) return cx.store.orders.open()
  const own = cx.store.orders
    .ofOwner(cx.asker.userId ?? cx.asker.sessionId, { limit: 50, beforeId: null })
    .filter((order) => cx.asker.visit === null || order.visitId === cx.asker.visit.visitId)
  return own
}
