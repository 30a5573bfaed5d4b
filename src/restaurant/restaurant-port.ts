import type { CommandEnvelope, CommandOutcome, CommandType } from '../domain/commands.ts'
import type { Report, ReportResult } from '../domain/jobs.ts'
import type { QueryEnvelope, QueryOutcome, QueryType } from '../domain/queries.ts'

/**
 * One restaurant's object, as the Worker sees it. Jobs that a call committed are started by the
 * client itself (compose.ts gives it the runner), so that no caller can forget them.
 */
export interface RestaurantHandle {
  execute<T extends CommandType>(envelope: CommandEnvelope<T>): Promise<CommandOutcome<T>>
  query<T extends QueryType>(envelope: QueryEnvelope<T>): Promise<QueryOutcome<T>>
  report(report: Report): Promise<ReportResult>
  /** Hands a verified socket upgrade over; the asker and `after` travel in `x-ordersync-*` headers. */
  connect(request: Request): Promise<Response>
}

/** Finds the object by any id that carries the restaurant's key. Finding creates nothing. */
export type Restaurants = (idWithKey: string) => RestaurantHandle
