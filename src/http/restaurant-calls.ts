import type { Command, CommandOutcome, Commands, CommandType } from '../domain/commands.ts'
import type { Queries, QueryOutcome, QueryType } from '../domain/queries.ts'
import type { HttpVariables } from './context.ts'

/** Who calls, and by what. */
export type Caller = {
  readonly var: Readonly<Pick<HttpVariables, 'deps' | 'asker' | 'idempotency' | 'traceId'>>
}

/**
 * Has the restaurant whose key `idWithKey` carries do something, as the route's asker and under the
 * request's key. What was begun is finished when the caller goes away.
 */
export function command<T extends CommandType>(
  { var: { deps, asker, idempotency, traceId } }: Caller,
  idWithKey: string,
  wanted: { type: T } & Commands[T]['input'],
): Promise<CommandOutcome<T>> {
  const envelope = { command: wanted as unknown as Command<T>, asker, idempotency, traceId }
  return deps.toTheEnd(() => deps.restaurants(idWithKey).execute<T>(envelope))
}

/** Asks the restaurant whose key `idWithKey` carries, as the route's asker. */
export function question<T extends QueryType>(
  { var: { deps, asker } }: { readonly var: Readonly<Pick<HttpVariables, 'deps' | 'asker'>> },
  idWithKey: string,
  wanted: { type: T } & Queries[T]['input'],
): Promise<QueryOutcome<T>> {
  return deps.restaurants(idWithKey).query<T>({ query: wanted, asker })
}
