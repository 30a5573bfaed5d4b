import { ok } from '../../domain/result.ts'
import type { QueryModule } from '../query-module.ts'

/** The staff's orders, newest first; straight from the truth, never from a projection. */
export const board: QueryModule<'board'> = (cx, filter) => ok(cx.store.orders.board(filter))
