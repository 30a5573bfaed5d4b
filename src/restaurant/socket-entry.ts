import { isStaff, stableScope } from '../domain/actor.ts'
import { parsePublicSeq } from '../domain/events.ts'
import { isOwn } from '../domain/order/lifecycle.ts'
import type { OrderState } from '../domain/order/order.ts'
import type { Refusal } from '../domain/refusal.ts'
import { ok, refuse, type Result } from '../domain/result.ts'
import { admit } from './admit.ts'
import type { Context } from './context.ts'
import type { RefusalHeader, SocketHeader, SocketRequest } from './restaurant-port.ts'
import {
  concerns,
  eventMessage,
  snapshotMessage,
  type Listener,
  type SocketMessage,
} from './socket-messages.ts'
import type { Sockets } from './sockets.ts'
import { boardHeard } from './unseen.ts'

/** A replay longer than this is answered with a snapshot instead. */
const MAX_REPLAY = 150
const MAX_OWN_ORDERS = 50

const SOCKET_HEADER: SocketHeader = 'x-ordersync-socket'
const REFUSAL_HEADER: RefusalHeader = 'x-ordersync-refusal'

/** A socket that may be opened. */
export interface SocketPlan {
  cx: Context
  wish: SocketRequest
}

/** Inside the transaction: admission, caps, ticket. */
export function prepareSocket(
  opened: Context,
  request: Request,
  sockets: Sockets,
): Result<SocketPlan, Refusal> {
  const wish = JSON.parse(request.headers.get(SOCKET_HEADER) ?? 'null') as SocketRequest | null
  if (wish === null) throw new Error('a socket request came without its asker')
  const admitted = admit(opened.as(wish.asker), 'socket')
  if (!admitted.ok) return admitted
  const cx = admitted.value
  if (!mayWatch(cx, wish))
    return refuse({ kind: 'NOT_FOUND', what: wish.orderId === null ? 'restaurant' : 'order' })
  if (!sockets.hasRoom(cx.asker, cx.now))
    return refuse({ kind: 'TEMPORARILY_UNAVAILABLE', retryAfterSeconds: 30 })
  if (wish.ticket !== null && !cx.store.sessions.spendTicket(wish.ticket.id, wish.ticket.expiresAt))
    return refuse({ kind: 'UNAUTHENTICATED', reason: 'INVALID_TOKEN' })
  if (wish.orderId === null) boardHeard(cx)
  sockets.expectExpiry(wish.expiresAt)
  return ok({ cx, wish })
}

/**
 * After the commit, in one go: what the client missed is read when everything up to it was sent, and
 * whatever comes next finds the socket there. The Worker has chosen the subprotocol to answer with.
 */
export function openSocket({ cx, wish }: SocketPlan, request: Request, sockets: Sockets): Response {
  const { 0: client, 1: server } = new WebSocketPair()
  const listener = { asker: cx.asker, orderId: wish.orderId }
  sockets.accept(server, listener, wish.expiresAt, cx.now)
  for (const message of opening(cx, listener, wish.after)) sockets.send(server, message)
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

/** The board by the restaurant's own id, for staff; an order for staff and for whose it is. */
function mayWatch(cx: Context, { orderId, restaurantId }: SocketRequest): boolean {
  if (orderId === null) return isStaff(cx.asker) && restaurantId === cx.restaurant().id
  const order = cx.store.orders.get(orderId)
  return order !== null && (isStaff(cx.asker) || isOwn(order, cx.asker))
}

/** The missed events, or a snapshot for a new client, an old number, or another epoch's. */
function opening(cx: Context, listener: Listener, after: number | null): readonly SocketMessage[] {
  const { id, epoch } = cx.restaurant()
  const asked = after === null ? null : parsePublicSeq(after)
  const last = cx.store.events.lastSeq()
  const replayable =
    asked?.epoch === epoch && asked.seq <= last && asked.seq >= cx.store.events.firstSeq() - 1
  if (!replayable) return [snapshotMessage(cx, watched(cx, listener))]
  const missed = cx.store.events.after(id, asked.seq, MAX_REPLAY + 1)
  if (missed.length > MAX_REPLAY) return [snapshotMessage(cx, watched(cx, listener))]
  return missed
    .filter((event) => concerns(event, listener))
    .map((event) => eventMessage(event, listener.asker))
}

/** Open orders for the board; of a guest the order asked for, and the others of the visit. */
function watched(cx: Context, { asker, orderId }: Listener): readonly OrderState[] {
  const asked = orderId === null ? null : cx.store.orders.get(orderId)
  if (isStaff(asker)) return orderId === null ? cx.store.orders.open() : asked ? [asked] : []
  const others = cx.store.orders
    .ofOwner(stableScope(asker), { limit: MAX_OWN_ORDERS, beforeId: null })
    .filter((order) => order.id !== orderId)
    .filter((order) => asker.visit === null || order.visitId === asker.visit.visitId)
  return asked ? [asked, ...others] : others
}
