import type { Asker } from '../domain/actor.ts'
import type { CommandEnvelope, CommandOutcome, CommandType } from '../domain/commands.ts'
import type { Report, ReportResult } from '../domain/jobs.ts'
import type { QueryEnvelope, QueryOutcome, QueryType } from '../domain/queries.ts'

/** What the Worker says of a socket upgrade that it has verified, as JSON in `SocketHeader`. */
export interface SocketRequest {
  asker: Asker
  /** When the socket must end, in ms. */
  expiresAt: number
  /** The order to watch; null on the staff's board. */
  orderId: string | null
  /** The restaurant whose board it is; null for an order. */
  restaurantId: string | null
  /** The last number the client has had; null for a new client. */
  after: number | null
  ticket: { id: string; expiresAt: number } | null
}
export type SocketHeader = 'x-ordersync-socket'
/** On an answer other than 101: the refusal, as JSON. */
export type RefusalHeader = 'x-ordersync-refusal'

/**
 * One restaurant's object, as the Worker sees it. Jobs that a call committed are started by the
 * client itself (compose.ts gives it the runner), so that no caller can forget them.
 */
export interface RestaurantHandle {
  execute<T extends CommandType>(envelope: CommandEnvelope<T>): Promise<CommandOutcome<T>>
  query<T extends QueryType>(envelope: QueryEnvelope<T>): Promise<QueryOutcome<T>>
  report(report: Report): Promise<ReportResult>
  /** Whether its storage can go back to that moment (ms). */
  canRestore(at: number): Promise<boolean>
  /** Goes back, once for the mark of that epoch; it has when this comes back. */
  restore(epoch: number, at: number): Promise<void>
  /** Hands a verified socket upgrade over: a new request that carries a `SocketRequest`. */
  connect(request: Request): Promise<Response>
}

/** Finds the object by any id that carries the restaurant's key. Finding creates nothing. */
export type Restaurants = (idWithKey: string) => RestaurantHandle
