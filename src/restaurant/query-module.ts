import type { Query, QueryOutcome, QueryType } from '../domain/queries.ts'
import type { Context } from './context.ts'

/** One question. It reads and never writes. */
export type QueryModule<T extends QueryType> = (cx: Context, query: Query<T>) => QueryOutcome<T>
