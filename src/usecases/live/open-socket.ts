import { isStaff, type Asker } from '../../domain/actor.ts'
import { restaurantKeyOf } from '../../domain/ids.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type {
  RefusalHeader,
  SocketHeader,
  SocketRequest,
} from '../../restaurant/restaurant-port.ts'
import type { Deps } from '../deps.ts'
import type { Credential } from '../identity/authenticate.ts'

const SOCKET_HEADER: SocketHeader = 'x-ordersync-socket'
const REFUSAL_HEADER: RefusalHeader = 'x-ordersync-refusal'
/** Only path and headers count: the object is reached by its stub. */
const OBJECT_URL = 'https://restaurant/socket'

export interface Upgrade {
  asker: Asker
  /** What the asker was authenticated by. */
  credential: Credential
  watch: { orderId: string } | { restaurantId: string }
  after: number | null
  /** The subprotocol to answer with. */
  protocol: string | null
}

/**
 * Has the restaurant's object accept the socket. The answer is the object's own 101. Nothing of the
 * client's request goes on to the object: what it sends cannot be mistaken for what was verified.
 */
export async function openSocket(
  deps: Pick<Deps, 'tokens' | 'restaurants' | 'settings' | 'now'>,
  { asker, credential, watch, after, protocol }: Upgrade,
): Promise<Result<Response, Refusal>> {
  const { kind, token } = credential
  const verified = await deps.tokens.verify(kind, token, deps.now())
  if (verified === null) return refuse({ kind: 'UNAUTHENTICATED', reason: 'INVALID_TOKEN' })
  const idWithKey = 'orderId' in watch ? watch.orderId : watch.restaurantId
  const request: SocketRequest = {
    asker,
    expiresAt: endOf(deps, asker, idWithKey, verified.opensUntil ?? verified.expiresAt),
    orderId: 'orderId' in watch ? watch.orderId : null,
    restaurantId: 'restaurantId' in watch ? watch.restaurantId : null,
    after,
    ticket: kind === 'ticket' ? { id: verified.id, expiresAt: verified.expiresAt } : null,
  }
  const headers = new Headers({ upgrade: 'websocket', [SOCKET_HEADER]: JSON.stringify(request) })
  if (protocol !== null) headers.set('sec-websocket-protocol', protocol)
  const answer = await deps.restaurants(idWithKey).connect(new Request(OBJECT_URL, { headers }))
  if (answer.status === 101) return ok(answer)
  const refusal = answer.headers.get(REFUSAL_HEADER)
  if (refusal === null) throw new Error(`the object answered an upgrade with ${answer.status}`)
  return refuse(JSON.parse(refusal) as Refusal)
}

/**
 * A log-out closes the sockets at the restaurants it is pushed to: where the session is staff or at a
 * table. Elsewhere a socket comes back to be looked at again as often as an access token would.
 */
function endOf(
  { settings, now }: Pick<Deps, 'settings' | 'now'>,
  asker: Asker,
  idWithKey: string,
  tokenEnds: number,
): number {
  const { visit } = asker
  const atTable = visit !== null && restaurantKeyOf(visit.tableId) === restaurantKeyOf(idWithKey)
  if (isStaff(asker) || atTable) return tokenEnds
  return Math.min(tokenEnds, now() + settings.accessTtlSeconds * 1000)
}
